"""Where a delivery goes on when what held it is over."""

from __future__ import annotations

from datetime import datetime

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.package import seen
from loa.store import DeliveryRow
from loa.store import bulk_layout as layouts


def put_forward(
    connection: store.Connection, row: DeliveryRow, now: datetime, name: str, expires: datetime | None = None
) -> None:
    """On a named person's word a held delivery goes back to where it was; ``expires`` None: its window stays."""
    after, words = back_in_line(connection, row), {"by": name}
    store.move_delivery(
        connection, row, after, at=now, actor=name, reason=reasons.RELEASED, params=words, expires=expires
    )


def is_to_people(row: DeliveryRow) -> bool:
    """Whether a delivery goes to a list of people."""
    return bool(seen(row.package)["recipients"])


def back_in_line(connection: store.Connection, row: DeliveryRow) -> State:
    """Due where it was laid out whole; else approved, so that it is laid out first."""
    if is_to_people(row):
        laid_out = layouts.is_whole(connection, row.id)
    else:
        laid_out = bool(store.state_counts(connection, [row.id]))
    return State.DUE if laid_out else State.APPROVED
