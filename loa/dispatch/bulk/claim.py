"""What may leave now: the next calls of each account, with everything that speaks against them looked at first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.bulk.terms import Terms, opening, room_until_closing, terms_of, wanted
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded, hold
from loa.dispatch.package import card_of, seen
from loa.draft import bulk_of
from loa.errors import LoaError
from loa.store import DeliveryRow
from loa.store import bulk_calls as calls
from loa.store import bulk_claim as claims
from loa.store import bulk_counts as counts
from loa.store.bulk_calls import BatchRow, Call
from loa.workspace.limits import without_limits

GOING = (State.DUE, State.RETRY_LATER, State.SENDING, State.UNKNOWN, State.HUMAN)
"""A doubt about one call does not keep the others from going on."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed call on its way to its horn."""

    call: Call
    delivery: DeliveryRow
    terms: Terms
    real: float
    """When it was claimed, by a clock that nobody sets."""


def claim(desk: Desk, has_room: Callable[[str], bool]) -> list[Ready]:
    """Claim the next window of every account that has room; deliveries that may not go out any more are held."""
    found: list[Ready] = []
    try:
        with desk.book.write() as connection:
            found = _claimed(desk, connection, has_room)
    except BaseException:
        desk.memory.keep_calls_back(found)  # the claim may be on the disk all the same, where its journal failed
        raise
    return found


def _claimed(desk: Desk, connection: store.Connection, has_room: Callable[[str], bool]) -> list[Ready]:
    now = desk.clock.now()
    claims.serialise(connection)
    if not store.is_here(connection, desk.worker):
        return []
    by_account: dict[str, list[DeliveryRow]] = {}
    for row in going(connection, now):
        if row.expires >= now and has_room(row.account_id):
            by_account.setdefault(row.account_id, []).append(row)
    found: list[Ready] = []
    for account_id, rows in by_account.items():
        free = claims.free_at(connection, account_id, now)
        if free is None or free <= now:
            found += _of_account(desk, connection, _in_turn(connection, account_id, rows), now)
    return found


def going(connection: store.Connection, now: datetime) -> list[DeliveryRow]:
    """The deliveries to people that are due and not kept back: by a stop, a pause, a person."""
    if store.stop_of(connection):
        return []
    paused = {pause.account_id for pause in store.pauses(connection, now)}
    rows = store.deliveries(connection, states=GOING, due_before=now, to_people=True)
    return [row for row in rows if row.account_id not in paused and is_to_people(row)]


def _in_turn(connection: store.Connection, account_id: str, rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    """The campaigns of one account take turns, call by call."""
    last = claims.served_last(connection, account_id) if len(rows) > 1 else 0
    return sorted(rows, key=lambda row: (row.id <= last, row.id))


def _of_account(desk: Desk, connection: store.Connection, rows: Sequence[DeliveryRow], now: datetime) -> list[Ready]:
    for row in rows:
        repeat = _to_repeat(connection, row, now)
        ripe = counts.next_try_of(connection, row.id)
        if repeat is None and (ripe is None or ripe > now):
            continue
        terms = _allowed(desk, connection, row)
        if terms is None:
            continue
        taken = _repeated(desk, connection, row, terms, repeat, now) if repeat else []
        if taken := taken or _new(desk, connection, row, terms, now):
            return [Ready(call, row, terms, desk.clock.real()) for call in taken]
    return []


def _allowed(desk: Desk, connection: store.Connection, row: DeliveryRow) -> Terms | None:
    """The terms of a delivery whose bytes are still those that were approved; else it is held."""
    free, _ = guarded(desk, connection, [row])
    if not free:
        return None
    try:
        return terms_of(desk, row)
    except LoaError as error:
        hold(desk, connection, row, reasons.RULES_GONE, {"rules": "", **error.params})
        return None


def _new(desk: Desk, connection: store.Connection, row: DeliveryRow, terms: Terms, now: datetime) -> list[Call]:
    what = wanted(desk, row, terms, now)
    return claims.claim_calls(connection, what, desk.worker, now) if what else []


def _to_repeat(connection: store.Connection, row: DeliveryRow, now: datetime) -> BatchRow | None:
    """A doubtful call that its gateway will recognise by its key."""
    found = calls.batches(connection, states=(counts.TO_REPEAT,), delivery_ids=[row.id], next_try_before=now, most=1)
    return found[0] if found else None


def _repeated(
    desk: Desk, connection: store.Connection, row: DeliveryRow, terms: Terms, repeat: BatchRow, now: datetime
) -> list[Call]:
    """The same call again: the same numbers and text under the same key, whatever was learnt of them since."""
    takes = terms.takes(repeat.size)
    room = room_until_closing(desk, terms, now)
    if not may_repeat(desk, repeat, row, now) or (room is not None and room < takes):
        return []
    call = calls.repeat_call(connection, repeat, desk.worker, now)
    if call is None:
        return []
    claims.take_time(connection, row.account_id, now, takes)
    return [call]


def may_repeat(desk: Desk, repeat: BatchRow, row: DeliveryRow, now: datetime) -> bool:
    """Whether the gateway surely still recognises such a call by its key, and the words are the same."""
    card, content = card_of(desk.cards, row), seen(row.package)
    settings = content["account"]["settings"]
    if card.read_back != "key" or not bulk_of(card, settings, content["options"]).remembers:
        return False
    # Another gateway, or another customer of the same one, knows nothing of our key.
    if not any(
        each.id == row.account_id and without_limits(each.settings) == settings
        for each in desk.workspace.settings.accounts
    ):
        return False
    alive = repeat.first_sent_at is not None and now < repeat.first_sent_at + card.key_life
    return alive and repeat.content_hash == row.content_hash


def next_moment(desk: Desk, accounts: Collection[str] | None = None) -> datetime | None:
    """When the next call of ``accounts`` (None: of all) can leave, by ripeness, pace and hours; None: none waits."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        rows = [row for row in going(connection, now) if accounts is None or row.account_id in accounts]
        moments = [_next_of(desk, connection, row, now) for row in rows]
        moments.append(counts.next_batch_moment(connection))
    return min((moment for moment in moments if moment is not None), default=None)


def _next_of(desk: Desk, connection: store.Connection, row: DeliveryRow, now: datetime) -> datetime | None:
    repeats = calls.batches(connection, states=(counts.TO_REPEAT,), delivery_ids=[row.id], most=1)
    ripe = counts.next_try_of(connection, row.id)
    moments = [moment for moment in (ripe, *(each.next_try for each in repeats)) if moment is not None]
    if not moments:
        return None
    moment = max(now, min(moments), claims.free_at(connection, row.account_id, now) or now)
    try:
        return opening(desk, terms_of(desk, row), moment)
    except LoaError:
        return moment
