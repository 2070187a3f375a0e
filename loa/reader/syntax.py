"""The YAML reader's complaint → what a person did, and the line as if it had been right, so that reading can go on.

A mended line keeps its length, so that every place after it stays true. It is never used as a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml

from loa.errors import Problem
from loa.reader.lines import Lines
from loa.reader.nodes import Node
from loa.reader.suspects import is_curly, lost_hashtag

# What stands before the value of a line: dashes, then perhaps a key.
_BEFORE = re.compile(r"""^\s*(?:-\s+)*(?:[^\s:#"'\[\]{}][^:#"]*?:\s+)?""")
_KEY_AND_COLON = re.compile(r"^\s*(?:-\s+)*[^\s:#\"'\[\]{}]+:(?=\s|$)")
_NO_SPACE = re.compile(r"^\s*(?:-\s+)*[\w-]+:(?=[^\s/:])")
# A bracket that opens stands where a value begins; one that closes may stand anywhere.
_BRACKET = re.compile(r"(?:(?<![^\s\[{,:-])(?=[\[{])|(?=[\]}]))(.)")


class Spot(NamedTuple):
    """Counted from 0."""

    line: int
    column: int


class Diagnosis(NamedTuple):
    """The problem, and the row to read instead (None when guessing further would only mislead)."""

    problem: Problem
    line: int = 0
    mended: str | None = None


class Case:
    """One complaint, and the text around it as it stands now (``rows``) and as the person wrote it (``lines``)."""

    def __init__(self, error: yaml.MarkedYAMLError, rows: list[str], lines: Lines, last: Node | None) -> None:
        self.says = " ".join(str(part) for part in (error.context, error.problem) if part)
        mark = error.problem_mark or error.context_mark
        self.at = Spot(mark.line, mark.column) if mark else Spot(0, 0)
        begin = error.context_mark
        self.begin = Spot(begin.line, begin.column) if begin else self.at
        self.rows, self.lines, self.last = rows, lines, last

    def row(self, line: int) -> str:
        return self.rows[line] if 0 <= line < len(self.rows) else ""

    def before_value(self, line: int) -> int:
        found = _BEFORE.match(self.row(line))
        return found.end() if found else 0

    def bad_value(self, code: str, line: int, **params: str) -> Diagnosis:
        """The whole value of ``line`` is the problem."""
        start = self.before_value(line)
        row = self.row(line)
        value = row[start:].rstrip()
        params.setdefault("fixed", quoted(value))
        problem = self.lines.problem(code, self.lines.place(line, start, len(value)), **params)
        return Diagnosis(problem, line, row[:start] + "x" * len(value))

    def bad_line(self, code: str, line: int, **params: str) -> Diagnosis:
        """The line cannot be understood at all; the rest is read without it."""
        row = self.row(line)
        place = self.lines.rest(line, len(row) - len(row.lstrip()))
        return Diagnosis(self.lines.problem(code, place, **params), line, " " * len(row))

    def only(self, code: str, spot: Spot, length: int = 1, **params: str) -> Diagnosis:
        place = self.lines.place(spot.line, spot.column, length)
        return Diagnosis(self.lines.problem(code, place, **params))


def diagnose(error: yaml.MarkedYAMLError, rows: list[str], lines: Lines, last: Node | None) -> Diagnosis:
    """What was done wrong. ``last`` is the last text that was read before the complaint."""
    case = Case(error, rows, lines, last)
    return _from_line(case) or _from_quotes(case) or _from_words(case)


def _from_line(case: Case) -> Diagnosis | None:
    """Mistakes that the line itself shows, whatever the reader stumbled on in the end."""
    for line in sorted({case.begin.line, case.at.line - 1, case.at.line} - {-1}):
        row = case.row(line)
        column = lost_hashtag(row, covered=_quoted_parts(row))
        if column is not None:
            word = row[column:].split()[0].rstrip("]},")
            found = case.only("E112", Spot(line, column), len(word), text=word)
            return found._replace(line=line, mended=row[:column] + "x" + row[column + 1 :])
    row = case.row(case.at.line)
    value = row[case.before_value(case.at.line) :]
    if is_curly(value):
        return case.bad_value("E111", case.at.line, text=value.strip()[1:-1])
    if value.startswith("{{"):
        return case.bad_value("E115", case.at.line)
    return None


def _from_quotes(case: Case) -> Diagnosis | None:
    """Quotes that do not close, or close too early."""
    last = case.last
    if "quoted scalar" in case.says and ("end of stream" in case.says or "document" in case.says):
        return case.bad_value("E116", case.begin.line)
    if "escape" in case.says:
        return case.bad_value("E119", case.begin.line) if case.begin.line == case.at.line else None
    if last is None or last.style not in ("'", '"') or last.end_line != case.at.line:
        return None
    if not case.row(last.end_line)[last.end_column : case.at.column].strip():
        code = "E116" if last.end_line > last.line else "E127"
        return case.bad_value(code, last.line)
    return None


def _from_words(case: Case) -> Diagnosis:
    for words, judge in _JUDGES:
        if any(word in case.says for word in words):
            return judge(case)
    return case.only("E129", case.at, detail=case.says)


def _bad_start(case: Case) -> Diagnosis:
    sign = case.row(case.begin.line)[case.begin.column : case.begin.column + 1]
    return case.bad_value("E114", case.begin.line, sign=sign)


def _open_bracket(case: Case) -> Diagnosis:
    """The last bracket that is open where the reader stopped: libyaml names the place after it, or the end."""
    open_now: list[tuple[Spot, str]] = []
    for line in range(min(case.at.line, len(case.rows) - 1) + 1):
        row = case.row(line)
        covered = _quoted_parts(row)
        until = case.at.column if line == case.at.line else len(row)
        for found in _BRACKET.finditer(row, 0, until):
            if any(start <= found.start(1) < end for start, end in covered):
                continue
            if found[1] in "[{":
                open_now.append((Spot(line, found.start(1)), found[1]))
            elif open_now:
                open_now.pop()
    if not open_now:
        return case.only("E129", case.at, detail=case.says)
    spot, opening = open_now[-1]
    return case.only("E128", spot, opening=opening)


def _bad_indent(case: Case) -> Diagnosis:
    return case.bad_line("E117", case.at.line)._replace(mended=None)


def _colon(case: Case) -> Diagnosis:
    """A colon where no key may stand: inside the value of its line, or because the line above is no entry."""
    line, row = case.at.line, case.row(case.at.line)
    first = _KEY_AND_COLON.match(row)
    if first is not None and first.end() <= case.at.column:
        found = case.bad_value("E113", line)
        colon = case.lines.place(line, case.at.column, 1)
        return found._replace(problem=Problem(found.problem.code, found.problem.params, colon))
    above = line - 1
    while above > 0 and not case.row(above).strip():
        above -= 1
    if _NO_SPACE.match(case.row(above)) or not _KEY_AND_COLON.match(case.row(above)):
        return case.bad_line("E118", above)
    return _bad_indent(case)


# The words of both readers (libyaml and PyYAML's own), the more telling first.
_JUDGES: tuple[tuple[tuple[str, ...], Callable[[Case], Diagnosis]], ...] = (
    (("mapping values",), _colon),
    (("could not find expected ':'",), lambda case: case.bad_line("E118", case.begin.line)),
    (("sequence entries",), lambda case: case.bad_value("E126", case.at.line)),
    (
        (
            "cannot start any token",
            "alphabetic or numeric",
            "scanning a block scalar",
            "scanning a tag",
            "scanning a directive",
            "parsing a tag",
            "undefined tag handle",
        ),
        _bad_start,
    ),
    (("flow",), _open_bracket),
    (("block mapping", "block collection", "block end"), _bad_indent),
)


def quoted(value: str) -> str:
    """``value`` as YAML takes it whole."""
    if '"' in value or "\\" in value:
        return "'" + value.strip("'").replace("'", "''") + "'"
    return f'"{value}"'


def _quoted_parts(row: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r'"[^"]*"|\'[^\']*\'', row)]
