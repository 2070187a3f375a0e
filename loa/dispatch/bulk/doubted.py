"""Who is in doubt, as people may see it: masked, with the moment by which a gateway's own site finds the call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from loa import store
from loa.dispatch.approval import Selection
from loa.dispatch.desk import Desk
from loa.errors import ApprovalError
from loa.store import bulk_calls as calls
from loa.text import masked


@dataclass(frozen=True, slots=True)
class Doubted:
    """One person of whom nobody knows. ``number`` is masked; ``call`` is our key of the call."""

    place: int
    number: str
    sent_at: datetime
    call: str


def doubtful_people(desk: Desk, selection: Selection) -> list[Doubted]:
    """Everybody in doubt of the selected deliveries, in the order in which they were sent to.

    Raises:
        ApprovalError: E502 there is no such delivery.
    """
    with desk.book.read() as connection:
        rows = [row for row in store.deliveries(connection) if selection.takes(row)]
        if not rows:
            raise ApprovalError("E502")
        return [each for row in rows for each in _of(desk, connection, row.id)]


def _of(desk: Desk, connection: store.Connection, delivery_id: int) -> Iterator[Doubted]:
    for call, place, sealed in calls.doubtful_people(connection, delivery_id):
        if call.sent_at is not None:
            yield Doubted(place, masked(desk.vault.open(sealed)), call.sent_at, call.key)
