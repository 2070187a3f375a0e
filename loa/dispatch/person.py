"""What only a person may decide: a sending whose outcome nobody knows, a delivery that came too late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.answers import SHOWN_BY, waits_for_person
from loa.dispatch.approval import Selection
from loa.dispatch.audit import deed_of, doer
from loa.dispatch.bulk.control import settle_doubts
from loa.dispatch.bulk.line import is_to_people, put_forward
from loa.dispatch.desk import Desk
from loa.dispatch.mourning_days import let_go
from loa.dispatch.people import person_who_may
from loa.dispatch.rolling import roll_up
from loa.errors import ApprovalError
from loa.store import DeliveryRow
from loa.store.audit import add_deeds
from loa.store.bulk_counts import end_waiting, release_held

DONE, AGAIN, CANCEL, SHOW = "done", "again", "cancel", "show"
_OPEN_QUESTIONS = (State.UNKNOWN, State.HUMAN, State.HELD)


def settle(desk: Desk, selection: Selection, person: str, answer: str, *, origin: str = "") -> list[DeliveryRow]:
    """Carry out a named person's answer: it is there (``done``), send it (``again``), or give it up (``cancel``).

    A post that lies hidden on its platform is shown (``show``), or left hidden for good (``cancel``).

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E504 no such delivery waits for a person; E505 what is
            held has not been sent, so that it cannot have been seen; E563 no such post lies hidden.
    """
    decider = person_who_may(desk, person, "publisher")
    name, who = decider.name, doer(decider, origin)
    with desk.book.write() as connection:
        if hidden := _settle_hidden(desk, connection, selection, name, answer):
            add_deeds(connection, [deed_of(desk, who, answer, row.key, row.content_hash) for row in hidden])
            return hidden
        if answer == SHOW:
            raise ApprovalError("E563")
        rows = [row for row in store.deliveries(connection, states=_OPEN_QUESTIONS) if selection.takes(row)]
        rows = [row for row in rows if row.state != State.HELD or row.reason in reasons.WAITS_FOR_A_PERSON]
        if not rows:
            raise ApprovalError("E504")
        if answer == DONE and (held := [str(row.id) for row in rows if row.state == State.HELD]):
            raise ApprovalError("E505", deliveries=", ".join(held))
        for row in rows:
            _settle(desk, connection, row, name, answer)
        add_deeds(connection, [deed_of(desk, who, answer, row.key, row.content_hash) for row in rows])
    return rows


def show_hidden(desk: Desk, name: str) -> int:
    """Show every post that lies hidden, in the name of somebody who may: a rehearsal plays the person. How many."""
    with desk.book.read() as connection:
        pending = store.sendings(connection, states=(State.PENDING,))
    if not any(waits_for_person(each.hint) for each in pending):
        return 0
    with desk.book.write() as connection:
        return len(_settle_hidden(desk, connection, Selection(), name, SHOW))


def _settle_hidden(
    desk: Desk, connection: store.Connection, selection: Selection, name: str, answer: str
) -> list[DeliveryRow]:
    """Answer for the posts that lie hidden; those that were answered for."""
    if answer not in (SHOW, CANCEL):
        return []
    now = desk.clock.now()
    rows = {row.id: row for row in store.deliveries(connection, states=(State.PENDING,)) if selection.takes(row)}
    found = []
    for each in store.sendings(connection, delivery_ids=rows, states=(State.PENDING,)):
        if waits_for_person(each.hint):
            shown = {"state": State.PENDING, "next_try": now, "hint": {**each.hint, SHOWN_BY: name}, "code": ""}
            values = shown if answer == SHOW else _ANSWERS[CANCEL](now)
            store.move_sending(connection, each, values, at=now, actor=name, cause=answer)
            found.append(rows[each.delivery_id])
    roll_up(connection, [row.id for row in found], now)
    return found


def _settle(desk: Desk, connection: store.Connection, row: DeliveryRow, name: str, answer: str) -> None:
    now = desk.clock.now()
    if row.state == State.HELD:
        _settle_held(desk, connection, row, name, answer)
    if is_to_people(row):
        _settle_people(connection, row, name, answer, now)
        return
    change = _ANSWERS[answer]
    doubtful = (State.UNKNOWN, State.HUMAN) if row.state != State.HELD or answer == CANCEL else ()
    waiting = store.WAITING if answer == CANCEL else ()
    for each in store.sendings(connection, delivery_ids=[row.id], states=(*doubtful, *waiting)):
        store.move_sending(connection, each, change(now), at=now, actor=name, cause=answer)
    roll_up(connection, [row.id], now)


def _settle_people(connection: store.Connection, row: DeliveryRow, name: str, answer: str, now: datetime) -> None:
    """A person's word on the doubtful calls of a delivery; what is given up takes those who wait with it."""
    if row.state != State.HELD or answer == CANCEL:
        settle_doubts(connection, row, name, _ENDS[answer], now)
    if answer == CANCEL:
        end_waiting(connection, row.id, State.CANCELLED, reasons.CANCELLED_BY_PERSON)
    roll_up(connection, [row.id], now)


def _settle_held(desk: Desk, connection: store.Connection, row: DeliveryRow, name: str, answer: str) -> None:
    now = desk.clock.now()
    if answer == CANCEL:
        words = {"by": name}
        store.move_delivery(
            connection, row, State.CANCELLED, at=now, actor=name, reason=reasons.CANCELLED_BY_PERSON, params=words
        )
    elif answer == AGAIN:
        window = row.expires - row.due
        if row.reason == reasons.CANARY_OUT:
            release_held(connection, row.id, now)
        if row.reason == reasons.MOURNING:
            let_go(connection, [row.key])
        put_forward(connection, row, now, name, now + window)


_ENDS = {DONE: State.DONE, AGAIN: State.DUE, CANCEL: State.CANCELLED}
_ANSWERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    DONE: lambda now: {"state": State.DONE, "next_try": None, "done_at": now, "code": reasons.SEEN_BY_PERSON},
    AGAIN: lambda now: {"state": State.DUE, "next_try": now},
    CANCEL: lambda _: {"state": State.CANCELLED, "next_try": None, "code": reasons.CANCELLED_BY_PERSON},
}
