"""The safety catch of accounts that speak to people: real messages leave only when a named person has said so."""

from __future__ import annotations

from loa import store
from loa.delivery import ChannelCard, State
from loa.dispatch import reasons
from loa.dispatch.audit import doer, note_deed
from loa.dispatch.bulk.line import put_forward
from loa.dispatch.desk import Desk
from loa.dispatch.inbound import reply_text
from loa.dispatch.package import card_of, seen
from loa.dispatch.people import find_reviewer, person_who_may
from loa.errors import LoaError
from loa.store import Arming, DeliveryRow


def arm(desk: Desk, account_id: str, scope: str, person: str, *, origin: str = "") -> int:
    """Let an account send for real: to the numbers of the list ``scope``, or to ``store.ALL``. How many held go on.

    Whoever says so has also approved the words with which the account answers refusals, as they stand now.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide.
        LoaError: E203 no such account; E942 it speaks to no lists of people; E943 no such list.
    """
    decider = person_who_may(desk, person, "publisher")
    name = decider.name
    _check(desk, account_id, scope)
    now = desk.clock.now()
    with desk.book.write() as connection:
        store.set_arming(connection, account_id, scope, name, now, reply_text(desk.workspace, account_id))
        held = [row for row in _held_for_it(connection, account_id) if unarmed(desk, connection, row) is None]
        for row in held:
            put_forward(connection, row, now, name)
        note_deed(desk, doer(decider, origin), "arm", account_id, words={"for": scope}, connection=connection)
    return len(held)


def disarm(desk: Desk, account_id: str, person: str, *, origin: str = "") -> None:
    """Take it back; what is due from now on is held. Anybody who is listed may do so.

    Raises:
        ApprovalError: E501 nobody of that name may decide.
        LoaError: E203 no such account; E942 it speaks to no lists of people.
    """
    decider = find_reviewer(desk, person)
    _check(desk, account_id, store.ALL)
    with desk.book.write() as connection:
        store.set_arming(connection, account_id, "", decider.name, desk.clock.now())
        note_deed(desk, doer(decider, origin), "disarm", account_id, connection=connection)


def unarmed(desk: Desk, connection: store.Connection, row: DeliveryRow) -> tuple[str, dict[str, str]] | None:
    """Why a delivery may not leave by its account yet; None when it may, as always where no real platform is asked."""
    if desk.in_sandbox or card_of(desk.cards, row).bulk is None:
        return None
    armed = store.arming_of(connection, row.account_id)
    if armed is None:
        return reasons.UNARMED, {"account": row.account_id}
    if armed.scope == store.ALL:
        return None
    outside = store.outside_of(connection, armed.scope, row.unit_code, _lists(row))
    words = {"account": row.account_id, "list": armed.scope, "count": str(outside)}
    return (reasons.ARMED_FOR_TESTS, words) if outside else None


def _lists(row: DeliveryRow) -> tuple[str, ...]:
    content = seen(row.package)
    return tuple(filter(None, (content["recipients"]["list"], content.get("message", {}).get("canary", ""))))


def _held_for_it(connection: store.Connection, account_id: str) -> list[DeliveryRow]:
    held = store.deliveries(connection, states=(State.HELD,))
    mine = (reasons.UNARMED, reasons.ARMED_FOR_TESTS)
    return [row for row in held if row.account_id == account_id and row.reason in mine]


def _check(desk: Desk, account_id: str, scope: str) -> None:
    account = desk.workspace.account(account_id)
    card: ChannelCard = desk.cards[account.channel].of(account.settings)
    if card.bulk is None:
        raise LoaError("E942", account=account_id, channel=card.id)
    lists = [each.id for each in desk.workspace.settings.lists]
    if scope != store.ALL and scope not in lists:
        raise LoaError("E943", name=scope, lists=", ".join(lists) or "–")


def all_armings(desk: Desk) -> tuple[Arming, ...]:
    """Every account that may send for real."""
    with desk.book.read() as connection:
        return store.armings(connection)
