"""What the answers of calls mean for the book: taken, refused, put back in line, or in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loa import store
from loa.delivery import (
    AuthNeeded,
    BatchAnswer,
    Done,
    Ending,
    Pending,
    Receipt,
    Refused,
    Rest,
    RetryLater,
    State,
    Unknown,
)
from loa.dispatch import reasons
from loa.dispatch.answers import Answer, doubtful
from loa.dispatch.bulk.claim import Ready
from loa.dispatch.desk import Desk
from loa.dispatch.guard import hold
from loa.dispatch.rolling import hold_siblings, roll_up
from loa.store import bulk_calls as calls
from loa.store.bulk_calls import BatchRow, Call
from loa.store.events import MACHINE, Event, write_events

FIRST_QUESTION = timedelta(minutes=1)
"""After a call was taken, where its gateway can be asked for receipts."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one call ended, and whether the gateway asks for a rest."""

    answer: BatchAnswer
    rest: Rest | None = None


def record(desk: Desk, answers: Sequence[tuple[Ready, Told]]) -> None:
    """Write a group of answers. An answer to a call that was settled otherwise meanwhile changes nothing."""
    now = desk.clock.now()
    with desk.book.write() as connection:
        _write_all(desk, connection, answers, now)
        for ready, told in answers:
            row = ready.call.row
            if isinstance(told.answer.ending, Unknown):
                desk.memory.doubtful(("batch", row.id, row.attempt), ready.real)
            if isinstance(told.answer.ending, Done | Pending):
                desk.memory.taken += row.size - len(told.answer.refused)
            for pause in Answer(told.answer.ending, told.rest).pauses(ready.delivery.account_id):
                store.pause_account(connection, pause, now)
        roll_up(connection, {ready.delivery.id for ready, _ in answers}, now)


def give_back_calls(desk: Desk) -> int:
    """Calls that were claimed and certainly never handed to the wire: their people wait in line again; how many."""
    if not (waiting := desk.memory.calls_kept_back()):
        return 0
    kept_back = Told(BatchAnswer(RetryLater(desk.clock.now(), reasons.STOPPED)))
    try:
        record(desk, [(ready, kept_back) for ready in waiting])
    except BaseException:
        desk.memory.keep_calls_back(waiting)  # they are told of again when the book can be written
        raise
    return len(waiting)


def _write_all(desk: Desk, connection: store.Connection, answers: Sequence[tuple[Ready, Told]], now: datetime) -> None:
    """Calls that simply went well are many: they are written together, by delivery."""
    went_well: dict[int, dict[int, tuple[BatchRow, Receipt]]] = defaultdict(dict)
    asks: dict[int, bool] = {}
    for ready, told in answers:
        match told.answer:
            case BatchAnswer(Done(receipt), refused) if not refused:
                row = ready.call.row
                went_well[row.delivery_id][row.id] = row, receipt
                asks[row.delivery_id] = ready.terms.bulk.asks
            case _:
                _write(desk, connection, ready, told.answer, now)
    for delivery_id, taken in went_well.items():
        calls.take_all(connection, taken, now, now + FIRST_QUESTION if asks[delivery_id] else None)


def _write(desk: Desk, connection: store.Connection, ready: Ready, answer: BatchAnswer, now: datetime) -> None:
    ending = answer.ending
    call = ready.call
    match ending:
        case Done(receipt) | Pending(receipt, _):
            asked = now + FIRST_QUESTION if ready.terms.bulk.asks else None
            refused = _refused(desk, call, answer.refused)
            take(connection, call.row, receipt, now, ask_at=asked, refused=refused)
        case Unknown(code, detail, hint):
            doubt = doubtful(ready.terms.card, call.row.sent_at or now)
            values = doubt | {"code": code, "detail": detail, "hint": dict(hint)}
            if calls.move_batch(connection, call.row, values):
                calls.move_members(connection, call.row, {"state": State.UNKNOWN, "code": code})
                tell(connection, call.row, "answer", State.UNKNOWN, now, code)
        case _ if call.row.attempt > 1:
            _still_in_doubt(connection, call.row, ending, now)
        case Refused(code, detail, "row"):
            if calls.move_batch(connection, call.row, {"state": State.REFUSED, "code": code, "detail": detail}):
                calls.remove_contacts(connection, call.row)
                calls.move_members(connection, call.row, {"state": State.REFUSED, "code": code})
        case _:
            put_back(connection, call.row, _again_at(ending, now), ending.code, ending.detail, now)
            if isinstance(ending, Refused) and ending.scope == "content":
                _hold_content(desk, connection, ready, ending, now)


def _again_at(ending: Ending, now: datetime) -> datetime:
    return ending.at if isinstance(ending, RetryLater) else now


def _still_in_doubt(
    connection: store.Connection, row: BatchRow, ending: RetryLater | AuthNeeded | Refused, now: datetime
) -> None:
    """This attempt sent nothing, but nobody knows of the earlier one: only the same key may go out again.

    A no to the same key says nothing of the earlier attempt either, since some gateways look at the key last.
    """
    final = isinstance(ending, Refused) and ending.scope != "account"
    state = State.HUMAN if final else State.RETRY_LATER
    again = None if final else _again_at(ending, now)
    values = {"state": state, "next_try": again, "code": ending.code, "detail": ending.detail}
    if calls.move_batch(connection, row, values):
        calls.move_members(connection, row, {"state": state, "code": ending.code})


def _refused(desk: Desk, call: Call, refused: Mapping[str, Refused]) -> dict[int, str]:
    """Numbers of a taken call that were refused, by their places."""
    if not refused:
        return {}
    places = {desk.vault.open(sealed): seq for seq, sealed in zip(call.seqs, call.sealed, strict=True)}
    return {places[number]: no.code for number, no in refused.items() if number in places}


def take(
    connection: store.Connection,
    row: BatchRow,
    receipt: Receipt,
    now: datetime,
    *,
    ask_at: datetime | None,
    refused: Mapping[int, str],
) -> None:
    """The gateway has taken a call."""
    values: dict[str, Any] = {"state": State.DONE, "next_try": None, "done_at": now, "code": "", "detail": ""}
    values |= {"platform_id": receipt.platform_id, "hint": dict(receipt.details), "ask_at": ask_at}
    if calls.move_batch(connection, row, values):
        calls.move_members(connection, row, {"state": State.DONE, "code": ""})
        if refused:
            calls.refuse_members(connection, row, refused)


def put_back(
    connection: store.Connection, row: BatchRow, again_at: datetime, code: str, detail: str, now: datetime
) -> None:
    """The call certainly reached nobody: its people wait in line again, and it does not count for the cap."""
    if calls.move_batch(connection, row, {"state": State.CANCELLED, "next_try": None, "code": code, "detail": detail}):
        calls.remove_contacts(connection, row)
        calls.return_members(connection, row, again_at, code)
        tell(connection, row, "put back", State.DUE, now, code)


def tell(
    connection: store.Connection,
    row: BatchRow,
    cause: str,
    after: State,
    now: datetime,
    code: str,
    actor: str = MACHINE,
) -> None:
    """A line of the trail about a call that did not simply go well."""
    words = {"batch": str(row.id), "people": str(row.size)} | ({"code": code} if code else {})
    write_events(connection, [Event(now, actor, cause, row.delivery_id, None, row.state, after, words)])


def _hold_content(desk: Desk, connection: store.Connection, ready: Ready, no: Refused, now: datetime) -> None:
    """Words that a gateway refused go to nobody else without a person's word."""
    row = store.delivery_by_id(connection, ready.delivery.id)
    hold(desk, connection, row, reasons.CONTENT_REFUSED, {"account": row.labels["account"], "detail": no.detail})
    hold_siblings(connection, row, no, now)
