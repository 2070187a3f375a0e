"""Which accounts a gateway reports to, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from loa.dispatch import Desk
from loa.errors import LoaError
from loa.store import Vault
from loa.webhooks import address_of, base_of
from loa.wiring.cards import cards
from loa.workspace import AccountSettings, Workspace

PORT = 8780
PORT_SETTING = "webhook_port"
_HIGHEST_PORT = 65535


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


def webhooks_by_sender(desk: Desk, base: str) -> dict[str, str]:
    """gateway/sender → where it brings reports and what citizens answer. A telephone sends under its account."""
    found = {}
    for each in reported_to(desk.workspace):
        account = desk.workspace.account(each)
        channel = cards()[account.channel]
        gateway = account.settings.get(channel.chosen_by) or next(iter(channel.variants), each)
        for sender in (account.settings.get("brandname", ""), account.id):
            found[f"{gateway}/{sender}"] = webhook_url(desk.workspace, desk.vault, account, base)
    return found


def door_of(desk: Desk) -> AbstractContextManager[object]:
    """The door of an office that runs everything in one process. Nothing comes in before it is entered.

    None where ``loa.yaml`` names no ``webhook_base``, or where ``webhook_port`` is 0: ``loa webhooks`` then serves it.

    Raises:
        LoaError: E860 the port is taken; E861, E864 a setting is not valid.
    """
    accounts = reported_to(desk.workspace)
    channels = sorted({desk.workspace.account(each).channel for each in accounts})
    named = [channel for channel in channels if base_of(desk.workspace, channel)]
    port = _port(desk.workspace, named[0]) if named else 0
    if not port:
        return nullcontext()
    from loa.webhooks.door import LOOPBACK, Door, listening  # noqa: PLC0415 - a web server that few offices need

    return Door(listening(LOOPBACK, port), desk.book, desk.vault, desk.clock, accounts)


@contextmanager
def desk_with_door(workspace: Workspace, open_with: Callable[[str], Desk]) -> Iterator[Desk]:
    """A desk against a sandbox, which reports to a door of the desk's own on a free port of this machine."""
    with desk_and_door(workspace, open_with) as (desk, door), door:
        yield desk


@contextmanager
def desk_and_door(
    workspace: Workspace, open_with: Callable[[str], Desk]
) -> Iterator[tuple[Desk, AbstractContextManager[object]]]:
    """The same; nothing comes in by the door before the caller has opened it."""
    from loa.webhooks.door import LOOPBACK, Door, listening  # noqa: PLC0415 - the same

    socket = listening(LOOPBACK, 0)
    try:
        desk = open_with(f"http://{LOOPBACK}:{socket.getsockname()[1]}")
        yield desk, Door(socket, desk.book, desk.vault, desk.clock, reported_to(workspace))
    finally:
        socket.close()


def _port(workspace: Workspace, channel: str) -> int:
    written = workspace.settings.channels[channel].settings.get(PORT_SETTING, str(PORT))
    if written.isascii() and written.isdigit() and int(written) <= _HIGHEST_PORT:
        return int(written)
    raise LoaError("E864", name=PORT_SETTING, channel=channel, value=written, least=0, most=_HIGHEST_PORT)
