"""What YAML reads in silence although nobody meant it: odd indentation, lost hashtags, curly quotes, glued lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loa.errors import Problem
from loa.reader.lines import Lines
from loa.reader.nodes import Node
from loa.text import UNPRINTABLE

_INDENT = re.compile(r"^[\s\u200b]+")
_SHARP = re.compile(r"(?:(?<=[ \t])|^)#")
_ONLY_HASHTAGS = re.compile(r"^\s*(?:#[^\s#:=]+\s*)+$")
_OPENING = "“”„‟‘’‚‛«＂＇"
_CURLY = re.compile(f"[{_OPENING}]([^{_OPENING}»]*)[”“’‘»＂＇]")


def odd_indents(rows: Sequence[str], scalars: Sequence[Node], until: int) -> list[tuple[int, int]]:
    """Line and width of each indentation that is not made of spaces, outside quoted and block text."""
    inside = _inner_lines(scalars)
    return [
        (number, len(indent[0]))
        for number, row in enumerate(rows[: until + 1])
        if number not in inside and row.strip() and (indent := _INDENT.match(row)) and set(indent[0]) != {" "}
    ]


def lost_hashtag(row: str, *, covered: Sequence[tuple[int, int]] = ()) -> int | None:
    """The column of a ``#hashtag`` that YAML takes for a comment; ``covered`` are the columns of quoted text."""
    for found in _SHARP.finditer(row):
        column = found.start()
        if any(start <= column < end for start, end in covered):
            continue
        if not row[:column].strip() or row[column + 1 : column + 2] in ("", " ", "\t", "#", "!"):
            return None  # a comment, and all after it
        return column
    return None


def suspects(lines: Lines, scalars: Sequence[Node], count: int) -> Iterator[Problem]:
    """Everything suspicious in the first ``count`` lines, which are YAML and could be read."""
    yield from _hashtags(lines, scalars, count)
    for node in scalars:
        if node.style == '"' and (sign := UNPRINTABLE.search(str(node.value))):  # written as an escape: \u202e
            yield lines.problem("E105", lines.place(node.line, node.column), sign=f"U+{ord(sign[0][0]):04X}")
        if node.style or not isinstance(node.value, str):
            continue
        if _CURLY.fullmatch(node.value):
            yield lines.problem("E111", lines.place(node.line, node.column, len(node.value)), text=node.value[1:-1])
        yield from _glued(lines, node)


def is_curly(text: str) -> bool:
    """Whether curly quotes stand around the whole of ``text``."""
    return _CURLY.fullmatch(text.strip()) is not None


def _hashtags(lines: Lines, scalars: Sequence[Node], count: int) -> Iterator[Problem]:
    inside, covered = _inner_lines(scalars), _covered(scalars)
    for number, row in enumerate(lines.all[:count]):
        if "#" not in row or number in inside:
            continue
        column = lost_hashtag(row, covered=covered.get(number, ()))
        if column is None and _drops_hashtags(lines, number):
            column = row.index("#")
        if column is not None:
            word = row[column:].split()[0]
            yield lines.problem("E112", lines.place(number, column, len(word)), text=word)


def _drops_hashtags(lines: Lines, number: int) -> bool:
    """A line of hashtags only, indented deeper than the text above it, as if it went on."""
    row, above = lines.at(number), lines.at(number - 1)
    deeper = _width(row) > _width(above) and above.strip() != "" and not above.lstrip().startswith("#")
    return deeper and _ONLY_HASHTAGS.match(row) is not None and not above.rstrip().endswith(":")


def _glued(lines: Lines, node: Node) -> Iterator[Problem]:
    for number in range(node.line + 1, node.end_line + 1):
        row = lines.at(number)
        if row.lstrip().startswith("- "):
            yield lines.problem("E117", lines.rest(number, _width(row)))


def _width(row: str) -> int:
    return len(row) - len(row.lstrip())


def _inner_lines(scalars: Sequence[Node]) -> set[int]:
    """Lines that quoted or block text began before: their first signs are text."""
    return {
        number
        for node in scalars
        if node.style and node.end_line > node.line
        for number in range(node.line + 1, node.end_line + 1)
    }


def _covered(scalars: Sequence[Node]) -> dict[int, list[tuple[int, int]]]:
    covered: dict[int, list[tuple[int, int]]] = {}
    for node in scalars:
        if node.style in ("'", '"'):
            end = node.end_column if node.end_line == node.line else 1 << 30
            covered.setdefault(node.line, []).append((node.column, end))
    return covered
