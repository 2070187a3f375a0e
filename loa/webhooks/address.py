"""Where a gateway reports to: an address of each account's own, which only the holder of the office's key can know."""

from __future__ import annotations

from urllib.parse import urlsplit

from loa.errors import LoaError
from loa.store import Vault
from loa.workspace import Workspace

BASE = "webhook_base"
"""The setting of a channel that names the address of the office's proxy."""


def address_of(base: str, vault: Vault, account_id: str) -> str:
    """The address to enter at the gateway's site."""
    return f"{base.rstrip('/')}/sms/{account_id}/{vault.door_word(account_id)}"


def base_of(workspace: Workspace, channel: str) -> str:
    """The address of the proxy before the door, as ``loa.yaml`` has it; empty where nothing is to come in.

    Raises:
        LoaError: E861, it is no https address.
    """
    own = workspace.settings.channels.get(channel)
    base = own.settings.get(BASE, "") if own else ""
    if not base:
        return ""
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise LoaError("E861", channel=channel, value=base)
    return base.rstrip("/")
