"""A desk whose horns blow into the sandbox."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from loa.cli.language import say
from loa.cli.options import told_of_upgrade, workspace_here
from loa.dispatch import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE_SECONDS = 5


def sandbox_desk(url: str, webhook_base: str | None = None) -> Desk:
    """The desk of this workspace against the sandbox at ``url``, which must be on this machine.

    ``webhook_base`` is where the sandbox finds the door for its reports, if there is one; its gateways are told.
    """
    from loa.clock.steady import SteadyClock
    from loa.wiring.desks import open_desk
    from loa.wiring.webhooks import webhooks_by_sender

    workspace = workspace_here()
    public = workspace.var / "sandbox" / "public"
    hosts = sandbox_hosts(url)
    desk = told_of_upgrade(
        open_desk(workspace, SteadyClock(), sandbox=hosts, media_folder=public, webhook_base=webhook_base)
    )
    if webhook_base and (addresses := webhooks_by_sender(desk, webhook_base)):
        _register(url, addresses)
    return desk


def _register(url: str, addresses: Mapping[str, str]) -> None:
    """Give the gateways of the sandbox our addresses, as an office does on the site of each gateway."""
    from loa.cli.output import line

    request = urllib.request.Request(  # noqa: S310 - the sandbox's loopback address
        f"{url.rstrip('/')}/_loa/sms",
        json.dumps({"rules": {"webhooks": dict(addresses)}}).encode(),
        {"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS).close()  # noqa: S310 - the same
    except OSError:
        line(
            say(
                f"Chưa thấy bãi tập ở {url}. Mở bằng `loa sandbox` trong cửa sổ khác rồi chạy lại lệnh này.",
                f"No sandbox at {url} yet. Open one with `loa sandbox` in another window, then start this again.",
            )
        )


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
