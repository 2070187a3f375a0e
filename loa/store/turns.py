"""Turns: only one drain of an account at a time, over all machines, so that its order and its pace are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from loa.store.book import Book


@contextmanager
def turns(book: Book, accounts: Collection[str]) -> Iterator[frozenset[str]]:
    """Those of ``accounts`` whose turn it is ours to have until the block ends; others are being served elsewhere.

    On PostgreSQL these are locks of a session of their own: they go when the process or its connection does. One file
    has one scheduler, which serves an account at one place only.
    """
    if book.is_sqlite or not accounts:
        yield frozenset(accounts)
        return
    with book.apart() as connection:
        free = (account for account in accounts if connection.scalar(_asked(account)))
        yield frozenset(free)


def _asked(account_id: str) -> sa.Select[tuple[bool]]:
    number = int.from_bytes(hashlib.sha256(f"loa turn {account_id}".encode()).digest()[:8], signed=True)
    return sa.select(sa.func.pg_try_advisory_lock(sa.literal(number, sa.BigInteger)))
