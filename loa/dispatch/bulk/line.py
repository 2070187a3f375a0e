"""Where a delivery goes on when what held it is over."""

from __future__ import annotations

from loa import store
from loa.delivery import State
from loa.dispatch.package import opened
from loa.store import DeliveryRow
from loa.store import bulk_layout as layouts


def is_to_people(row: DeliveryRow) -> bool:
    """Whether a delivery goes to a list of people."""
    return bool(opened(row.package)["recipients"])


def back_in_line(connection: store.Connection, row: DeliveryRow) -> State:
    """Due where it was laid out whole; else approved, so that it is laid out first."""
    if is_to_people(row):
        laid_out = layouts.is_whole(connection, row.id)
    else:
        laid_out = bool(store.state_counts(connection, [row.id]))
    return State.DUE if laid_out else State.APPROVED
