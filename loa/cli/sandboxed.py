"""A desk whose horns blow into the sandbox."""

from __future__ import annotations

from urllib.parse import urlsplit

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here
from loa.dispatch import Desk


def sandbox_desk(url: str, webhook_base: str | None = None) -> Desk:
    """The desk of this workspace against the sandbox at ``url``, which must be on this machine.

    ``webhook_base`` is where the sandbox finds the door for its reports, if there is one.
    """
    from loa.clock import SystemClock
    from loa.wiring.desks import open_desk

    workspace = workspace_here()
    public = workspace.var / "sandbox" / "public"
    hosts = sandbox_hosts(url)
    return open_desk(workspace, SystemClock(), sandbox=hosts, media_folder=public, webhook_base=webhook_base)


def sandbox_hosts(url: str) -> dict[str, dict[str, str]]:
    """Channel → settings that point at the sandbox at ``url``, which must be on this machine."""
    from loa.sandbox import overrides

    if not _is_here(url):
        raise typer.BadParameter(
            say("Bãi tập chỉ ở trên máy này (127.0.0.1).", "A sandbox is on this machine (127.0.0.1).")
        )
    return overrides(url)


def _is_here(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a port that is no number, or too large a one
        return False
    return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost") and port is not None
