"""What a report is made of, whatever file it is written into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Place = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph; with a dash before it where it is one of a list."""

    text: str
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines for what somebody writes by hand or types later."""

    lines: int = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the room that is left, and where its words stand."""

    heading: str
    share: float = 1
    place: Place = "left"
    millimetres: float = 0
    """A breadth of its own, for what must not be broken: numbers, days, amounts."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``rows`` are texts as people read them; the last one is a sum where ``has_sum``."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    has_sum: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it shows in words."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of a section."""

    title: str
    blocks: tuple[Block, ...]


Block = Words | Blank | Grid | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A section with a Roman number: blocks of its own, then its parts."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()


def numbered(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows behind their running numbers."""
    return tuple((str(number), *row) for number, row in enumerate(rows, start=1))


TT = Column("TT", place="centre", millimetres=11)


def day_column(heading: str = "Ngày") -> Column:
    """A column of days."""
    return Column(heading, place="centre", millimetres=25)


def count_column(heading: str, millimetres: float = 18) -> Column:
    """A column of numbers."""
    return Column(heading, place="right", millimetres=millimetres)
