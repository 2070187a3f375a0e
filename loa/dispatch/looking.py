"""Seen ticks: a person has opened a delivery with just these bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa import store
from loa.dispatch.desk import Desk
from loa.store.looked import looked_at, note_looked
from loa.store.screen import deliveries_of


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person had before their eyes."""

    delivery_id: int
    content_hash: str
    decisions: int = 0
    """How many decisions about these bytes the page told of."""


def look(desk: Desk, person_id: str, seen: Sequence[Seen]) -> int:
    """Tick what a person has opened; how many ticks hold: who has seen other bytes has not seen these."""
    shown = {each.delivery_id: each.content_hash for each in seen}
    with desk.book.write() as connection:
        rows = deliveries_of(connection, shown)
        mine = [(row.key, row.content_hash) for row in rows if row.content_hash and shown[row.id] == row.content_hash]
        note_looked(connection, person_id, mine, desk.clock.now())
    return len(mine)


def unopened(
    connection: store.Connection, person_id: str, rows: Sequence[store.DeliveryRow]
) -> list[store.DeliveryRow]:
    """Those of ``rows`` that a person has not opened with the bytes that they have now."""
    opened = looked_at(connection, person_id, [row.key for row in rows])
    return [row for row in rows if (row.key, row.content_hash) not in opened]
