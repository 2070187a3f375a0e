"""A barrier in the database itself: nothing can be written in a book any more, by whatever program has it open.

A book that has moved, or has not wholly arrived, may be read; nothing can ever be sent from it, as whoever sends must
write first.
"""

from __future__ import annotations

import sqlalchemy as sa

from loa.store.columns import metadata

MOVED = "LOA-MOVED"
ARRIVING = "LOA-ARRIVING"
_NAME = "loa_barrier"
_ACTS = ("INSERT", "UPDATE", "DELETE")


def bar(connection: sa.Connection, words: str) -> None:
    """Let every later write in the book fail with ``words``."""
    if connection.dialect.name == "postgresql":
        _bar_postgresql(connection, words)
        return
    for table in metadata.sorted_tables:
        for act in _ACTS:
            name = _trigger(table.name, act)
            body = f"BEGIN SELECT RAISE(ABORT, {_literal(words)}); END"
            connection.exec_driver_sql(f"CREATE TRIGGER {name} BEFORE {act} ON {table.name} {body}")


def _bar_postgresql(connection: sa.Connection, words: str) -> None:
    body = f"BEGIN RAISE EXCEPTION USING MESSAGE = {_literal(words).replace('%', '%%')}; END"
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS {_literal(body)}"
    )
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(
            f"CREATE TRIGGER {_NAME} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table.name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_NAME}()"
        )


def unbar(connection: sa.Connection) -> None:
    """Take the barrier away."""
    if connection.dialect.name == "postgresql":
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_NAME} ON {table.name}")
        return
    for table in metadata.sorted_tables:
        for act in _ACTS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_trigger(table.name, act)}")


def _trigger(table: str, act: str) -> str:
    return f"{_NAME}_{table}_{act.lower()}"


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
