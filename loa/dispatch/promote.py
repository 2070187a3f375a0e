"""What is approved and due gets its sendings, or its line of people; what may not go out is held."""

from __future__ import annotations

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


def promote(desk: Desk, now: datetime, takes: Takes = anything) -> int:
    """Approved and due: check the bytes, lay out the sendings. The number held back."""
    with desk.book.write() as connection:
        ripe = [
            row
            for row in store.deliveries(connection, states=(State.APPROVED,), due_before=due_by(desk, now))
            if takes(row) and release_moment(desk, row, now) <= now
        ]
        free, held = guarded(desk, connection, ripe)
        line = cache(lambda channel, due: line_of(connection, channel, due))
        to_people = [row for row in free if is_to_people(row)]
        for row in free:
            if row not in to_people:
                _lay_out(desk, connection, row, line(row.channel, row.due), now)
                store.move_delivery(connection, row, State.DUE, at=now)
    for row in to_people:
        lay_out(desk, row)
    return held


def _lay_out(desk: Desk, connection: store.Connection, row: DeliveryRow, line: Line, now: datetime) -> None:
    """The sending of a delivery, once: a delivery that was held in between keeps the one that it has."""
    if not store.state_counts(connection, [row.id]):
        first = first_try(desk, row, line, now)
        store.add_sendings(connection, [NewSending(row.id, 0, f"{row.key}#0", row.account_id, first)])
