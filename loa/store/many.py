"""Many rows changed in one statement: SQLite takes a list of rows, PostgreSQL a list for each column.

A driver of PostgreSQL sends a list of changes one by one, and its server plans each of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY

Names = tuple[str, ...]
Rows = Sequence[Sequence[Any]]
"""Each row holds a value for each of the names that are given with it, in their order."""
_OF = "of_"
"""Before the name of a column by which a row is found: the same column may also be written."""
_SQLITE = sqlite.dialect()
_NOTHING = object()
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def insert_rows(connection: sa.Connection, table: sa.Table, names: Names, rows: Rows) -> None:
    """Insert rows; ``names`` are their columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _run(connection, _insert_whole(table, names), rows)
    else:
        connection.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])


def update_rows(connection: sa.Connection, table: sa.Table, new: Names, found_by: Names, rows: Rows) -> None:
    """Write the columns ``new`` into the row that each of ``rows`` finds by the columns ``found_by``.

    A row holds the values of ``new``, then those of ``found_by``.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _run(connection, _update_whole(table, new, found_by), rows)
    else:
        names = (*new, *(_OF + name for name in found_by))
        columns = map(list, zip(*rows, strict=True))
        connection.execute(_update(table, new, found_by), dict(zip(names, columns, strict=True)))


@dataclass(frozen=True, slots=True)
class _Whole:
    """A statement of SQLite that takes all rows as one JSON text: its words, and the conversion of each place.

    Row by row the driver lets go of Python's lock and waits for it again: among busy threads that costs the most.
    """

    sql: str
    conversions: tuple[Callable[[Any], Any] | None, ...]


def _run(connection: sa.Connection, whole: _Whole, rows: Rows) -> None:
    columns = zip(*rows, strict=True)
    converted = (_converted(*each) for each in zip(columns, whole.conversions, strict=True))
    connection.exec_driver_sql(whole.sql, (_encode(list(zip(*converted, strict=True))),))


def _converted(values: Sequence[Any], convert: Callable[[Any], Any] | None) -> Sequence[Any]:
    """Rows of a window have much in common: what is the same object as before it is not converted anew."""
    if convert is None:
        return values
    found, last, as_it_is = [], _NOTHING, None
    for value in values:
        if value is not last:
            last, as_it_is = value, convert(value)
        found.append(as_it_is)
    return found


def _conversion(column: sa.Column[Any]) -> Callable[[Any], Any] | None:
    convert: Callable[[Any], Any] | None = column.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)
    return convert


def _place(number: int) -> str:
    return f"json_extract(value, '$[{number}]')"


@cache
def _insert_whole(table: sa.Table, names: Names) -> _Whole:
    columns = ", ".join(f'"{name}"' for name in names)
    places = ", ".join(map(_place, range(len(names))))
    sql = f"INSERT INTO {table.name} ({columns}) SELECT {places} FROM json_each(?)"  # noqa: S608 - names of our tables
    return _Whole(sql, tuple(_conversion(table.c[name]) for name in names))


@cache
def _update_whole(table: sa.Table, new: Names, found_by: Names) -> _Whole:
    names = (*new, *(_OF + name for name in found_by))
    many = ", ".join(f'{_place(number)} AS "{name}"' for number, name in enumerate(names))
    values = ", ".join(f'"{name}" = many."{name}"' for name in new)
    same = " AND ".join(f'{table.name}."{name}" = many."{_OF}{name}"' for name in found_by)
    sql = f"UPDATE {table.name} SET {values} FROM (SELECT {many} FROM json_each(?)) AS many WHERE {same}"  # noqa: S608 - the same
    return _Whole(sql, tuple(_conversion(table.c[name]) for name in (*new, *found_by)))


def _table_of(table: sa.Table, columns: Mapping[str, str]) -> sa.TableValuedAlias:
    """Lists, bound under the names of ``columns``, as a table; each is of the kind of its column."""
    lists = [sa.bindparam(name, type_=ARRAY(table.c[column].type)) for name, column in columns.items()]
    kinds = [sa.column(name, table.c[column].type) for name, column in columns.items()]
    return sa.func.unnest(*lists).table_valued(*kinds, name="many").render_derived()


@cache
def _update(table: sa.Table, new: Names, found_by: Names) -> sa.Update:
    many = _table_of(table, {name: name for name in new} | {_OF + name: name for name in found_by})
    same = [table.c[name] == many.c[_OF + name] for name in found_by]
    return sa.update(table).where(*same).values({name: many.c[name] for name in new})
