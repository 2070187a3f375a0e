"""What steers everything at once: the stop, paused accounts, the heartbeat, and small notes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book
from loa.store.events import Event, write_events


@dataclass(frozen=True, slots=True)
class Stop:
    """Everything is stopped: since when, by whom, why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class AccountPause:
    """An account that is left alone. ``until`` None: until a person resumes it."""

    account_id: str
    until: datetime | None
    code: str
    detail: str


def note(book: Book, name: str, value: str) -> None:
    """Write a small note, replacing an older one."""
    with book.write() as connection:
        _put(connection, name, value)


def read_note(book: Book, name: str) -> str:
    """The note, or an empty string."""
    with book.read() as connection:
        return connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == name)) or ""


def clear_note(book: Book, name: str) -> None:
    """Remove a note, where there is one."""
    with book.write() as connection:
        connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))


def _put(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))
    connection.execute(sa.insert(tables.note).values(name=name, value=value))


def set_stop(book: Book, stop: Stop | None, actor: str, at: datetime) -> None:
    """Stop everything, or (with None) let it run again. Senders look at it before each call."""
    with book.write() as connection:
        if stop is None:
            connection.execute(sa.delete(tables.note).where(tables.note.c.name == "stop"))
        else:
            words = {"at": stop.at.isoformat(), "by": stop.by, "why": stop.why}
            _put(connection, "stop", json.dumps(words, ensure_ascii=False))
        write_events(connection, [Event(at, actor, "stop" if stop else "resume")])


def stop_of(connection: sa.Connection) -> Stop | None:
    """The stop in force, as this transaction sees it."""
    found = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == "stop"))
    if found is None:
        return None
    words = json.loads(found)
    return Stop(datetime.fromisoformat(words["at"]), words["by"], words["why"])


def pause_account(connection: sa.Connection, pause: AccountPause) -> None:
    """Leave an account alone from now on, replacing an older pause."""
    connection.execute(sa.delete(tables.account).where(tables.account.c.id == pause.account_id))
    connection.execute(
        sa.insert(tables.account).values(
            id=pause.account_id, paused_until=pause.until, code=pause.code, detail=pause.detail
        )
    )


def pauses(connection: sa.Connection, now: datetime) -> tuple[AccountPause, ...]:
    """The accounts that are paused at ``now``."""
    account = tables.account
    query = sa.select(account.c.id, account.c.paused_until, account.c.code, account.c.detail)
    query = query.where(sa.or_(account.c.paused_until.is_(None), account.c.paused_until > now))
    return tuple(AccountPause(*row) for row in connection.execute(query.order_by(account.c.id)))


def resume_accounts(book: Book, actor: str, at: datetime) -> int:
    """Lift every pause that waits for a person; the number lifted."""
    with book.write() as connection:
        lifted = connection.execute(sa.delete(tables.account).where(tables.account.c.paused_until.is_(None))).rowcount
        if lifted:
            write_events(connection, [Event(at, actor, "resume_accounts", params={"count": str(lifted)})])
    return lifted


def worker_beat(book: Book, worker_id: str, host: str, pid: int, now: datetime) -> None:
    """Leave a sign of life."""
    worker = tables.worker
    with book.write() as connection:
        beats = connection.scalar(sa.select(worker.c.beats).where(worker.c.id == worker_id)) or 0
        connection.execute(sa.delete(worker).where(worker.c.id == worker_id))
        connection.execute(sa.insert(worker).values(id=worker_id, beats=beats + 1, seen_at=now, host=host, pid=pid))


def worker_seen(book: Book) -> datetime | None:
    """When a worker last gave a sign of life."""
    with book.read() as connection:
        found: datetime | None = connection.scalar(
            sa.select(tables.worker.c.seen_at).order_by(tables.worker.c.seen_at.desc()).limit(1)
        )
    return found
