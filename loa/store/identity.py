"""What tells a book from every other one that lies or has lain in its place."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store import tables

_NAME = "book"


def identity_of(connection: sa.Connection) -> str:
    """The name of a book among all others; empty for one about which no journal has told anything yet."""
    return connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == _NAME)) or ""


def make_identity(connection: sa.Connection) -> str:
    """The same; a book that has none gets one."""
    if known := identity_of(connection):
        return known
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(tables.note).values(name=_NAME, value=secrets.token_hex(6))
    connection.execute(new.on_conflict_do_nothing())  # another machine may give it its name in this very moment
    return identity_of(connection)


def put_identity(connection: sa.Connection, name: str) -> str:
    """Give a book a name: it goes on where another one ended."""
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == _NAME))
    connection.execute(sa.insert(tables.note).values(name=_NAME, value=name))
    return name
