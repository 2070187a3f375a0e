"""The journal beside the book: what left, how it ended and who allowed it, line by line, never changed afterwards.

A book that is lost can be made anew from it without a second post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

_LINES = "loa_lines"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be written. ``before_wire``: nothing may leave before it is on the disk."""

    kind: str
    words: Mapping[str, Any]
    before_wire: bool = False


class Journal(Protocol):
    """Takes the lines of a transaction that has just been committed."""

    @property
    def folder(self) -> Path:
        """Where it lies."""
        ...

    def belongs_to(self, book_id: str) -> None:
        """From now on the lines are of this book."""
        ...

    def ready(self) -> None:
        """Write what an earlier failure left unwritten, before anything else is moved in the book.

        Raises:
            StoreError: E950, the journal still cannot be written.
        """
        ...

    def append(self, lines: Sequence[Line]) -> None:
        """Write ``lines``; durable on return where one of them is ``before_wire``.

        Raises:
            StoreError: E950, the journal cannot be written.
        """
        ...


def keep(connection: sa.Connection, line: Line) -> None:
    """Have a line written in the journal when this transaction is on the disk; nothing where it is undone."""
    connection.info.setdefault(_LINES, []).append(line)


def has_lines(connection: sa.Connection) -> bool:
    """Whether a transaction has gathered lines so far."""
    return bool(connection.info.get(_LINES))


def taken_from(connection: sa.Connection) -> list[Line]:
    """The lines that a transaction has gathered; they are forgotten by the connection."""
    found: list[Line] = connection.info.pop(_LINES, [])
    return found
