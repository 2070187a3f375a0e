"""The audit trail: every move with its time, cause and actor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book
from loa.store.many import insert_rows
from loa.store.told import gather

MACHINE = "máy"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trail."""

    at: datetime
    actor: str
    cause: str
    delivery_id: int | None = None
    sending_id: int | None = None
    before: str = ""
    after: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


_VALUES = attrgetter(*Event.__slots__)


def write_events(connection: sa.Connection, events: Sequence[Event]) -> None:
    """Add ``events`` to the trail, in the caller's transaction."""
    if events:
        insert_rows(connection, tables.event, Event.__slots__, [_VALUES(each) for each in events])
        gather(connection, events)


def tell(book: Book, event: Event) -> None:
    """One line of the trail by itself."""
    with book.write() as connection:
        write_events(connection, [event])


def events_of(book: Book, delivery_id: int) -> tuple[Event, ...]:
    """The trail of one delivery, oldest first."""
    columns = [tables.event.c[name] for name in Event.__slots__]
    query = sa.select(*columns).where(tables.event.c.delivery_id == delivery_id).order_by(tables.event.c.id)
    with book.read() as connection:
        return tuple(Event(*row) for row in connection.execute(query))


def moves(book: Book) -> tuple[Event, ...]:
    """Every move of a delivery from one state to another, oldest first."""
    columns = [tables.event.c[name] for name in Event.__slots__]
    of_deliveries = sa.and_(
        tables.event.c.delivery_id.is_not(None), tables.event.c.sending_id.is_(None), tables.event.c.after != ""
    )
    query = sa.select(*columns).where(of_deliveries).order_by(tables.event.c.at, tables.event.c.id)
    with book.read() as connection:
        return tuple(Event(*row) for row in connection.execute(query))
