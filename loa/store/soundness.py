"""Whether a book is as it was written: its file, every row, and what belongs together.

Nothing is sent from a book that is not. A flipped byte is seen by the checksum of its row; what has none (rows about
people, of which there may be millions) is judged by its form here, and number by number right before the wire.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from loa.delivery import Fate, State
from loa.errors import Problem
from loa.store import people_tables, tables
from loa.store.columns import ROW_SUM, metadata, sum_of

if TYPE_CHECKING:
    from loa.store.book import Book

DAMAGED = "E953"
MOST_TOLD = 20
_MARK, _SEAL = 16, 12 + 16
"""Bytes of a mark, and the least of a sealed number: its nonce and its tag."""


def examine(book: Book) -> tuple[Problem, ...]:
    """Everything that is wrong with a book itself, at most ``MOST_TOLD`` of each kind; empty for a sound one."""
    found: list[Problem] = []
    try:
        with book.snapshot() as connection:
            for check in (_file, _rows, _references, _states, _packages, _people):
                found += check(connection)
                if found and check in (_file, _rows):
                    break  # what follows would read the same damage as something else
    except sa.exc.DatabaseError as error:
        found.append(damage(str(book.place), error.orig))
    return tuple(found)


def damage(place: str, detail: object) -> Problem:
    """One thing that is wrong with the book."""
    return Problem(DAMAGED, {"place": place, "detail": str(detail)})


def _file(connection: sa.Connection) -> Iterator[Problem]:
    if connection.dialect.name == "sqlite":
        for (word,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_TOLD})"):
            if word != "ok":
                yield damage("SQLite", word)
    elif connection.scalar(sa.text("SHOW ignore_checksum_failure")) == "on":
        yield damage("PostgreSQL", "ignore_checksum_failure = on")


def _rows(connection: sa.Connection) -> Iterator[Problem]:
    """Rows that are not as they were written. PostgreSQL looks after its pages itself, where it was set up to."""
    if connection.dialect.name != "sqlite":
        return
    for table in metadata.sorted_tables:
        if ROW_SUM in table.c:
            key = ", ".join(column.name for column in table.primary_key.columns)
            wrong = f"SELECT {key} FROM {table.name} WHERE {ROW_SUM} IS NOT {sum_of(table)} LIMIT {MOST_TOLD}"  # noqa: S608 - names of ours
            for row in connection.exec_driver_sql(wrong):
                yield damage(f"{table.name} {'/'.join(map(_shown, row))}", "checksum")


def _shown(value: object) -> str:
    return value.hex()[:8] if isinstance(value, bytes) else str(value)


def _references(connection: sa.Connection) -> Iterator[Problem]:
    """PostgreSQL lets none be broken."""
    if connection.dialect.name == "sqlite":
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST_TOLD):
            yield damage(f"{table} {row}", f"→ {parent} ?")


_STATES = (
    (tables.delivery.c.id, tables.delivery.c.state),
    (tables.sending.c.id, tables.sending.c.state),
    (people_tables.batch.c.id, people_tables.batch.c.state),
    (people_tables.recipient.c.delivery_id, people_tables.recipient.c.state),
)


def _states(connection: sa.Connection) -> Iterator[Problem]:
    words = [state.value for state in State]
    for key, column in _STATES:
        plain = sa.type_coerce(column, sa.Text)
        query = sa.select(key, plain).where(plain.not_in(words)).limit(MOST_TOLD)
        for name, state in connection.execute(query):
            yield damage(f"{column.table.name} {name}", f"state {state!r}")
    fate = sa.type_coerce(people_tables.recipient.c.fate, sa.Integer)
    wrong = sa.select(people_tables.recipient.c.delivery_id, people_tables.recipient.c.seq, fate)
    for name, seq, number in connection.execute(wrong.where(fate.not_in([int(each) for each in Fate])).limit(1)):
        yield damage(f"recipient {name}/{seq}", f"fate {number}")


def _packages(connection: sa.Connection) -> Iterator[Problem]:
    """What was approved is what would be sent: the bytes are those of the hash."""
    table = tables.delivery
    query = sa.select(table.c.id, table.c.content_hash, table.c.package).where(table.c.content_hash != "")
    for name, wanted, package in connection.execute(query.execution_options(yield_per=1_000)):
        if hashlib.sha256(package.encode()).hexdigest() != wanted:
            yield damage(f"delivery {name}", "package ≠ SHA-256")


def _people(connection: sa.Connection) -> Iterator[Problem]:
    """A mark is whole or gone, a sealed number too; who may still be sent to has both."""
    for table in (people_tables.recipient, people_tables.person):
        mark, sealed = sa.func.length(table.c.mark), sa.func.length(table.c.sealed)
        wrong = sa.or_(mark.not_in((0, _MARK)), sa.and_(sealed > 0, sealed < _SEAL), (mark > 0) != (sealed > 0))
        key = list(table.primary_key.columns)
        for row in connection.execute(sa.select(*key).where(wrong).limit(MOST_TOLD)):
            yield damage(f"{table.name} {'/'.join(map(str, row))}", "mark, sealed")
