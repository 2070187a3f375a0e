"""Books full of made-up rows, of every version, and what is in them, told by the databases and not by our own code."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from loa.store.columns import teach_row_sum

VERSIONS = Path(__file__).parents[2] / "loa/store/migrations/versions"
Rows = dict[str, list[tuple[Any, ...]]]


@contextmanager
def raw(place: Path | str) -> Iterator[Any]:
    """A plain connection, which commits at its end."""
    if isinstance(place, str):
        with psycopg.connect(place) as connection:
            yield connection
        return
    with closing(sqlite3.connect(place)) as connection:
        teach_row_sum(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        yield connection
        connection.commit()


def first_version(place: Path | str, rows: int = 3) -> None:
    """A book as the first version left it, with some rows in each table."""
    dialect = "postgresql" if isinstance(place, str) else "sqlite"
    with raw(place) as connection:
        for statement in (VERSIONS / f"0001_{dialect}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(statement)
        connection.execute("INSERT INTO note (name, value) VALUES ('schema', '1')")
    fill(place, rows)


def fill(place: Path | str, rows: int = 3) -> None:
    """Rows in every table; those that refer to others refer to one that is there."""
    with raw(place) as connection:
        tables = [table for table in tables_of(connection) if table != "alembic_version"]
        first = ("people_list", "delivery", "sending")
        for table in sorted(tables, key=lambda name: (first.index(name) if name in first else len(first), name)):
            columns = _columns(connection, table)
            for number in range(1, rows + 1):
                names = ", ".join(f'"{name}"' for name, _ in columns)
                mark = "?" if isinstance(place, Path) else "%s"
                values = [_value(name, kind, number) for name, kind in columns]
                connection.execute(
                    f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(mark for _ in columns)})',  # noqa: S608 - ours
                    values,
                )
            if isinstance(place, str) and ("id", "BIGINT") in columns and table not in {"worker", "account"}:
                connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {rows})")


def _value(name: str, kind: str, number: int) -> object:
    if name == "state":
        return "held"
    if kind in {"INTEGER", "BIGINT", "INT", "SMALLINT"}:
        return 0 if name == "fate" else number
    if kind in {"BLOB", "BYTEA"}:
        return number.to_bytes(2) + b"\0\xff" * 7
    return "{}" if name in {"params", "reason_params", "labels", "hint"} else f"{name} số {number} “'%\\\t\n"


def _columns(connection: Any, table: str) -> list[tuple[str, str]]:
    if isinstance(connection, sqlite3.Connection):
        found = connection.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
        return [(each[1], each[2]) for each in found if each[6] == 0]
    query = "SELECT column_name, upper(data_type) FROM information_schema.columns WHERE table_name = %s"
    return [tuple(each) for each in connection.execute(query, [table]).fetchall()]


def tables_of(connection: Any) -> list[str]:
    """The tables of a book."""
    if isinstance(connection, sqlite3.Connection):
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [name for (name,) in connection.execute(query).fetchall()]


def rows_of(place: Path | str) -> Rows:
    """Everything that is in a book, by table, each row with its columns in the order of their names."""
    found: Rows = {}
    with raw(place) as connection:
        for table in tables_of(connection):
            names = sorted(name for name, _ in _columns(connection, table))
            listed = ", ".join(f'"{name}"' for name in names)
            query = f'SELECT {listed} FROM "{table}"'  # noqa: S608 - names that the database itself gave
            found[table] = sorted((tuple(row) for row in connection.execute(query).fetchall()), key=repr)
    return found


def _plain(sql: str) -> str:
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.replace('"', "").split()))


def shape_of(place: Path | str) -> set[tuple[str, ...]]:
    """Tables, columns, keys and indexes, as the database describes them."""
    with raw(place) as connection:
        if isinstance(place, Path):
            query = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
            found = connection.execute(query).fetchall()
            return {tuple(_plain(str(word)) for word in row) for row in found}
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '') "
            "FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
        indexes = connection.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        ).fetchall()
        keys = connection.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0"
        ).fetchall()
        return {*columns, *indexes, *keys}
