"""Calls of which nobody knows: sent again under a key that their gateway remembers, looked up, or put to a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from loa import logs, store
from loa.delivery import Absent, Batch, BulkPublisher, CannotTell, Found, LookUp, State
from loa.dispatch import reasons
from loa.dispatch.answers import doubtful
from loa.dispatch.bulk.claim import may_repeat
from loa.dispatch.bulk.record import FIRST_QUESTION, give_back_calls, put_back, take, tell
from loa.dispatch.bulk.terms import Terms, terms_of
from loa.dispatch.desk import Desk
from loa.dispatch.memory import Doubt
from loa.dispatch.package import card_of
from loa.dispatch.rolling import roll_up
from loa.errors import LoaError
from loa.store import DeliveryRow
from loa.store import bulk_calls as calls
from loa.store import bulk_counts as counts
from loa.store.bulk_calls import BatchRow

MOST_CRASHES = 3
MOST_ATTEMPTS = 10
"""A call that was looked up as absent so often is a riddle for a person."""


def recover(desk: Desk, here: Collection[str] = ()) -> int:
    """After a crash: what was on the wire is in doubt, but for what the workers that are ``here`` have there still.

    A call that crashed us often goes to a person.
    """
    if desk.worker not in here:
        give_back_calls(desk)
    now = desk.clock.now()
    with desk.book.write() as connection:
        found = [each for each in calls.batches(connection, states=(State.SENDING,)) if each.owner not in here]
        for each in found:
            row = store.delivery_by_id(connection, each.delivery_id)
            values = doubtful(card_of(desk.cards, row), now)
            values |= {"crashes": each.crashes + 1, "code": reasons.CRASHED}
            if each.crashes + 1 >= MOST_CRASHES:
                values |= {"state": State.HUMAN, "next_try": None, "code": reasons.CRASHED_OFTEN}
            _doubt(connection, each, values, now, "recover")
            desk.memory.doubtful(_doubt_of(each), desk.clock.real())
        roll_up(connection, {each.delivery_id for each in found}, now)
    return len(found)


def _doubt(connection: store.Connection, each: BatchRow, values: dict[str, Any], now: datetime, cause: str) -> None:
    """Move a call, and its recipients with it, from one doubt to another."""
    if calls.move_batch(connection, each, values):
        state, code = values["state"], values.get("code", each.code)
        if state != each.state:
            calls.move_members(connection, each, {"state": state, "code": code})
            tell(connection, each, cause, state, now, code)


def look_up_doubtful(desk: Desk) -> None:
    """Decide what can be decided: by the key, by reading the gateway; the rest is for a person."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return
        resting = {pause.account_id for pause in store.pauses(connection, now)}
        found = calls.batches(connection, states=(State.UNKNOWN, counts.TO_REPEAT), next_try_before=now)
        ripe = [each for each in found if each.account_id not in resting]
        rows = {each.delivery_id: store.delivery_by_id(connection, each.delivery_id) for each in ripe}
    ripe = [each for each in ripe if _has_settled(desk, rows[each.delivery_id], each)]
    answers = [(each, _decided(desk, rows[each.delivery_id], each, now)) for each in ripe]
    _write(desk, [(each, answer) for each, answer in answers if answer is not None])


def _doubt_of(each: BatchRow) -> Doubt:
    return "batch", each.id, each.attempt


def _has_settled(desk: Desk, row: DeliveryRow, each: BatchRow) -> bool:
    """Whether the settle time has really passed since we saw the doubt arise: a clock that was set proves nothing."""
    return desk.memory.has_settled(_doubt_of(each), desk.clock.real(), card_of(desk.cards, row).settle)


_Answer = LookUp | State
"""What the gateway says of a call, or the state that it goes to without asking."""


def _decided(desk: Desk, row: DeliveryRow, each: BatchRow, now: datetime) -> _Answer | None:
    card = card_of(desk.cards, row)
    if card.read_back == "key":
        if not may_repeat(desk, each, row, now):
            return State.HUMAN
        return None if each.state == counts.TO_REPEAT else counts.TO_REPEAT
    try:
        horn = cast("BulkPublisher", desk.publisher_of(each.account_id))
        return horn.look_up_batch(_batch(desk, terms_of(desk, row), each), each.sent_at or now, each.hint)
    except Exception as error:  # noqa: BLE001 - the door of the wire: a look that failed decides nothing
        logs.trouble("look_up_failed", error, account=each.account_id)
        return CannotTell(type(error).__name__)


def _batch(desk: Desk, terms: Terms, each: BatchRow) -> Batch:
    with desk.book.read() as connection:
        sealed = calls.call_of_batch(connection, each).sealed
    return Batch(each.key, terms.text, tuple(map(desk.vault.open, sealed)), terms.options)


def _write(desk: Desk, answers: Sequence[tuple[BatchRow, _Answer]]) -> None:
    if not answers:
        return
    now = desk.clock.now()
    with desk.book.write() as connection:
        for each, answer in answers:
            _settle(desk, connection, each, answer, now)
        roll_up(connection, {each.delivery_id for each, _ in answers}, now)


def _settle(desk: Desk, connection: store.Connection, each: BatchRow, answer: _Answer, now: datetime) -> None:
    match answer:
        case Found(receipt):
            take(connection, each, receipt, now, ask_at=_first_question(desk, connection, each, now), refused={})
        case Absent() if each.attempt < MOST_ATTEMPTS:
            put_back(connection, each, now, reasons.LOOKED_ABSENT, "", now)
        case CannotTell(detail, final=False) if later := _next_look(desk, connection, each):
            _doubt(connection, each, later | {"detail": detail}, now, "reconcile")
        case State():
            again = now if answer == counts.TO_REPEAT else None
            code = each.code if again else reasons.CANNOT_TELL
            _doubt(connection, each, {"state": answer, "next_try": again, "code": code}, now, "reconcile")
        case _:
            human = {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL}
            _doubt(connection, each, human, now, "reconcile")


def _next_look(desk: Desk, connection: store.Connection, each: BatchRow) -> dict[str, Any] | None:
    card = card_of(desk.cards, store.delivery_by_id(connection, each.delivery_id))
    done = each.look_ups + 1
    if done >= len(card.look_ups) or each.sent_at is None:
        return None
    return {"state": State.UNKNOWN, "next_try": each.sent_at + card.look_ups[done], "look_ups": done}


def _first_question(desk: Desk, connection: store.Connection, each: BatchRow, now: datetime) -> datetime | None:
    try:
        asks = terms_of(desk, store.delivery_by_id(connection, each.delivery_id)).bulk.asks
    except LoaError:
        return None
    return now + FIRST_QUESTION if asks else None
