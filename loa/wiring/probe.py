"""Asking a platform's server for the time of day, through the one door to the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from loa.workspace import Workspace
from publishers import REGISTRY
from publishers.http import InDoubt, NotSent, call, new_session

_SECONDS = (5, 10)
"""To connect, to answer."""


def servers(workspace: Workspace, sandbox: Mapping[str, Mapping[str, str]] | None) -> tuple[str, ...]:
    """The servers of the channels that have accounts here, each once, such as ``https://graph.facebook.com``."""
    found = []
    for account in workspace.settings.accounts:
        if account.channel not in REGISTRY:
            continue
        card = REGISTRY[account.channel].card.of(account.settings)
        configured = workspace.settings.channels.get(account.channel)
        own = {**(configured.settings if configured else {}), **(sandbox or {}).get(account.channel, {})}
        asked = [own.get(name, default) for name, default in card.host_settings if name.endswith("_host")]
        parts = [urlsplit(value) for value in asked]
        found += [f"{each.scheme}://{each.netloc}" for each in parts if each.scheme and each.netloc][:1]
    return tuple(dict.fromkeys(found))


def time_at(server: str) -> datetime | None:
    """The server's own time, whole seconds; None where it does not answer or does not tell."""
    try:
        answer = call(new_session(), "HEAD", server + "/", timeout=_SECONDS)
        return parsedate_to_datetime(answer.headers["date"])
    except (NotSent, InDoubt, KeyError, ValueError):
        return None
