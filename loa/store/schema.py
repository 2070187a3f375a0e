"""The version of a book's tables: laid out new, as they should be, brought up from an earlier one, or refused.

The step from version to version is a migration of Alembic (``loa/store/migrations``), which is loaded only where there
is something to migrate: opening a book stays fast.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from loa.errors import StoreError
from loa.store import desk_tables, log_tables, people_tables, tables  # noqa: F401 - they add their tables to the metadata
from loa.store.barrier import MOVED
from loa.store.columns import metadata

VERSIONS = ("0001", "0002", "0003", "0004")
"""Every version that there was; the last is ours."""
HEAD = VERSIONS[-1]
WRITING = {"loa_begin": "BEGIN IMMEDIATE"}
"""The options of a connection to SQLite that is going to write."""
_STAMP = sa.table("alembic_version", sa.column("version_num", sa.Text))
_BEFORE_ALEMBIC = {"1": "0001"}
_LAYING_OUT = 0x4C4F41  # "LOA": the number of the lock that PostgreSQL keeps while tables are laid out
_ALWAYS_CHECKED = 64_000_000
"""Bytes: a smaller book is checked whenever it is opened; a larger one after every start of the machine, and daily."""
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Upgrade:
    """An earlier version was brought to ours; ``copy`` is the book as it was before (None: the server keeps it)."""

    before: str
    after: str
    copy: Path | None


def made_ready(engine: sa.Engine) -> Upgrade | None:
    """Check a book and have its tables be ours.

    Raises:
        StoreError: E702 a later version wrote it; E960 an earlier version runs on it; E961 it is damaged; E966 it has
            moved and is of an earlier version.
    """
    path = file_of(engine)
    if path and _check_is_due(path):
        _check(engine, path)
    with engine.connect() as connection, connection.begin():
        found = version_of(connection)
    if found is None:
        _lay_out(engine)
    elif found != HEAD:
        return _brought_up(engine, found, path)
    return None


def file_of(engine: sa.Engine) -> Path | None:
    """The file of a book of SQLite."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:")
    return Path(str(engine.url.database)) if is_file else None


def version_of(connection: sa.Connection) -> str | None:
    """The version of a book's tables; None where there are none yet.

    Raises:
        StoreError: E702, a version that we do not know.
    """
    found: str | None
    there = set(sa.inspect(connection).get_table_names())
    if "alembic_version" in there:
        found = connection.scalar(sa.select(_STAMP.c.version_num))
    elif tables.note.name in there:
        noted = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == "schema"))
        found = _BEFORE_ALEMBIC.get(noted or "", noted)
    else:
        return None
    if found not in VERSIONS:
        raise StoreError("E702", found=found, wanted=HEAD)
    return found


def stamp(connection: sa.Connection) -> None:
    """Write down that the tables are ours; programs from before these migrations read the note, and refuse."""
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.execute(sa.insert(_STAMP).values(version_num=HEAD))
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == "schema"))
    connection.execute(sa.insert(tables.note).values(name="schema", value=HEAD))


def alone(connection: sa.Connection) -> None:
    """Let nobody else lay out or migrate tables in the same PostgreSQL until this transaction has ended."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LAYING_OUT})")


def _lay_out(engine: sa.Engine) -> None:
    with engine.connect().execution_options(**WRITING) as connection, connection.begin():
        alone(connection)
        if version_of(connection) is None:  # nobody was faster
            metadata.create_all(connection)
            stamp(connection)


def _brought_up(engine: sa.Engine, found: str, path: Path | None) -> Upgrade | None:
    with engine.connect() as connection, connection.begin():
        if moved := connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == MOVED)):
            where = moved.partition(" ")[2]
            raise StoreError("E966", place=path or engine.url.render_as_string(), to=where)
    from loa.store.migrations.upgrade import upgrade  # noqa: PLC0415 - Alembic takes half a second to load

    return upgrade(engine, found, path)


def _check(engine: sa.Engine, path: Path) -> None:
    with engine.connect() as connection, connection.begin():
        if (damage := connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()) != "ok":
            raise StoreError("E961", place=path, detail=damage)
    if path.stat().st_size >= _ALWAYS_CHECKED:
        _mark(path).write_text(_identity(path), encoding="ascii")


def _check_is_due(path: Path) -> bool:
    """Whether to read the whole file once more.

    A file breaks when the machine dies or its disk does, not when a program ends; to read gigabytes at every command
    would only teach people to avoid commands. The scheduler looks deeper when it starts.
    """
    if not path.exists() or path.stat().st_size < _ALWAYS_CHECKED:
        return True
    mark = _mark(path)
    try:
        age = time.time() - mark.stat().st_mtime
        return mark.read_text(encoding="ascii") != _identity(path) or not 0 <= age < min(_DAY_SECONDS, time.monotonic())
    except (OSError, ValueError):
        return True


def _mark(path: Path) -> Path:
    return path.with_name(path.name + "-checked")


def _identity(path: Path) -> str:
    """The same file, not another that was put in its place."""
    return f"{path.stat().st_dev}:{path.stat().st_ino}"


def laid_aside(path: Path, found: str) -> Path:
    """A copy of the book beside it, whole and on the disk before it has its name.

    Raises:
        StoreError: E963, there is no room for it.
    """
    copy = path.with_name(f"{path.stem}-{found}{path.suffix}")
    handle, half = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".half")
    os.close(handle)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        Path(half).chmod(path.stat().st_mode)
        with Path(half).open("rb+") as file:
            os.fsync(file.fileno())
        Path(half).replace(copy)
    except (sqlite3.Error, OSError) as error:
        raise StoreError("E963", place=copy, detail=error) from error
    finally:
        Path(half).unlink(missing_ok=True)
    return copy
