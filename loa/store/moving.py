"""Moving a book to another database: copied, compared, and then the old one can never send again.

At every moment at most one of the two can send, and until the copy was compared it is the old one: the new book comes
with a barrier, the old one gets its own in the transaction that has kept it still, and only then the new one's falls.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

import sqlalchemy as sa

from loa.clock import Clock
from loa.delivery import State
from loa.errors import StoreError
from loa.store import tables
from loa.store.barrier import ARRIVING, MOVED, bar, unbar
from loa.store.book import Book
from loa.store.columns import metadata
from loa.store.copying import Progress, Tally, copy_tables, differing, require_empty, tallies_of
from loa.store.identity import make_identity
from loa.store.journal import Line, keep
from loa.store.people_tables import batch, reply
from loa.store.soundness_journal import RETURNED

WATCHED = timedelta(seconds=12)
"""So long the counters of a server's schedulers are watched: they beat every five seconds."""


def move_book(source: Book, target: Book, progress: Progress) -> dict[str, Tally]:
    """Move all that ``source`` holds into ``target``; what an earlier move that was cut off left there goes first.

    Returns:
        What was moved, by table.

    Raises:
        StoreError: E966 the source has moved elsewhere; E967 it has not arrived itself; E968 something is on the wire;
            E969 the target is not empty, or does not hold what was copied into it.
    """
    if source.place == target.place:
        raise StoreError("E969", place=target.place, detail="source = target")
    move = _move_of(source, MOVED)
    if not move:
        move = _copied(source, target, progress)
    elif _move_of(target, ARRIVING) != move:
        raise StoreError("E966", place=source.place, to=moved_to(source))
    with target.write() as here:
        unbar(here)
        _note(here, ARRIVING, None)
    with target.read() as here:
        return tallies_of(here)


def require_still(source: Book, clock: Clock) -> None:
    """Watch the counters of those who work on a server's book; whoever is at work beats.

    Raises:
        StoreError: E968, somebody is.
    """
    if moving := _at_work(source, clock):
        raise StoreError("E968", place=source.place, detail=", ".join(moving))


def require_nobody(book: Book, clock: Clock) -> None:
    """The same before a book is made whole again: nobody may send by what it says meanwhile.

    Raises:
        StoreError: E974, somebody works on it.
    """
    if moving := _at_work(book, clock):
        raise StoreError("E974", place=book.place, detail=", ".join(moving))


def _at_work(book: Book, clock: Clock) -> list[str]:
    """Whose counter moves."""
    if book.is_sqlite:  # the lock of the workspace tells
        return []
    before = _beats(book)
    if not before or not clock.pause(WATCHED.total_seconds()):
        return []
    return sorted(name for name, _ in set(_beats(book)) - set(before))


def _copied(source: Book, target: Book, progress: Progress) -> str:
    """Copy, compare and close the source, which nobody else writes meanwhile; the name of the move."""
    move = uuid.uuid4().hex
    with source.write() as there:
        _keep_still(there)
        _note(there, RETURNED, None)
        make_identity(there)  # its journal tells of the move, so that an older copy is known for one
        _require_nothing_on_the_wire(there, source.place)
        with target.write() as here:
            _clear_leftovers(here)
            require_empty(here, target.place)
            read = copy_tables(there, here, progress)
            _note(here, ARRIVING, move)
            bar(here, ARRIVING)
        _require_same(target, read)
        _note(there, MOVED, f"{move} {target.place}")
        bar(there, f"{MOVED} {target.place}")
        keep(there, Line("moved", {"to": target.place, "server": not target.is_sqlite}, before_wire=True))
    return move


def _keep_still(there: sa.Connection) -> None:
    """SQLite lets one write at a time; PostgreSQL must be asked to."""
    if there.dialect.name == "postgresql":
        names = ", ".join(table.name for table in metadata.sorted_tables)
        there.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _require_nothing_on_the_wire(there: sa.Connection, place: str) -> None:
    for table in (tables.sending, batch, reply):
        query = sa.select(sa.func.count()).select_from(table).where(table.c.state == State.SENDING)
        if count := there.scalar(query):
            raise StoreError("E968", place=place, detail=f"{table.name}: {count} × {State.SENDING}")


def _clear_leftovers(here: sa.Connection) -> None:
    """What a move that was cut off has left in the target; anything else stays, and is found."""
    if not here.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == ARRIVING)):
        return
    unbar(here)
    for table in reversed(metadata.sorted_tables):
        here.execute(sa.delete(table).where(table.c.name != "schema") if table is tables.note else sa.delete(table))


def _require_same(target: Book, read: dict[str, Tally]) -> None:
    with target.read() as here:
        found = tallies_of(here, without=(ARRIVING,))
    if wrong := differing(read, found):
        raise StoreError("E969", place=target.place, detail=", ".join(wrong))


def _note(connection: sa.Connection, name: str, value: str | None) -> None:
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))
    if value is not None:
        connection.execute(sa.insert(tables.note).values(name=name, value=value))


def _read(book: Book, name: str) -> str:
    with book.read() as connection:
        return connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == name)) or ""


def _move_of(book: Book, name: str) -> str:
    return _read(book, name).partition(" ")[0]


def moved_to(book: Book) -> str:
    """Where a book has moved to; empty where it has not moved."""
    return _read(book, MOVED).partition(" ")[2]


def _beats(book: Book) -> list[tuple[str, int]]:
    with book.read() as connection:
        worker = tables.worker
        return [(row.id, row.beats) for row in connection.execute(sa.select(worker.c.id, worker.c.beats))]
