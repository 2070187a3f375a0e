"""What steers everything at once: the stop, paused accounts, the heartbeat, and small notes."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.errors import StoreError
from loa.store import tables
from loa.store.book import Book
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal import Line, keep
from loa.store.people_tables import batch

PAUSED = "pause_account"
World = Literal["real", "sandbox"]
_WORLD = "world"
_NO_REST = timedelta(0)


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


@dataclass(frozen=True, slots=True)
class Resumed:
    """What a person's word did: accounts that go on at once, and those that still rest until a moment."""

    lifted: tuple[str, ...] = ()
    resting: tuple[AccountPause, ...] = ()


def note(book: Book, name: str, value: str) -> None:
    """Write a small note, replacing an older one."""
    with book.write() as connection:
        put_note(connection, name, value)


def read_note(book: Book, name: str) -> str:
    """The note, or an empty string."""
    with book.read() as connection:
        return note_in(connection, name)


def note_in(connection: sa.Connection, name: str) -> str:
    """The note, or an empty string, in the caller's transaction."""
    return connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == name)) or ""


def clear_note(book: Book, name: str) -> None:
    """Remove a note, where there is one."""
    with book.write() as connection:
        connection.execute(sa.delete(tables.note).where(tables.note.c.name == name))


def put_note(connection: sa.Connection, name: str, value: str) -> None:
    """Write a small note in the caller's transaction, replacing an older one."""
    _replace(connection, tables.note.c.name, {"name": name, "value": value})


def _replace(connection: sa.Connection, key: sa.Column[str], values: Mapping[str, Any]) -> None:
    """One row in place of what was there under its key, also where several processes do so in one moment."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    written = insert(key.table).values(dict(values))
    connection.execute(written.on_conflict_do_update(index_elements=[key], set_=dict(values)))


def keep_for(book: Book, world: World) -> None:
    """From its first sending on, a book is of the real channels or of a sandbox: what is out in one is not in both.

    Raises:
        StoreError: E706 it is a sandbox's, E707 it is of the real channels.
    """
    with book.write() as connection:
        _require_world(connection, world)
        put_note(connection, _WORLD, world)
        keep(connection, Line("opened", {"world": world}))


def require_world(book: Book, world: World) -> None:
    """The same question, before anybody knows whether the book may be written at all.

    Raises:
        StoreError: E706, E707 as ``keep_for``.
    """
    with book.read() as connection:
        _require_world(connection, world)


def _require_world(connection: sa.Connection, world: World) -> None:
    used = any(connection.scalar(sa.select(each.c.id).limit(1)) for each in (tables.sending, batch))
    known = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == _WORLD)) or world
    if used and known != world:
        raise StoreError("E706" if known == "sandbox" else "E707")


def is_of_sandbox(book: Book) -> bool:
    """Whether the book is kept for a sandbox."""
    return read_note(book, _WORLD) == "sandbox"


def set_stop(book: Book, stop: Stop | None, actor: str, at: datetime) -> None:
    """Stop everything, or (with None) let it run again. Senders look at it before each call."""
    with book.write() as connection:
        put_stop(connection, stop, actor, at)


def put_stop(connection: sa.Connection, stop: Stop | None, actor: str, at: datetime) -> None:
    """The same in the caller's transaction."""
    if stop is None:
        connection.execute(sa.delete(tables.note).where(tables.note.c.name == "stop"))
    else:
        words = {"at": stop.at.isoformat(), "by": stop.by, "why": stop.why}
        put_note(connection, "stop", json.dumps(words, ensure_ascii=False))
    write_events(connection, [Event(at, actor, "stop" if stop else "resume")])
    told = {"since": stop.at, "by": stop.by, "why": stop.why} if stop else {"by": actor}
    keep(connection, Line("stop" if stop else "resume", told, before_wire=True))


def stop_of(connection: sa.Connection) -> Stop | None:
    """The stop in force, as this transaction sees it."""
    found = connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == "stop"))
    if found is None:
        return None
    words = json.loads(found)
    return Stop(datetime.fromisoformat(words["at"]), words["by"], words["why"])


def pause_account(connection: sa.Connection, pause: AccountPause, at: datetime) -> bool:
    """Leave an account alone from now on; False where a longer pause, or one that waits for a person, is in force."""
    if not _longer(_pause_of(connection, pause.account_id), pause):
        return False
    _put_pause(connection, pause)
    words = {"account": pause.account_id, "code": pause.code, "detail": pause.detail}
    until = {"until": pause.until.isoformat()} if pause.until else {}
    write_events(connection, [Event(at, MACHINE, PAUSED, params=words | until)])
    return True


def _longer(known: AccountPause | None, pause: AccountPause) -> bool:
    if known is None:
        return True
    return known.until is not None and (pause.until is None or pause.until > known.until)


def _pause_of(connection: sa.Connection, account_id: str) -> AccountPause | None:
    found = connection.execute(_all_pauses().where(tables.account.c.id == account_id)).first()
    return AccountPause(*found) if found else None


def _put_pause(connection: sa.Connection, pause: AccountPause) -> None:
    values = {"id": pause.account_id, "paused_until": pause.until, "code": pause.code, "detail": pause.detail}
    _replace(connection, tables.account.c.id, values)


def pauses(connection: sa.Connection, now: datetime) -> tuple[AccountPause, ...]:
    """The accounts that are paused at ``now``."""
    account = tables.account
    query = _all_pauses().where(sa.or_(account.c.paused_until.is_(None), account.c.paused_until > now))
    return tuple(AccountPause(*row) for row in connection.execute(query.order_by(account.c.id)))


def _all_pauses() -> sa.Select[Any]:
    account = tables.account
    return sa.select(account.c.id, account.c.paused_until, account.c.code, account.c.detail)


def resume_accounts(
    connection: sa.Connection,
    actor: str,
    at: datetime,
    accounts: Container[str] | None = None,
    least: Mapping[str, timedelta] | None = None,
) -> Resumed:
    """Lift the pauses that wait for a person, of ``accounts`` or all.

    ``least`` names codes that need a rest of at least so long, counted from the pause: such a pause now ends by itself
    when that rest is over.
    """
    waiting = connection.execute(_all_pauses().where(tables.account.c.paused_until.is_(None))).all()
    found = [AccountPause(*row) for row in waiting if accounts is None or row.id in accounts]
    if not found:
        return Resumed()
    since = _paused_since(connection)
    rest = least or {}
    rests = [replace(each, until=since.get(each.account_id, at) + rest.get(each.code, _NO_REST)) for each in found]
    for each in rests:
        _put_pause(connection, each)
    names = ", ".join(each.account_id for each in found)
    write_events(connection, [Event(at, actor, "resume_accounts", params={"accounts": names})])
    return Resumed(
        tuple(each.account_id for each in rests if each.until is not None and each.until <= at),
        tuple(each for each in rests if each.until is not None and each.until > at),
    )


def _paused_since(connection: sa.Connection) -> dict[str, datetime]:
    """When each account was last paused, from the trail."""
    event = tables.event
    query = sa.select(event.c.params, event.c.at).where(event.c.cause == PAUSED).order_by(event.c.id)
    return {params["account"]: at for params, at in connection.execute(query)}
