"""Opening the book and writing in it: one transaction at a time, durable before it returns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event as sa_event

from loa.errors import StoreError
from loa.store.columns import teach_row_sum
from loa.store.failing import failures_told, place_of
from loa.store.identity import make_identity
from loa.store.journal import Journal, has_lines, taken_from
from loa.store.place import require_local, well_written
from loa.store.schema import WRITING, Upgrade, made_ready
from loa.store.soundness import examine
from loa.store.told import gathered, tell_moves

_BUSY_SECONDS = 30
_MOST_CONNECTIONS = 40
"""Beyond those kept open: a worker's threads have up to three each while they drain an account."""
_IDLE_MINUTES = 5
"""Who holds a transaction for so long without a word is frozen: the server ends it, and nobody waits for its locks."""
_SILENCE = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""Seconds (the last: milliseconds) after which libpq takes a silent server for lost."""


class Book:
    """A handle on the book. Threads may share it; each transaction takes a connection of its own."""

    def __init__(self, engine: sa.Engine, journal: Journal | None = None) -> None:
        self._engine = engine
        self._journal = journal
        self.place = place_of(engine.url)
        """Where the book is, for people: without a password."""
        self.upgraded: Upgrade | None = None
        """What opening it changed, where an older version of Loa had written it."""

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @property
    def journal_folder(self) -> Path | None:
        """Where the journal of this book lies, where it has one."""
        return self._journal.folder if self._journal else None

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may write. It is on the disk (synchronous=FULL) when the block has ended.

        Raises:
            StoreError: E701 the disk or the server does not let us, E953, E961 damaged, E962 busy, E963 full, E964 the
                server is away, E966 the book has moved.
        """
        if self._journal:
            self._journal.ready()
        with (
            self._damage_told(),
            failures_told(self.place),
            self._engine.connect().execution_options(**WRITING) as connection,
        ):
            taken_from(connection)  # what an undone transaction of the same pooled connection left behind
            gathered(connection)  # the same
            with connection.begin():
                yield connection
                if self._journal and has_lines(connection):
                    self._journal.belongs_to(make_identity(connection))
            lines, moves = taken_from(connection), gathered(connection)
        tell_moves(moves)
        if lines and self._journal:
            self._journal.append(lines)

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        """A row that contradicts another is a bug of ours, or the book is not as it was written: then that is told."""
        try:
            yield
        except sa.exc.IntegrityError as error:
            for problem in examine(self):
                raise StoreError(problem.code, **problem.params) from error
            raise

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A look at the book, each statement of which sees a consistent state.

        Raises:
            StoreError: as ``write`` does.
        """
        with failures_told(self.place), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A long look at the book as it is at one moment, whatever others write meanwhile.

        Raises:
            StoreError: as ``write`` does.
        """
        with failures_told(self.place), self._engine.connect() as connection:
            if not self.is_sqlite:  # a reading transaction of SQLite is one already
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def apart(self) -> Iterator[sa.Connection]:
        """A connection outside any transaction, for locks of its session; it is closed, and they go, at the end.

        Raises:
            StoreError: as ``write`` does.
        """
        outside = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with failures_told(self.place), outside as connection:
            try:
                yield connection
            finally:
                connection.invalidate()

    @property
    def address(self) -> str:
        """The database as libpq knows it, with its password: for the engine that carries the work, never for people."""
        return self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def sign(self, name: str) -> None:
        """Let the server know every connection of ours by ``name``, so that others can end them if we stand still.

        Nothing of the kind exists for a file.
        """
        if self.is_sqlite:
            return

        def named(connection: Any, _record: Any) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('application_name', %s, false)", [name])
                cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_MINUTES}min'")
            connection.commit()  # what is set in a transaction that is rolled back was never set

        self.close()  # connections that are already made have no name
        sa_event.listen(self._engine, "connect", named)

    def close(self) -> None:
        self._engine.dispose()


def open_book(place: Path | str, journal: Journal | None = None) -> Book:
    """Open the book at a file path (SQLite) or a database URL; lay out its tables where it is new.

    A book of an earlier version is brought to this one, after a copy of it was laid beside it (SQLite); ``upgraded``
    then says so. ``journal`` is told of every transaction that has something for it.

    Raises:
        StoreError: E701 the book cannot be opened; E702 it was written by a later version; E705 the driver of the
            database is not installed; E709 the address is none; E960 the earlier version still runs on it; E961 it is
            damaged; E964 its server is away; E965 it lies on a network drive; E966 it has moved and is of an earlier
            version.
    """
    url = well_written(place) if isinstance(place, str) else f"sqlite:///{_prepared(place)}"
    try:
        engine = _engine(_driver(url))
        book = Book(engine, journal)
        with failures_told(book.place), ExitStack() as refused:
            refused.callback(engine.dispose)  # a book that is refused keeps no connection open
            book.upgraded = made_ready(engine)
            refused.pop_all()
    except ImportError as error:
        raise StoreError("E705", module=error.name) from error
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise StoreError("E701", place=place_of(url), detail=getattr(error, "orig", None) or error) from error
    return book


def _prepared(path: Path) -> str:
    require_local(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.resolve().as_posix()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url


def _engine(url: str) -> sa.Engine:
    if sa.make_url(url).get_backend_name() != "sqlite":
        # A connection that died while nobody used it is seen before it is used: the server may have been restarted.
        engine = sa.create_engine(
            url, pool_pre_ping=True, max_overflow=_MOST_CONNECTIONS, connect_args=_patience(sa.make_url(url))
        )
        _tune_postgresql(engine)
        return engine
    engine = sa.create_engine(url, max_overflow=_MOST_CONNECTIONS)
    _tune_sqlite(engine)
    return engine


def _patience(url: sa.URL) -> dict[str, str]:
    """How long a server may be silent before it counts as lost; what the URL itself says stays."""
    return {name: value for name, value in _SILENCE.items() if name not in url.query}


def _tune_postgresql(engine: sa.Engine) -> None:
    @sa_event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # A commit that returns before it is on the disk may be lost with the server, and a post with it is sent twice.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', false) "
                "WHERE current_setting('synchronous_commit') = 'off'"
            )
        connection.commit()


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
