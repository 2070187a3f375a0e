"""Who leads and who works: terms that fence, and counters that say who is alive.

A counter is watched by others on their own monotonic clocks; no wall clock decides who is gone. Who was declared gone
must not send any more, whatever it believes: it signs in anew under another name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book

CLOCK = "clock"
LEASE_SECONDS = 10.0
"""Whose counter stands still for so long is gone. It need not outlast a call: who is gone looks before each send."""
_KEPT = timedelta(days=7)
"""So long the row of a worker that is gone can still be read."""
Kind = Literal["clock", "standby", "worker", "renderer", "aside"]
"""``worker`` sends; ``renderer`` only makes pictures and clips; ``aside`` is a worker that may not send now."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A process that works on the book: its name there, what it does, and where it runs."""

    id: str
    kind: Kind
    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A process as it stands in the book. ``beats`` is its counter."""

    id: str
    kind: str
    host: str
    pid: int
    beats: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Leader:
    """Who leads, by which term, and how far its counter has come. ``worker_id`` is empty after a clean end."""

    term: int
    worker_id: str
    beats: int
    at: datetime


def sign_in(book: Book, who: Presence, now: datetime) -> None:
    """Enter a process in the book, once in its life; rows of those that have long been gone are cleared away."""
    worker = tables.worker
    with book.write() as connection:
        connection.execute(sa.delete(worker).where(worker.c.gone == 1, worker.c.seen_at < now - _KEPT))
        connection.execute(sa.delete(worker).where(worker.c.id == who.id))
        values = {"id": who.id, "kind": who.kind, "host": who.host, "pid": who.pid, "beats": 0, "seen_at": now}
        connection.execute(sa.insert(worker).values(values))


def stand_as(book: Book, worker_id: str, kind: Kind) -> None:
    """Say that a process is of another kind from now on."""
    with book.write() as connection:
        connection.execute(sa.update(tables.worker).where(tables.worker.c.id == worker_id).values(kind=kind))


def sign_of_life(book: Book, worker_id: str, now: datetime, term: int | None = None) -> bool:
    """Count on; False when somebody has declared us gone, or, with ``term``, when we do not lead any more."""
    worker, leader = tables.worker, tables.leader
    with book.write() as connection:
        alive = sa.update(worker).where(worker.c.id == worker_id, worker.c.gone == 0)
        if not connection.execute(alive.values(beats=worker.c.beats + 1, seen_at=now)).rowcount:
            return False
        if term is None:
            return True
        mine = sa.update(leader).where(leader.c.name == CLOCK, leader.c.term == term)
        return bool(connection.execute(mine.values(beats=leader.c.beats + 1, at=now)).rowcount)


def sign_out(book: Book, worker_id: str, term: int | None = None) -> None:
    """Leave cleanly: others need not wait. Its row stays for a while, so that people see when it was here."""
    worker, leader = tables.worker, tables.leader
    with book.write() as connection:
        connection.execute(sa.update(worker).where(worker.c.id == worker_id).values(gone=1))
        mine = sa.update(leader).where(leader.c.name == CLOCK, leader.c.term == (-1 if term is None else term))
        connection.execute(mine.values(worker_id=""))


def workers_here(connection: sa.Connection) -> list[WorkerRow]:
    """Everybody who has signed in and was not declared gone."""
    columns = [tables.worker.c[name] for name in WorkerRow.__slots__]
    query = sa.select(*columns).where(tables.worker.c.gone == 0).order_by(tables.worker.c.id)
    return [WorkerRow(*row) for row in connection.execute(query)]


def is_here(connection: sa.Connection, worker_id: str) -> bool:
    """Whether a process may claim: it was not declared gone. On PostgreSQL nobody declares it so until we commit."""
    query = sa.select(tables.worker.c.gone).where(tables.worker.c.id == worker_id)
    gone = connection.scalar(query.with_for_update(read=True))
    return gone != 1


def declare_gone(book: Book, ids: Collection[str]) -> None:
    """From now on these must not send; what they have on the wire is in doubt."""
    with book.write() as connection:
        _declare_gone(connection, ids)


def _declare_gone(connection: sa.Connection, ids: Iterable[str]) -> None:
    connection.execute(sa.update(tables.worker).where(tables.worker.c.id.in_(tuple(ids))).values(gone=1))


def leader_of(connection: sa.Connection) -> Leader | None:
    """Who leads; None where nobody ever did."""
    columns = [tables.leader.c[name] for name in Leader.__slots__]
    found = connection.execute(sa.select(*columns).where(tables.leader.c.name == CLOCK)).first()
    return Leader(*found) if found else None


def take_lead(book: Book, seen: Leader | None, worker_id: str, now: datetime) -> int | None:
    """Take the lead after ``seen``: our term, or None when it has moved meanwhile, or another was faster.

    Who led before is declared gone in the same breath.
    """
    leader = tables.leader
    values = {"worker_id": worker_id, "beats": 0, "at": now}
    try:
        with book.write() as connection:
            if seen is None:
                connection.execute(sa.insert(leader).values(name=CLOCK, term=1, **values))
                term = 1
            else:
                term = seen.term + 1
                still = (leader.c.term == seen.term, leader.c.beats == seen.beats, leader.c.worker_id == seen.worker_id)
                taken = sa.update(leader).where(leader.c.name == CLOCK, *still).values(term=term, **values)
                if not connection.execute(taken).rowcount:
                    return None
                _declare_gone(connection, [seen.worker_id])
            connection.execute(sa.update(tables.worker).where(tables.worker.c.id == worker_id).values(kind=CLOCK))
    except sa.exc.IntegrityError:  # two began a new book in the same moment
        return None
    return term


def end_sessions(book: Book, worker_id: str) -> None:
    """End whatever a process that stands still holds in the database: its locks would keep the living waiting.

    Only PostgreSQL has sessions; those of a book are named after their process by ``Book.sign``.
    """
    if book.is_sqlite:
        return
    sessions = sa.table("pg_stat_activity", sa.column("pid"), sa.column("application_name"))
    query = sa.select(sa.func.pg_terminate_backend(sessions.c.pid)).where(
        sessions.c.application_name == session_name(worker_id)
    )
    with book.apart() as connection:
        connection.execute(query).all()


def session_name(worker_id: str) -> str:
    """The name of a process's sessions in the database, which keeps no more than 63 bytes of a name."""
    return f"loa {worker_id.rpartition(':')[2]}"


def worker_seen(book: Book) -> datetime | None:
    """When a scheduler last gave a sign of life."""
    worker = tables.worker
    query = sa.select(worker.c.seen_at).where(worker.c.kind == CLOCK).order_by(worker.c.seen_at.desc()).limit(1)
    with book.read() as connection:
        found: datetime | None = connection.scalar(query)
    return found
