"""Deliveries that end without a last call: everybody who still waited has refused, or asked to be forgotten."""

from __future__ import annotations

from loa import store
from loa.delivery import State
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.desk import Desk
from loa.dispatch.rolling import roll_up
from loa.store.bulk_counts import is_going_on


def close_ended(desk: Desk) -> None:
    """Tell of each delivery in which nobody waits any more how it ended."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        rows = store.deliveries(connection, states=(State.DUE,), due_before=now, to_people=True)
        ended = [row.id for row in rows if is_to_people(row) and not is_going_on(connection, row.id)]
    if ended:
        with desk.book.write() as connection:
            roll_up(connection, ended, now)
