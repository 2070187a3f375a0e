"""What tells a book from every other one that lies or has lain in its place."""

from __future__ import annotations

import secrets

import sqlalchemy as sa

from loa.store import tables

_NAME = "book"


def identity_of(connection: sa.Connection) -> str:
    """The name of a book among all others; empty for one about which no journal has told anything yet."""
    return connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == _NAME)) or ""


def make_identity(connection: sa.Connection) -> str:
    """The same; a book that has none gets one."""
    return identity_of(connection) or put_identity(connection, secrets.token_hex(6))


def put_identity(connection: sa.Connection, name: str) -> str:
    """Give a book a name: it goes on where another one ended."""
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == _NAME))
    connection.execute(sa.insert(tables.note).values(name=_NAME, value=name))
    return name
