"""Pairs of tokens in the book: sealed at rest, durable before they are used, refreshed by one holder at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from loa.clock import Clock
from loa.delivery import Kept, Standing, TokenPair
from loa.errors import StoreError
from loa.store import tables
from loa.store.book import Book
from loa.store.vault import Vault

LOCK_SECONDS = 90
"""Longer than any refresh can take: a call ends after 60 seconds."""
_MARKS: tuple[Standing, ...] = ("sure", "in_doubt", "lost")
_TIMES = ("since", "expires", "refresh_expires")


class BookTokens:
    """The keeper of one platform account's pair. ``key`` names the account among all platforms.

    A book on SQLite belongs to one machine: there a file of the operating system is the lock. A PostgreSQL serves
    several machines: there it is an advisory lock on a connection of its own. Either is free again when its holder
    dies.
    """

    def __init__(self, book: Book, vault: Vault, clock: Clock, key: str, locks: Path) -> None:
        self._book = book
        self._vault = vault
        self._clock = clock
        self._key = key
        self._locks = locks

    def read(self) -> Kept | None:
        token = tables.token
        with self._book.read() as connection:
            query = sa.select(token.c.sealed, token.c.in_doubt).where(token.c.account_id == self._key)
            found = connection.execute(query).one_or_none()
        return Kept(self._opened(found.sealed), _MARKS[found.in_doubt]) if found else None

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        with self._file_lock() if self._book.is_sqlite else self._advisory_lock():
            yield

    def begin_refresh(self) -> None:
        self._mark("in_doubt")

    def abandon_refresh(self) -> None:
        self._mark("sure")

    def give_up(self) -> None:
        self._mark("lost")

    def replace(self, pair: TokenPair) -> None:
        token = tables.token
        sealed, now = self._vault.seal(_written(pair)), self._clock.now()
        with self._book.write() as connection:
            connection.execute(sa.delete(token).where(token.c.account_id == self._key))
            connection.execute(sa.insert(token).values(account_id=self._key, sealed=sealed, in_doubt=0, changed_at=now))

    def _mark(self, standing: Standing) -> None:
        token = tables.token
        change = sa.update(token).where(token.c.account_id == self._key)
        with self._book.write() as connection:
            connection.execute(change.values(in_doubt=_MARKS.index(standing), changed_at=self._clock.now()))

    def _opened(self, sealed: bytes) -> TokenPair:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 40 ms, like the vault's own

        try:
            words = json.loads(self._vault.open(sealed))
        except InvalidTag as error:
            raise StoreError("E674") from error
        times = {name: datetime.fromisoformat(words[name]) for name in _TIMES}
        return TokenPair(access=words["access"], refresh=words["refresh"], **times)

    @contextmanager
    def _file_lock(self) -> Iterator[None]:
        self._locks.mkdir(parents=True, exist_ok=True)
        # A lock object for each holding: one object would let the threads of this process in together.
        lock = FileLock(self._locks / f"token-{_fingerprint(self._key).hex()}.lock")
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as error:
            raise StoreError("E670", detail=f"{LOCK_SECONDS} s") from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _advisory_lock(self) -> Iterator[None]:
        number = int.from_bytes(_fingerprint(self._key), signed=True)
        with self._book.apart() as connection:
            try:
                connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_SECONDS}s'")
                connection.execute(sa.select(sa.func.pg_advisory_lock(number)))
            except sa.exc.OperationalError as error:
                raise StoreError("E670", detail=f"{LOCK_SECONDS} s") from error
            yield


def _written(pair: TokenPair) -> str:
    times = {name: getattr(pair, name).isoformat() for name in _TIMES}
    return json.dumps({"access": pair.access, "refresh": pair.refresh, **times})


def _fingerprint(key: str) -> bytes:
    """Eight bytes: a file name anywhere, and a number of PostgreSQL's locks."""
    return hashlib.sha256(key.encode()).digest()[:8]
