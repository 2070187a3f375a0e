"""What is approved and due gets its sendings, or its line of people; what may not go out is held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from loa import store
from loa.delivery import State
from loa.dispatch.bulk.layout import lay_out
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded
from loa.dispatch.outbox import Takes, anything
from loa.dispatch.pace import Line, due_by, first_try, line_of, release_moment
from loa.store import DeliveryRow, NewSending
from loa.store.together import DeliveryMove, approved, move_together, next_approved

MOST = 1_000
"""So many are laid out before what is laid out leaves."""
_PORTION = 250
"""Of one transaction: nobody else waits for long."""


def promote(desk: Desk, now: datetime, takes: Takes = anything) -> int:
    """Approved and due: check the bytes, lay out the sendings. The number held back.

    What is due in one moment goes in portions; after ``MOST`` the rest is for the next call, so that the first can
    leave before the last is laid out.
    """
    held = taken = 0
    seen = None
    while taken < MOST:
        with desk.book.write() as connection:
            rows = approved(connection, due_by(desk, now), seen, _PORTION)
            ripe = [row for row in rows if takes(row) and release_moment(desk, row, now) <= now]
            free, kept = guarded(desk, connection, ripe)
            to_people = [row for row in free if is_to_people(row)]
            _lay_out(desk, connection, [row for row in free if not is_to_people(row)], now)
        for row in to_people:
            lay_out(desk, row)
        held, taken = held + kept, taken + len(ripe)
        if len(rows) < _PORTION:
            break
        seen = rows[-1].due, rows[-1].id
    return held


def next_due(desk: Desk) -> datetime | None:
    """When something that is approved comes due next, by its moment and its channel's lead; None where nothing does."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        moments = (next_approved(connection, channel, now + card.lead) for channel, card in desk.cards.items())
        found = [
            moment - card.lead for moment, card in zip(moments, desk.cards.values(), strict=True) if moment is not None
        ]
    return min(found, default=None)


def _lay_out(desk: Desk, connection: store.Connection, rows: Sequence[DeliveryRow], now: datetime) -> None:
    """The sending of each delivery, once: one that was held in between keeps the one that it has."""
    if not rows:
        return
    line = cache(lambda channel, due: line_of(connection, channel, due))
    known = store.state_counts(connection, [row.id for row in rows])
    new = [
        NewSending(row.id, 0, f"{row.key}#0", row.account_id, _first_try(desk, row, line, now))
        for row in rows
        if row.id not in known
    ]
    if new:
        store.add_sendings(connection, new)
    move_together(connection, [DeliveryMove(row.id, State.APPROVED, State.DUE, "", {}) for row in rows], at=now)


def _first_try(desk: Desk, row: DeliveryRow, line: Callable[[str, datetime], Line], now: datetime) -> datetime:
    card = desk.cards[row.channel]
    return first_try(desk, row, line(row.channel, row.due), now) if card.stagger else row.due - card.lead
