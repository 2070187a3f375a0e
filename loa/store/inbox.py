"""What gateways told us, as it came: sealed, kept before it is answered, emptied once it is read.

A call that comes again is the same row: it is opened again, and known for a repeat.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.delivery import WebhookCall
from loa.store.book import Book
from loa.store.people_tables import inbox
from loa.store.vault import Vault

_MOST_GONE = 5000
"""Rows that one clearing looks at: a short transaction, however much has come."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A call as the door takes it. ``fingerprint`` is keyed: it tells nobody what was in it."""

    account_id: str
    fingerprint: str
    at: datetime
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A call that waits to be read. ``repeats``: how often the same call came again."""

    id: int
    account_id: str
    at: datetime
    next_try: datetime
    repeats: int
    sealed: bytes

    @property
    def is_first_reading(self) -> bool:
        """Nobody has read it yet, and it came once."""
        return self.repeats == 0 and self.next_try == self.at


def letter_of(vault: Vault, account_id: str, call: WebhookCall, at: datetime) -> Letter:
    """A call sealed. Headers are no part of its fingerprint: a gateway that repeats itself dates and signs anew."""
    query = sorted(call.query.items())
    said = [account_id, call.method, call.tail, json.dumps(query), call.body.decode("latin-1")]
    written = {
        "method": call.method,
        "query": dict(query),
        "headers": dict(call.headers),
        "body": base64.b64encode(call.body).decode(),
        "tail": call.tail,
    }
    return Letter(account_id, vault.mark("\n".join(["inbox", *said])), at, vault.seal(json.dumps(written)))


def call_of(vault: Vault, letter: KeptLetter) -> WebhookCall:
    """The call that a letter holds."""
    written = json.loads(vault.open(letter.sealed))
    return WebhookCall(**written | {"body": base64.b64decode(written["body"])})


def keep_letters(book: Book, letters: Sequence[Letter]) -> None:
    """Put calls into the book in one commit; they are on the disk when this returns.

    Raises:
        StoreError: E701, the disk or the server does not let us.
    """
    rows = [
        {
            "account_id": each.account_id,
            "fingerprint": each.fingerprint,
            "at": each.at,
            "next_try": each.at,
            "sealed": each.sealed,
        }
        for each in letters
    ]
    make = sqlite.insert if book.is_sqlite else postgresql.insert
    fresh = make(inbox)
    again = {"repeats": inbox.c.repeats + 1, "next_try": fresh.excluded.next_try, "sealed": fresh.excluded.sealed}
    with book.write() as connection:
        connection.execute(fresh.on_conflict_do_update(index_elements=["fingerprint"], set_=again), rows)


def waiting_letters(connection: sa.Connection, now: datetime, most: int) -> list[KeptLetter]:
    """Calls to be read now, in the order in which their turn comes."""
    columns = [inbox.c[name] for name in KeptLetter.__slots__]
    query = sa.select(*columns).where(inbox.c.next_try <= now).order_by(inbox.c.next_try, inbox.c.id).limit(most)
    return [KeptLetter(*row) for row in connection.execute(query)]


def put_away(connection: sa.Connection, ids: Sequence[int]) -> None:
    """These calls are read: what they said is erased, that they came stays known."""
    connection.execute(sa.update(inbox).where(inbox.c.id.in_(ids)).values(next_try=None, sealed=b""))


def put_back(connection: sa.Connection, again: Sequence[tuple[int, datetime]]) -> None:
    """These calls cannot be understood yet: each is read again at its moment."""
    if again:
        named = sa.update(inbox).where(inbox.c.id == sa.bindparam("letter")).values(next_try=sa.bindparam("moment"))
        connection.execute(named, [{"letter": each, "moment": moment} for each, moment in again])


def clear_letters(connection: sa.Connection, before: datetime) -> int:
    """Forget that calls came, of those read that came before a moment; a part of them where they are many."""
    oldest = sa.select(inbox.c.id, inbox.c.at, inbox.c.next_try).order_by(inbox.c.id).limit(_MOST_GONE).subquery()
    old = sa.select(oldest.c.id).where(oldest.c.next_try.is_(None), oldest.c.at < before)
    return connection.execute(sa.delete(inbox).where(inbox.c.id.in_(old))).rowcount


def next_letter(connection: sa.Connection) -> datetime | None:
    """When a call next wants to be read."""
    found: datetime | None = connection.scalar(sa.select(sa.func.min(inbox.c.next_try)))
    return found
