"""What horns must know again after a restart: uploads that a platform still digests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from loa.clock import Clock
from loa.store import tables
from loa.store.book import Book

_PREFIX = "memory/"


class BookMemory:
    """The memory of one account, in the book. What is past its time goes with the next thing that is written."""

    def __init__(self, book: Book, clock: Clock, account_id: str) -> None:
        self._book = book
        self._clock = clock
        self._prefix = f"{_PREFIX}{account_id}/"

    def read(self, name: str, now: datetime) -> Mapping[str, str] | None:
        """What was written under this name and is not past its time."""
        query = sa.select(tables.note.c.value).where(tables.note.c.name == self._prefix + name)
        with self._book.read() as connection:
            found = connection.scalar(query)
        kept = json.loads(found) if found else None
        return None if kept is None or _is_past(kept, now) else kept["words"]

    def write(self, name: str, words: Mapping[str, str], until: datetime) -> None:
        """Remember until a moment, in place of what was there."""
        value = json.dumps({"until": until.isoformat(), "words": dict(words)}, ensure_ascii=False, sort_keys=True)
        with self._book.write() as connection:
            self._forget(connection, {self._prefix + name, *self._past(connection)})
            connection.execute(sa.insert(tables.note).values(name=self._prefix + name, value=value))

    def forget(self, name: str) -> None:
        """Remember nothing under this name."""
        mine = sa.select(tables.note.c.name).where(tables.note.c.name == self._prefix + name)
        with self._book.read() as connection:
            known = connection.scalar(mine)
        if known:  # a look is cheap, a write waits for the disk
            with self._book.write() as connection:
                self._forget(connection, {known})

    def _past(self, connection: sa.Connection) -> list[str]:
        mine = sa.select(tables.note.c.name, tables.note.c.value)
        mine = mine.where(tables.note.c.name.startswith(self._prefix, autoescape=True))
        now = self._clock.now()
        return [name for name, value in connection.execute(mine) if _is_past(json.loads(value), now)]

    @staticmethod
    def _forget(connection: sa.Connection, names: set[str]) -> None:
        connection.execute(sa.delete(tables.note).where(tables.note.c.name.in_(names)))


def _is_past(kept: Mapping[str, str], now: datetime) -> bool:
    return datetime.fromisoformat(kept["until"]) <= now
