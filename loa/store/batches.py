"""Batches of rendering that several machines share: what is to be made, who has taken it, what became of it.

They are notes of the book, and go when the command that asked for them ends. Rendering one twice does no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book

_PREFIX = "render/"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """How a batch stands: ``taker`` is a worker (empty: nobody yet), ``made`` what it told at the end."""

    taker: str = ""
    made: str = ""


def lay_batches(connection: sa.Connection, batches: Mapping[str, str]) -> None:
    """Write down new batches: id → orders."""
    rows = [{"name": f"{_PREFIX}{each}/orders", "value": orders} for each, orders in batches.items()]
    if rows:
        connection.execute(sa.insert(tables.note), rows)


def take_batch(book: Book, batch: str, worker: str) -> str:
    """Its orders, for this worker to make; empty where nobody asks for them any more or another makes them."""
    try:
        with book.write() as connection:
            found = _read(connection, [batch]).get(batch, {})
            if found.get("made") or found.get("taker", worker) != worker:
                return ""
            orders = found.get("orders", "")
            if orders:
                _put(connection, batch, "taker", worker)
            return orders
    except sa.exc.IntegrityError:  # another has taken it in the same moment
        return ""


def end_batch(book: Book, batch: str, worker: str, made: str) -> bool:
    """Write down what became of a batch; False where it was given to another meanwhile, or is not wanted any more."""
    with book.write() as connection:
        found = _read(connection, [batch]).get(batch, {})
        if found.get("taker") != worker or "orders" not in found:
            return False
        _put(connection, batch, "made", made)
        return True


def batches_at(connection: sa.Connection, batches: Collection[str]) -> dict[str, BatchRow]:
    """How these batches stand."""
    found = _read(connection, batches, ("taker", "made"))
    return {each: BatchRow(**found.get(each, {})) for each in batches}


def free_batches(connection: sa.Connection, batches: Collection[str]) -> None:
    """Take these from whoever has them, what they told with it: somebody else may make them."""
    _delete(connection, batches, ("taker", "made"))


def give_back(book: Book, batch: str, worker: str) -> None:
    """This worker does not make it after all."""
    with book.write() as connection:
        if _read(connection, [batch]).get(batch, {}).get("taker") == worker:
            free_batches(connection, [batch])


def clear_batches(book: Book, batches: Collection[str]) -> None:
    """Nobody asks for these any more."""
    with book.write() as connection:
        _delete(connection, batches, ("orders", "taker", "made"))


def _read(
    connection: sa.Connection, batches: Collection[str], parts: tuple[str, ...] = ("orders", "taker", "made")
) -> dict[str, dict[str, str]]:
    note = tables.note
    names = [f"{_PREFIX}{each}/{part}" for each in batches for part in parts]
    found: dict[str, dict[str, str]] = {}
    for name, value in connection.execute(sa.select(note.c.name, note.c.value).where(note.c.name.in_(names))):
        batch, _, part = name.removeprefix(_PREFIX).rpartition("/")
        found.setdefault(batch, {})[part] = value
    return found


def _put(connection: sa.Connection, batch: str, part: str, value: str) -> None:
    _delete(connection, [batch], (part,))
    connection.execute(sa.insert(tables.note).values(name=f"{_PREFIX}{batch}/{part}", value=value))


def _delete(connection: sa.Connection, batches: Collection[str], parts: tuple[str, ...]) -> None:
    names = [f"{_PREFIX}{each}/{part}" for each in batches for part in parts]
    connection.execute(sa.delete(tables.note).where(tables.note.c.name.in_(names)))
