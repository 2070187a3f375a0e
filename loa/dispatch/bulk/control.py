"""What a person says to a sending that is under way: go on after the trial wave, pause, resume, settle a doubt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from loa import store
from loa.delivery import Receipt, State
from loa.dispatch import reasons
from loa.dispatch.approval import Selection
from loa.dispatch.audit import Doer, deed_of, doer
from loa.dispatch.bulk.claim import GOING
from loa.dispatch.bulk.line import is_to_people, put_forward
from loa.dispatch.bulk.record import take, tell
from loa.dispatch.desk import Desk
from loa.dispatch.people import person_who_may
from loa.dispatch.rolling import roll_up
from loa.errors import ApprovalError
from loa.store import DeliveryRow
from loa.store import bulk_calls as calls
from loa.store import bulk_counts as counts
from loa.store.audit import add_deeds
from loa.store.bulk_calls import BatchRow
from loa.text import nfc

_DOUBTS = (State.UNKNOWN, State.HUMAN, State.RETRY_LATER)


def go(desk: Desk, selection: Selection, who: str, *, origin: str = "") -> list[DeliveryRow]:
    """Let the rest go after a trial wave, on a named person's yes; the deliveries that go on.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E582 nothing waits for a yes.
    """
    person = person_who_may(desk, who, "publisher")
    rows = release(desk, selection, person.name)
    if not rows:
        raise ApprovalError("E582")
    with desk.book.write() as connection:
        _note(desk, connection, doer(person, origin), "go", rows)
    return rows


def release(desk: Desk, selection: Selection, name: str) -> list[DeliveryRow]:
    """As ``go``, in the name of somebody who may: a rehearsal plays the person."""
    now = desk.clock.now()
    with desk.book.write() as connection:
        rows = _held(connection, selection, reasons.CANARY_OUT)
        for row in rows:
            counts.release_held(connection, row.id, now)
            _let_go(connection, row, now, name)
    return rows


def pause(desk: Desk, selection: Selection, who: str, why: str, *, origin: str = "") -> list[DeliveryRow]:
    """Hold sendings to people that go on, or will; calls that are on the wire are the last. The deliveries held.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E585 nothing goes on; E588 no reason.
    """
    person = person_who_may(desk, who, "publisher")
    name = person.name
    why = nfc(why).strip()
    if not why:
        raise ApprovalError("E588")
    now = desk.clock.now()
    with desk.book.write() as connection:
        found = store.deliveries(connection, states=(State.APPROVED, *GOING))
        rows = [row for row in found if selection.takes(row) and is_to_people(row)]
        for row in rows:
            words = {"by": name, "why": why}
            store.move_delivery(connection, row, State.HELD, at=now, actor=name, reason=reasons.PAUSED, params=words)
        _note(desk, connection, doer(person, origin), "pause", rows, {"why": why})
    if not rows:
        raise ApprovalError("E585")
    return rows


def resume(desk: Desk, selection: Selection, who: str, *, origin: str = "") -> list[DeliveryRow]:
    """Let paused sendings go on; the deliveries that do.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E587 nothing is paused.
    """
    person = person_who_may(desk, who, "publisher")
    name = person.name
    now = desk.clock.now()
    with desk.book.write() as connection:
        rows = _held(connection, selection, reasons.PAUSED)
        for row in rows:
            _let_go(connection, row, now, name)
        _note(desk, connection, doer(person, origin), "go on", rows)
    if not rows:
        raise ApprovalError("E587")
    return rows


def _note(
    desk: Desk,
    connection: store.Connection,
    who: Doer,
    deed: str,
    rows: list[DeliveryRow],
    words: Mapping[str, str] | None = None,
) -> None:
    add_deeds(connection, [deed_of(desk, who, deed, row.key, row.content_hash, words) for row in rows])


def _held(connection: store.Connection, selection: Selection, reason: str) -> list[DeliveryRow]:
    found = store.deliveries(connection, states=(State.HELD,))
    return [row for row in found if row.reason == reason and selection.takes(row)]


def _let_go(connection: store.Connection, row: DeliveryRow, now: datetime, name: str) -> None:
    """Back to where it was; one whose window has passed while it waited for a person gets it anew."""
    expires = row.expires if row.expires >= now else now + (row.expires - row.due)
    put_forward(connection, row, now, name, expires)
    roll_up(connection, [row.id], now)


def settle_doubts(connection: store.Connection, row: DeliveryRow, name: str, after: State, now: datetime) -> None:
    """Carry out a person's word on the doubtful calls of a delivery: they are out, to be sent anew, or given up."""
    for each in calls.batches(connection, states=_DOUBTS, delivery_ids=[row.id]):
        if after == State.DUE:
            _send_anew(connection, each, now, name)
        elif after == State.DONE:
            take(connection, each, Receipt(each.platform_id), now, ask_at=None, refused={})
            calls.move_members(connection, each, {"code": reasons.SEEN_BY_PERSON})
            tell(connection, each, "done", after, now, reasons.SEEN_BY_PERSON, name)
        else:
            _give_up(connection, each, now, name)


def _send_anew(connection: store.Connection, each: BatchRow, now: datetime, name: str) -> None:
    """Whoever says so takes it on; a message that did arrive counts for the cap all the same."""
    if calls.move_batch(connection, each, {"state": State.CANCELLED, "next_try": None, "code": reasons.RELEASED}):
        calls.return_members(connection, each, now, "")
        tell(connection, each, "again", State.DUE, now, reasons.RELEASED, name)


def _give_up(connection: store.Connection, each: BatchRow, now: datetime, name: str) -> None:
    ended = {"state": State.CANCELLED, "next_try": None, "code": reasons.CANCELLED_BY_PERSON}
    if calls.move_batch(connection, each, ended):
        calls.move_members(connection, each, {"state": State.CANCELLED, "code": reasons.CANCELLED_BY_PERSON})
        tell(connection, each, "cancel", State.CANCELLED, now, reasons.CANCELLED_BY_PERSON, name)
