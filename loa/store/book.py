"""Opening the book and writing in it: one transaction at a time, durable before it returns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event

from loa.errors import StoreError
from loa.store import people_tables, tables  # noqa: F401 - people_tables adds its tables to the metadata
from loa.store.columns import metadata, teach_row_sum
from loa.store.journal import Journal, taken_from
from loa.store.place import require_local
from loa.store.schema import WRITING, Upgrade, made_ready
from loa.store.told import gathered, tell_moves

_BUSY_SECONDS = 30
_WRITING = {"loa_begin": "BEGIN IMMEDIATE"}


class Book:
    """A handle on the book. Threads may share it; each transaction takes a connection of its own."""

    def __init__(self, engine: sa.Engine, journal: Journal | None = None) -> None:
        self._engine = engine
        self._journal = journal

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write. It is on the disk (synchronous=FULL) when the block has ended.

        Raises:
            StoreError: E701, the disk or the server does not let us.
        """
        with failures_told(self.place), self._engine.connect().execution_options(**WRITING) as connection:
            taken_from(connection)  # what an undone transaction of the same pooled connection left behind
            gathered(connection)  # the same
            with connection.begin():
                yield connection
            lines, moves = taken_from(connection), gathered(connection)
        tell_moves(moves)
        if lines and self._journal:
            self._journal.append(lines)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent look at the book."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def apart(self) -> Iterator[sa.Connection]:
        """A connection outside any transaction, for locks of its session; it is closed, and they go, at the end."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                yield connection
            finally:
                connection.invalidate()

    def close(self) -> None:
        self._engine.dispose()


def open_book(place: Path | str, journal: Journal | None = None) -> Book:
    """Open the book at a file path (SQLite) or a database URL, and lay out its tables where it is new.

    ``journal`` is told of every transaction that has something for it.

    Raises:
        StoreError: E701 the book cannot be opened or is damaged; E702 it was written by another version; E705 the
            driver of the database is not installed.
    """
    url = place if isinstance(place, str) else f"sqlite:///{_prepared(place)}"
    try:
        engine = sa.create_engine(_driver(url))
        if engine.dialect.name == "sqlite":
            _tune_sqlite(engine)
        book = Book(engine, journal)
        _lay_out(book)
    except ImportError as error:
        raise StoreError("E705", module=error.name) from error
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise StoreError("E701", place=_shown(url), detail=getattr(error, "orig", None) or error) from error
    return book


def _prepared(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.resolve().as_posix()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


def _shown(url: str) -> str:
    """The place of the book for people: a database URL loses its password."""
    return sa.make_url(url).render_as_string(hide_password=True)


def _tune_sqlite(engine: sa.Engine) -> None:
    @sa_event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # Transactions are ours: the driver's own implicit BEGIN would be deferred and could not be upgraded safely.
        connection.isolation_level = None
        teach_row_sum(connection)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what is purged is overwritten, not only forgotten
        cursor.close()

    @sa_event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("loa_begin", "BEGIN"))


def _lay_out(book: Book) -> None:
    with book.write() as connection:
        if book.is_sqlite and (damage := connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()) != "ok":
            raise StoreError("E701", place="var/book.sqlite", detail=damage)
        metadata.create_all(connection)
        found = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == "schema"))
        if found is None:
            connection.execute(sa.insert(tables.note).values(name="schema", value=tables.SCHEMA_VERSION))
        elif found != tables.SCHEMA_VERSION:
            raise StoreError("E702", found=found, wanted=tables.SCHEMA_VERSION)
