"""The figures of the book for a monitor: counted by the database, a handful of rows each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.book import Book
from loa.store.bulk_layout import IS_DUE
from loa.store.people_tables import batch, inbox, recipient
from loa.store.tables import attempt, delivery, sending

BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds until a platform answered."""
_READY = (State.APPROVED, State.DUE, State.RETRY_LATER)
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Latency:
    """How long a channel's platform took to answer. ``buckets``: one for each of ``BUCKETS``, counting up to it."""

    channel: str
    buckets: tuple[int, ...]
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Gauges:
    """All figures at one moment. Counts by (state, channel) and by state."""

    deliveries: tuple[tuple[State, str, int], ...]
    sendings: tuple[tuple[State, int], ...]
    messages: tuple[tuple[State, int], ...]
    messages_waiting: int
    retries: int
    inbox: int
    oldest_due: datetime | None
    latencies: tuple[Latency, ...]
    bytes: int


def gauges_of(book: Book, now: datetime) -> Gauges:
    """Everything counted in one look."""
    with book.read() as connection:
        return Gauges(
            deliveries=_deliveries(connection),
            sendings=_sendings(connection),
            messages=_messages(connection),
            messages_waiting=_count(connection, sa.select(recipient.c.seq).where(IS_DUE)),
            retries=_count(connection, sa.select(attempt.c.id).where(attempt.c.number > 1)),
            inbox=_count(connection, sa.select(inbox.c.id).where(inbox.c.next_try.is_not(None))),
            oldest_due=_oldest(connection, now),
            latencies=tuple(_latencies(connection)),
            bytes=_bytes(connection, in_file=book.is_sqlite),
        )


def _deliveries(connection: sa.Connection) -> tuple[tuple[State, str, int], ...]:
    columns = (delivery.c.state, delivery.c.channel)
    query = sa.select(*columns, sa.func.count()).group_by(*columns).order_by(*columns)
    return tuple((row.state, row.channel, int(row[2])) for row in connection.execute(query))


def _sendings(connection: sa.Connection) -> tuple[tuple[State, int], ...]:
    query = sa.select(sending.c.state, sa.func.count()).group_by(sending.c.state).order_by(sending.c.state)
    return tuple((row.state, int(row[1])) for row in connection.execute(query))


def _messages(connection: sa.Connection) -> tuple[tuple[State, int], ...]:
    """Messages by the state of the call that carries them: a call's people share it."""
    query = sa.select(batch.c.state, sa.func.sum(batch.c.size)).group_by(batch.c.state).order_by(batch.c.state)
    return tuple((row.state, int(row[1])) for row in connection.execute(query))


def _count(connection: sa.Connection, of: sa.Select[tuple[int]]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(of.subquery())) or 0


def _oldest(connection: sa.Connection, now: datetime) -> datetime | None:
    """The moment of what has been due the longest and could go out."""
    query = sa.select(sa.func.min(delivery.c.due, type_=delivery.c.due.type))
    found: datetime | None = connection.scalar(query.where(delivery.c.state.in_(_READY), delivery.c.due <= now))
    return found


def _latencies(connection: sa.Connection) -> Sequence[Latency]:
    took = sa.type_coerce(attempt.c.answered_at, sa.BigInteger) - sa.type_coerce(attempt.c.sent_at, sa.BigInteger)
    within = [sa.func.sum(sa.case((took <= int(bound * _SECOND), 1), else_=0)) for bound in BUCKETS]
    joined = attempt.join(sending, attempt.c.sending_id == sending.c.id).join(
        delivery, sending.c.delivery_id == delivery.c.id
    )
    query = sa.select(delivery.c.channel, sa.func.count(), sa.func.sum(took), *within).select_from(joined)
    answered = query.where(attempt.c.answered_at.is_not(None)).group_by(delivery.c.channel).order_by(delivery.c.channel)
    return [
        Latency(row[0], tuple(map(int, row[3:])), int(row[1]), int(row[2]) / _SECOND)
        for row in connection.execute(answered)
    ]


def _bytes(connection: sa.Connection, *, in_file: bool) -> int:
    if in_file:
        pages, size = (connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in ("page_count", "page_size"))
        return int(pages or 0) * int(size or 0)
    return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)


def rows_of_trail(connection: sa.Connection) -> int:
    """How many moves the trail holds."""
    return connection.scalar(sa.select(sa.func.count()).select_from(tables.event)) or 0
