"""Bringing a book of an earlier version to ours: a copy beside it, then everything in one transaction."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from filelock import FileLock, Timeout

from loa.clock import SystemClock
from loa.errors import StoreError
from loa.store.columns import Moment
from loa.store.schema import HEAD, WRITING, Upgrade, alone, laid_aside, stamp, version_of

_STILL_HERE = timedelta(minutes=1)
"""Who gave a sign of life so lately still works with the earlier version."""


def upgrade(engine: sa.Engine, found: str, path: Path | None) -> Upgrade | None:
    """Bring a book up; None where another process was faster.

    Killed at any moment, it leaves the book as it was or as it shall be.

    Raises:
        StoreError: E960 the earlier version still runs on it; E963 there is no room for the copy.
    """
    with _nobody_runs(path):
        if path is None:
            return _migrated(engine, found, None)
        return _migrated(engine, found, laid_aside(path, found))


def _migrated(engine: sa.Engine, found: str, copy: Path | None) -> Upgrade | None:
    with engine.connect().execution_options(**WRITING) as connection:
        if engine.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            # A table that is made anew would take the rows that refer to it along; SQLite forgets this in a transaction
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                alone(connection)
                if version_of(connection) != found:
                    return None
                _require_quiet(connection)
                _run(connection, found)
                _require_sound(connection)
        finally:
            connection.invalidate()  # no later user gets one without foreign keys
    return Upgrade(found, HEAD, copy)


def _run(connection: sa.Connection, found: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, found)  # a book from before there were migrations does not say so
    command.upgrade(config, HEAD)
    stamp(connection)


def _require_sound(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite" and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise StoreError("E961", place=connection.engine.url.database, detail=f"foreign key: {lost[0]}")


@contextmanager
def _nobody_runs(path: Path | None) -> Iterator[None]:
    """Hold the scheduler's lock of the folder of the book; a scheduler of ours may hold it already."""
    if path is None:
        yield
        return
    lock = FileLock(path.parent / "scheduler.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        holder = _holder(path.parent / "scheduler.json")
        if holder.get("pid") != os.getpid():
            raise StoreError(
                "E960", place=path, detail=f"{holder.get('host', '?')}, {holder.get('pid', '?')}"
            ) from error
    try:
        yield
    finally:
        lock.release()


def _holder(card: Path) -> dict[str, Any]:
    try:
        known: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    return known


def _require_quiet(connection: sa.Connection) -> None:
    """On a server others may be at work with the earlier version, and would go on without knowing."""
    if connection.dialect.name == "sqlite":
        return
    worker = sa.table("worker", sa.column("host"), sa.column("pid"), sa.column("seen_at", Moment))
    since = SystemClock().now() - _STILL_HERE
    found = connection.execute(sa.select(worker.c.host, worker.c.pid).where(worker.c.seen_at > since)).first()
    if found:
        place = connection.engine.url.render_as_string()
        raise StoreError("E960", place=place, detail=f"{found.host}, {found.pid}")
