"""Claim → submit → record: while one call is on the wire, the next is prepared and the last one written down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import cast

from loa import logs
from loa.delivery import AuthNeeded, Batch, BatchAnswer, BulkPublisher, Ending, RetryLater, Unknown
from loa.dispatch import reasons
from loa.dispatch.bulk.claim import GOING, Ready, claim
from loa.dispatch.bulk.record import Told, give_back_calls, record
from loa.dispatch.bulk.terms import room_until_closing
from loa.dispatch.desk import Desk
from loa.dispatch.memory import SHARED_LOOK_SECONDS
from loa.engine import Lanes
from loa.errors import LoaError
from loa.store.bulk_counts import may_go

_AGAIN = timedelta(minutes=1)
"""An account whose horn could not be made ready rests for so long."""


def send(desk: Desk, until: datetime | None = None, accounts: Collection[str] | None = None) -> int:
    """Send to people what may leave now by ``accounts`` (None: all); how many were answered for.

    From ``until`` on nothing more is claimed.
    """
    sent = 0
    claimed: list[Ready] = []
    looks: dict[int, float] = {}
    give_back_calls(desk)
    lanes = Lanes[Ready, Told](lambda ready: _carried(desk, ready, looks))

    def has_room(account_id: str) -> bool:
        return (accounts is None or account_id in accounts) and lanes.has_room(account_id)

    try:
        with lanes:
            while True:
                over = until is not None and desk.clock.now() >= until
                claimed = claim(desk, has_room) if lanes.freed() and not over else []
                for account_id in dict.fromkeys(ready.delivery.account_id for ready in claimed):
                    lanes.put(account_id, [ready for ready in claimed if ready.delivery.account_id == account_id])
                answers = lanes.collect(wait=not claimed)
                if answers:
                    record(desk, answers)
                    sent += sum(ready.call.row.size for ready, _ in answers)
                elif not claimed:
                    return sent
    finally:
        desk.memory.keep_calls_back(lanes.left)


def _carried(desk: Desk, ready: Ready, looks: dict[int, float]) -> Told:
    """One call. What came between its claim and the wire (a stop, a pause, the night) still keeps it back."""
    if against := _kept_back(desk, ready, looks):
        return Told(BatchAnswer(against))
    account_id = ready.delivery.account_id
    try:
        # A desk gives the horn of an account as what all horns are; one that speaks to people takes whole calls.
        horn = cast("BulkPublisher", desk.publisher_of(account_id))
    except LoaError as error:
        return Told(BatchAnswer(AuthNeeded(error.code, ", ".join(error.params.values()))))
    except Exception as error:  # noqa: BLE001 - nothing has left: whatever it was may be over at the next try
        logs.trouble("call_not_made", error, account=account_id)
        again = desk.clock.now() + _AGAIN
        return Told(BatchAnswer(RetryLater(again, reasons.NOT_MADE, type(error).__name__, pause_account=True)))
    try:
        batch = _batch(desk, ready)
    except Exception as error:  # noqa: BLE001 - nothing has left: numbers that do not open are for a person
        return Told(BatchAnswer(AuthNeeded(reasons.NUMBERS_SEALED, type(error).__name__)))
    try:
        return Told(horn.submit(batch), horn.rest())
    except Exception as error:  # noqa: BLE001 - the door of the wire: a bug in a horn may have sent something
        logs.trouble("horn_broke", error, account=account_id)
        return Told(BatchAnswer(Unknown(reasons.HORN_BROKE, type(error).__name__)))


def _batch(desk: Desk, ready: Ready) -> Batch:
    """The numbers are open from here until the call has ended, and nowhere else."""
    terms = ready.terms
    numbers = tuple(map(desk.vault.open, ready.call.sealed))
    if tuple(map(desk.vault.mark_bytes, numbers)) != ready.call.marks:
        raise ValueError("a number is not the one that its mark is of: the guards judged somebody else")
    return Batch(ready.call.row.key, terms.text, numbers, terms.options)


def _kept_back(desk: Desk, ready: Ready, looks: dict[int, float]) -> Ending | None:
    """``looks``: when the book was last asked about a delivery; calls that follow each other closely share a look."""
    now = desk.clock.now()
    room = room_until_closing(desk, ready.terms, now)
    if room is not None and room < ready.terms.takes(ready.call.row.size):
        return RetryLater(now, reasons.STOPPED)
    begun, seen = desk.memory.seconds(), looks.get(ready.delivery.id)
    if seen is not None and begun - seen < SHARED_LOOK_SECONDS and desk.clock.pause(0):
        return None
    try:
        with desk.book.read() as connection:
            free = may_go(connection, ready.call.row, GOING, now)
    except Exception as error:  # noqa: BLE001 - a book that cannot be read keeps everything back
        logs.trouble("look_failed", error)
        free = False
    if free:
        looks[ready.delivery.id] = begun
    return None if free else RetryLater(now, reasons.STOPPED)
