"""A YAML document as strings, lists and mappings that know where they stand. Lines and columns count from 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loa.reader.fields import Blank

Loc = Sequence[str | int]
Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(slots=True, eq=False)
class Node:
    """One value. ``style``: empty for plain text, else the sign that opens it (quotes, ``|``, ``>``, brackets)."""

    value: str | list[Node] | dict[str, Entry]
    line: int
    column: int
    end_line: int
    end_column: int
    style: str = ""

    def plain(self) -> Plain:
        """The value without places, for the schema."""
        if isinstance(self.value, str):
            return self.value if self.value or self.style else Blank()
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return {key: entry.node.plain() for key, entry in self.value.items()}

    def child(self, step: str | int) -> Entry | None:
        """What ``step`` leads to; None where it leads nowhere."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return Entry(None, self.value[step])
        return None


class Entry(NamedTuple):
    """A value under its key; in a list there is no key."""

    key: Node | None
    node: Node


def find(root: Node, loc: Loc) -> Entry:
    """The entry at ``loc``. Steps that lead nowhere are passed over (the schema adds some), so the nearest is found."""
    return _walk(root, loc)[0]


def real_loc(root: Node, loc: Loc) -> tuple[str | int, ...]:
    """``loc`` without the steps that are not in the file."""
    return _walk(root, loc)[1]


def _walk(root: Node, loc: Loc) -> tuple[Entry, tuple[str | int, ...]]:
    entry = Entry(None, root)
    taken: list[str | int] = []
    for step in loc:
        child = entry.node.child(step)
        if child is not None:
            entry = child
            taken.append(step)
    return entry, tuple(taken)
