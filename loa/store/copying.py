"""Copying a whole book into an empty one, on any database: every row, raw, in flat memory, and proof that it came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from loa.errors import StoreError
from loa.store import desk_tables, log_tables, people_tables, tables  # noqa: F401 - they add their tables to the metadata
from loa.store.book import Book
from loa.store.columns import metadata, written

Progress = Callable[[str, int], None]
"""Called with the name of a table and how many of its rows are over."""

AT_ONCE = 1000
_SCHEMA = "schema"
_DIGEST_BYTES = 16
_OF_ANY_BOOK = ("book", "world")
"""Notes that a book gets when the first command looks at it: one that has only these holds nothing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a table holds: how many rows, and a digest of them that no order changes."""

    rows: int
    digest: int


def copy_book(source: Book, target: Book, progress: Progress) -> dict[str, Tally]:
    """Copy all that ``source`` holds at one moment into ``target``, which must be empty: all of it or nothing.

    Returns:
        What was read, by table; ``tallies_of(target)`` must say the same.

    Raises:
        StoreError: E969, there is something in the target already; or either database failed.
    """
    with source.snapshot() as there, target.write() as here:
        require_empty(here, str(target.place))
        return copy_tables(there, here, progress)


def require_empty(connection: sa.Connection, place: str) -> None:
    """Refuse a book that holds anything but what every book holds from its first hour.

    Raises:
        StoreError: E969.
    """
    for table in metadata.sorted_tables:
        query = sa.select(sa.literal(1)).select_from(table).limit(1)
        if table is tables.note:
            query = query.where(tables.note.c.name.not_in((_SCHEMA, *_OF_ANY_BOOK)))
        if connection.scalar(query):
            raise StoreError("E969", place=place, detail=f"{table.name}: not empty")


def copy_tables(there: sa.Connection, here: sa.Connection, progress: Progress) -> dict[str, Tally]:
    """Copy every row from one transaction into another, and the numbers that have been given out."""
    read = {}
    here.execute(sa.delete(tables.note).where(tables.note.c.name.in_(_OF_ANY_BOOK)))
    for table in metadata.sorted_tables:
        columns = [column.name for column in written(table)]
        put = _copy_in if here.dialect.name == "postgresql" else _insert_in
        read[table.name] = put(here, table, columns, _partitions(there, table, columns), progress)
        _carry_numbers(there, here, table)
    return read


def count_rows(connection: sa.Connection) -> int:
    """How many rows there are in all."""
    counts = (connection.scalar(sa.select(sa.func.count()).select_from(table)) for table in metadata.sorted_tables)
    return sum(count or 0 for count in counts)


def tallies_of(connection: sa.Connection, without: Collection[str] = ()) -> dict[str, Tally]:
    """What each table holds, read anew; notes named in ``without`` do not count."""
    found = {}
    for table in metadata.sorted_tables:
        columns = [column.name for column in written(table)]
        counted = _Counted(table.name)
        for some in _partitions(connection, table, columns, without):
            counted.take(some)
        found[table.name] = counted.tally
    return found


class _Counted:
    """Counts and digests rows as they pass."""

    def __init__(self, name: str, progress: Progress | None = None) -> None:
        self._name, self._progress = name, progress
        self._rows = self._sum = 0

    def take(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        for row in rows:
            self._sum += int.from_bytes(blake2b(repr(row).encode(), digest_size=_DIGEST_BYTES).digest())
        self._rows += len(rows)
        if self._progress:
            self._progress(self._name, self._rows)
        return rows

    @property
    def tally(self) -> Tally:
        return Tally(self._rows, self._sum % (1 << 8 * _DIGEST_BYTES))


def _partitions(
    connection: sa.Connection, table: sa.Table, columns: Sequence[str], without: Collection[str] = ()
) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a table as the database keeps them, some at a time."""
    query: Any = sa.select(*(sa.column(name) for name in columns)).select_from(sa.table(table.name))
    if table is tables.note:
        query = query.where(sa.column("name").not_in([_SCHEMA, *without]))
    rows = connection.execute(query.execution_options(yield_per=AT_ONCE))
    for some in rows.partitions():
        yield [tuple(row) for row in some]


def _copy_in(
    here: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    partitions: Iterator[Sequence[tuple[Any, ...]]],
    progress: Progress,
) -> Tally:
    """By COPY, in the transaction of ``here``."""
    counted = _Counted(table.name, progress)
    raw: Any = here.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {_quoted(here, table.name, columns)} FROM STDIN") as copy:
        for some in partitions:
            for row in counted.take(some):
                copy.write_row(row)
    return counted.tally


def _insert_in(
    here: sa.Connection,
    table: sa.Table,
    columns: Sequence[str],
    partitions: Iterator[Sequence[tuple[Any, ...]]],
    progress: Progress,
) -> Tally:
    counted = _Counted(table.name, progress)
    places = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {_quoted(here, table.name, columns)} VALUES ({places})"  # noqa: S608 - names of our own
    for some in partitions:
        here.exec_driver_sql(statement, list(counted.take(some)))
    return counted.tally


def _quoted(connection: sa.Connection, table: str, columns: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(table)} ({', '.join(quote(each) for each in columns)})"


def _carry_numbers(there: sa.Connection, here: sa.Connection, table: sa.Table) -> None:
    """A number that was given out once is given to no other row, also where its row is gone."""
    if table.autoincrement_column is None:
        return
    last = _last_number(there, table)
    if here.dialect.name == "postgresql":
        name = sa.func.pg_get_serial_sequence(table.name, "id")
        here.execute(sa.select(sa.func.setval(name, max(last, 1), last > 0)))
    elif table.dialect_options["sqlite"]["autoincrement"] and last:
        here.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        here.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, last))


def count_on(connection: sa.Connection, table: sa.Table) -> None:
    """After rows that came with numbers of their own: PostgreSQL would give these numbers out once more."""
    _carry_numbers(connection, connection, table)


def _last_number(there: sa.Connection, table: sa.Table) -> int:
    """The highest number that a table has given out, as far as its database remembers."""
    highest = int(there.scalar(sa.select(sa.func.max(table.c.id))) or 0)
    if there.dialect.name == "postgresql":
        sequence = there.scalar(sa.select(sa.func.pg_get_serial_sequence(table.name, "id")))
        given = there.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608 - its own name
        return max(highest, given.last_value if given.is_called else 0)
    if table.dialect_options["sqlite"]["autoincrement"]:
        query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        return max(highest, int(there.exec_driver_sql(query, (table.name,)).scalar() or 0))
    return highest


def differing(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> list[str]:
    """The tables that are not the same."""
    return [name for name in one if one[name] != other.get(name)]
