"""Waits when the clock is moved: what waits goes on waiting as long as was asked, counted in time that really passes.

A wait is kept as a moment. When the clock goes from ``before`` to ``after`` at once, every moment that was counted
from some "now" goes with it. What belongs to the calendar stays: due moments, ends of windows, what has happened.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.book import Book
from loa.store.people_tables import batch, contact, inbox, pace, recipient, reply

_MICROSECOND = timedelta(microseconds=1)
_LONGEST_CAP = timedelta(days=31)
"""No cap of messages to one person counts longer back."""
_ASKED = (State.RETRY_LATER, State.PENDING, State.UNKNOWN)
"""A sending that is due waits for a moment of the calendar; these wait since something happened."""
_IN_DOUBT = (State.SENDING, State.UNKNOWN, State.RETRY_LATER, State.PENDING)
_CLOCK = "clock_seen/"


def move_waits(connection: sa.Connection, before: datetime, after: datetime) -> int:
    """Take the waits along when the clock goes from ``before`` to ``after``; the number of waits moved."""
    step = after - before
    waiting_from = min(before, after)
    moved = sum(
        connection.execute(
            sa.update(column.table).where(column > waiting_from, *more).values({column: _moved(column, step)})
        ).rowcount
        for column, more in _WAITS
    )
    if step < timedelta(0):
        _age(connection, step)
    else:
        _keep_contacts(connection, before, step)
    _seen_by(connection, after)
    return moved


_WAITS: tuple[tuple[sa.Column[Any], tuple[sa.ColumnElement[bool], ...]], ...] = (
    (tables.sending.c.next_try, (tables.sending.c.state.in_(_ASKED),)),
    (tables.account.c.paused_until, ()),
    (tables.alert.c.next_try, ()),
    (batch.c.next_try, ()),
    (batch.c.ask_at, ()),
    (recipient.c.next_try, (recipient.c.state == State.DUE, recipient.c.code != "")),
    (pace.c.free_at, ()),
    (inbox.c.next_try, ()),
    (reply.c.next_try, ()),
)


def _moved(column: sa.ColumnElement[Any], step: timedelta) -> sa.ColumnElement[int]:
    return sa.type_coerce(column, sa.BigInteger) + step // _MICROSECOND


def _age(connection: sa.Connection, step: timedelta) -> None:
    """The clock goes back: what is in doubt must not look younger than it is, nor be looked for too late.

    A key would seem to live on, and a search that starts at the moment of sending would miss the post. Forward the
    moment of sending stays: too old is the safe side of both.
    """
    table = tables.sending
    doubtful = sa.select(table.c.id).where(table.c.state.in_(_IN_DOUBT))
    attempt = tables.attempt
    of_doubtful = sa.update(attempt).where(attempt.c.sending_id.in_(doubtful))
    connection.execute(of_doubtful.values(sent_at=_moved(attempt.c.sent_at, step)))
    moments: tuple[tuple[sa.Table, str], ...] = ((table, "sent_at"), (batch, "sent_at"), (batch, "first_sent_at"))
    for where, name in moments:
        column = where.c[name]
        sent = sa.update(where).where(where.c.state.in_(_IN_DOUBT), column.is_not(None))
        connection.execute(sent.values({column: _moved(column, step)}))


def _keep_contacts(connection: sa.Connection, before: datetime, step: timedelta) -> None:
    """The clock goes forward: whoever had a message a moment ago had it a moment ago."""
    recent = sa.update(contact).where(contact.c.at > before - _LONGEST_CAP)
    connection.execute(recent.values(at=_moved(contact.c.at, step)))


def _seen_by(connection: sa.Connection, now: datetime) -> None:
    """Nobody was seen in what is the future now."""
    for column in (tables.worker.c.seen_at, tables.leader.c.at):
        connection.execute(sa.update(column.table).where(column > now).values({column: now}))


def newest_sign(connection: sa.Connection) -> datetime | None:
    """The newest moment at which anything of ours was seen alive: no clock that is right is behind it."""
    signs = (tables.worker.c.seen_at, tables.leader.c.at)
    found = [connection.scalar(sa.select(sa.func.max(column))) for column in signs]
    return max((moment for moment in found if moment is not None), default=None)


def clock_of(book: Book, host: str) -> tuple[str, datetime] | None:
    """What ``keep_clock`` kept for this machine: the name of a boot and the moment at which it began."""
    with book.read() as connection:
        query = sa.select(tables.note.c.value).where(tables.note.c.name == _CLOCK + host)
        kept = connection.scalar(query)
    if not kept:
        return None
    words = json.loads(kept)
    return words["boot"], datetime.fromisoformat(words["start"])


def keep_clock(connection: sa.Connection, host: str, boot: str, start: datetime) -> None:
    """Keep how the clock stands to the real time of a boot, for the next process on this machine."""
    note, name = tables.note, _CLOCK + host
    value = json.dumps({"boot": boot, "start": start.isoformat()})
    connection.execute(sa.delete(note).where(note.c.name == name))
    connection.execute(sa.insert(note).values(name=name, value=value))


def others_here(connection: sa.Connection, host: str) -> bool:
    """Whether processes of other machines share the book: their waits are counted by clocks that did not move."""
    worker = tables.worker
    query = sa.select(worker.c.id).where(worker.c.host != host, worker.c.gone == 0).limit(1)
    return connection.scalar(query) is not None
