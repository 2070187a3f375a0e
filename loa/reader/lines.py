"""The lines of one file, and places in it."""

from __future__ import annotations

import re
from functools import cached_property

from loa.errors import Place, Problem

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """A text cut into lines; numbers count from 0 here and from 1 in a ``Place``."""

    def __init__(self, text: str, shown: str) -> None:
        self.text = text
        self.shown = shown

    @cached_property
    def all(self) -> list[str]:
        """The lines, cut when a place is asked for: most files have nothing to tell."""
        return _BREAK.split(self.text)

    def at(self, line: int) -> str:
        return self.all[line] if 0 <= line < len(self.all) else ""

    def place(self, line: int, column: int, length: int = 1) -> Place:
        return Place(self.shown, line + 1, column + 1, max(1, length), self.at(line))

    def rest(self, line: int, column: int) -> Place:
        """From ``column`` to the end of what is written on the line."""
        return self.place(line, column, len(self.at(line).rstrip()) - column)

    def problem(self, code: str, place: Place, **params: str) -> Problem:
        return Problem(code, params, place)
