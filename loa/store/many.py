"""Many rows changed in one statement: SQLite takes a list of rows, PostgreSQL a list for each column.

A driver of PostgreSQL sends a list of changes one by one, and its server plans each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

Rows = Sequence[Mapping[str, Any]]
_OF = "of_"
"""Before the name of a column by which a row is found: the same column may also be written."""


def update_rows(connection: sa.Connection, table: sa.Table, found_by: tuple[str, ...], rows: Rows) -> None:
    """Write, into the row that each of ``rows`` finds by the columns ``found_by``, what it names besides.

    The value of a column by which a row is found stands under ``of_<column>``.
    """
    if not rows:
        return
    new = tuple(sorted(name for name in rows[0] if not name.startswith(_OF)))
    if connection.dialect.name == "sqlite":
        named = [{f"new_{name}": row[name] for name in new} | {_OF + k: row[_OF + k] for k in found_by} for row in rows]
        connection.execute(_update_each(table, found_by, new), named)
    else:
        connection.execute(_update(table, found_by, new), _in_columns(rows))


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


@cache
def _update_each(table: sa.Table, found_by: tuple[str, ...], new: tuple[str, ...]) -> sa.Update:
    same = [table.c[name] == sa.bindparam(_OF + name, type_=table.c[name].type) for name in found_by]
    columns = {name: sa.bindparam(f"new_{name}", type_=table.c[name].type) for name in new}
    return sa.update(table).where(*same).values(columns)
