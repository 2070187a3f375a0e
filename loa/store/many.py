"""Many rows changed in one statement: SQLite takes a list of rows, PostgreSQL a list for each column.

A driver of PostgreSQL sends a list of changes one by one, and its server plans each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import ARRAY

Rows = Sequence[Mapping[str, Any]]
_OF = "of_"
"""Before the name of a column by which a row is found: the same column may also be written."""
_NEW = "new_"
_SQLITE = sqlite.dialect()
_NOTHING = object()


def update_rows(connection: sa.Connection, table: sa.Table, found_by: tuple[str, ...], rows: Rows) -> None:
    """Write, into the row that each of ``rows`` finds by the columns ``found_by``, what it names besides.

    The value of a column by which a row is found stands under ``of_<column>``.
    """
    if not rows:
        return
    new = tuple(sorted(name for name in rows[0] if not name.startswith(_OF)))
    if connection.dialect.name == "sqlite":
        _run(connection, _update_each(table, found_by, new), rows)
    else:
        connection.execute(_update(table, found_by, new), _in_columns(rows))


@dataclass(frozen=True, slots=True)
class _Each:
    """A statement of SQLite that takes one row at a time: its words, and for each of its places name and conversion."""

    sql: str
    places: tuple[tuple[str, Callable[[Any], Any] | None], ...]


def _run(connection: sa.Connection, each: _Each, rows: Rows) -> None:
    """Straight to the driver: what SQLAlchemy does for every row costs more than the row."""
    columns = (_converted([row[name] for row in rows], convert) for name, convert in each.places)
    connection.exec_driver_sql(each.sql, list(zip(*columns, strict=True)))


def _converted(values: list[Any], convert: Callable[[Any], Any] | None) -> list[Any]:
    """Rows of a window have much in common: what is the same object as before it is not converted anew."""
    if convert is None:
        return values
    found, last, as_it_is = [], _NOTHING, None
    for value in values:
        if value is not last:
            last, as_it_is = value, convert(value)
        found.append(as_it_is)
    return found


def _each(statement: sa.Insert | sa.Update, columns: Mapping[str, sa.Column[Any]]) -> _Each:
    compiled = statement.compile(dialect=_SQLITE)
    return _Each(str(compiled), tuple((name, _conversion(columns[name])) for name in compiled.positiontup or ()))


def _conversion(column: sa.Column[Any]) -> Callable[[Any], Any] | None:
    convert: Callable[[Any], Any] | None = column.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)
    return convert


@cache
def _insert_each(table: sa.Table, names: tuple[str, ...]) -> _Each:
    columns = {name: table.c[name] for name in names}
    return _each(
        sa.insert(table).values({name: sa.bindparam(name, type_=table.c[name].type) for name in names}), columns
    )


@cache
def _update_each(table: sa.Table, found_by: tuple[str, ...], new: tuple[str, ...]) -> _Each:
    same = [table.c[name] == sa.bindparam(_OF + name, type_=table.c[name].type) for name in found_by]
    # The names of the values differ from the names of columns, which an update keeps for itself.
    columns = {f"{_NEW}{name}": table.c[name] for name in new} | {_OF + name: table.c[name] for name in found_by}
    values = {name: sa.bindparam(_NEW + name, type_=table.c[name].type) for name in new}
    each = _each(sa.update(table).where(*same).values(values), columns)
    return _Each(each.sql, tuple((name.removeprefix(_NEW), convert) for name, convert in each.places))


def _in_columns(rows: Rows) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _table_of(table: sa.Table, columns: Mapping[str, str]) -> sa.TableValuedAlias:
    """Lists, bound under the names of ``columns``, as a table; each is of the kind of its column."""
    lists = [sa.bindparam(name, type_=ARRAY(table.c[column].type)) for name, column in columns.items()]
    kinds = [sa.column(name, table.c[column].type) for name, column in columns.items()]
    return sa.func.unnest(*lists).table_valued(*kinds, name="many").render_derived()


@cache
def _update(table: sa.Table, found_by: tuple[str, ...], new: tuple[str, ...]) -> sa.Update:
    many = _table_of(table, {name: name for name in new} | {_OF + name: name for name in found_by})
    same = [table.c[name] == many.c[_OF + name] for name in found_by]
    return sa.update(table).where(*same).values({name: many.c[name] for name in new})
