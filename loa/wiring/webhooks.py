"""Which accounts a gateway reports to, and where."""

from __future__ import annotations

from loa.store import Vault
from loa.webhooks import address_of, base_of
from loa.wiring.cards import cards
from loa.workspace import AccountSettings, Workspace


def reported_to(workspace: Workspace) -> tuple[str, ...]:
    """The accounts that speak to lists of people: only their gateways report."""
    known = cards()
    return tuple(
        account.id
        for account in workspace.settings.accounts
        if account.channel in known and known[account.channel].of(account.settings).bulk is not None
    )


def webhook_url(workspace: Workspace, vault: Vault, account: AccountSettings, base: str | None) -> str:
    """Where an account's gateway reports to: under ``base``, or (None) under what ``loa.yaml`` names; empty: nowhere.

    Raises:
        LoaError: E861 the address in ``loa.yaml`` is not valid.
    """
    if cards()[account.channel].of(account.settings).bulk is None:
        return ""
    found = base_of(workspace, account.channel) if base is None else base
    return address_of(found, vault, account.id) if found else ""
