"""Confirmations that are owed to people who refused: each leaves once, and what is doubtful never leaves again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from loa.delivery import State
from loa.store.people_tables import reply

ONCE_IN = timedelta(hours=24)
"""Who refuses, wants again and refuses anew within so long is answered once."""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A confirmation that is owed."""

    id: int
    account_id: str
    mark: bytes
    sealed: bytes
    at: datetime
    attempt: int


_COLUMNS = [reply.c[name] for name in ReplyRow.__slots__]


def owe(connection: sa.Connection, account_id: str, mark: bytes, sealed: bytes, now: datetime) -> None:
    """Write down that somebody is owed a confirmation, unless one was owed a short while ago."""
    known = sa.select(reply.c.id).where(reply.c.mark == mark, reply.c.at > now - ONCE_IN).limit(1)
    if connection.execute(known).first() is None:
        values = {"account_id": account_id, "mark": mark, "sealed": sealed, "at": now}
        connection.execute(sa.insert(reply).values(values | {"state": State.DUE, "next_try": now}))


def claim_reply(connection: sa.Connection, accounts: Sequence[str], now: datetime) -> ReplyRow | None:
    """Take what one of these accounts owes now. A crash from here on leaves it so: nobody knows whether it left."""
    _give_up(connection, now)
    query = sa.select(*_COLUMNS).where(reply.c.next_try <= now, reply.c.account_id.in_(tuple(accounts)))
    found = connection.execute(query.order_by(reply.c.next_try, reply.c.id).limit(1)).first()
    if found is None:
        return None
    taken = sa.update(reply).where(reply.c.id == found.id)
    connection.execute(taken.values(state=State.SENDING, next_try=None, attempt=reply.c.attempt + 1))
    return ReplyRow(*found)


def _give_up(connection: sa.Connection, now: datetime) -> None:
    """A confirmation that comes a day late helps nobody: its number is erased."""
    late = sa.update(reply).where(reply.c.next_try.is_not(None), reply.c.at < now - ONCE_IN)
    connection.execute(late.values(state=State.MISSED, next_try=None, sealed=b""))


def end_reply(connection: sa.Connection, row: ReplyRow, after: State, code: str, again_at: datetime | None) -> None:
    """How it ended. The number is erased unless it is sent again."""
    sealed = row.sealed if again_at else b""
    ended = sa.update(reply).where(reply.c.id == row.id)
    connection.execute(ended.values(state=after, code=code, next_try=again_at, sealed=sealed))
