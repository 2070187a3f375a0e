"""A text → its tree and every problem of its YAML, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from loa.errors import Problem
from loa.reader.lines import Lines
from loa.reader.nodes import Node
from loa.reader.parse import FAST_LOADER, Parsed, parse
from loa.reader.suspects import odd_indents, suspects
from loa.reader.syntax import diagnose

_MAX_ROUNDS = 25


@dataclass(slots=True)
class Document:
    """``root`` is None when the text could not be read to its end; then the schema has nothing to judge."""

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)


def read_document(text: str, lines: Lines, loader: Any = FAST_LOADER) -> Document:
    """Read ``text``; mend a bad line in memory only, note it, and go on to find the next one."""
    rows = Lines(text, lines.shown).all
    document = Document()
    trusted = True
    for _ in range(_MAX_ROUNDS):
        parsed = parse("\n".join(rows), lines, loader)
        if _straighten(rows, parsed, lines, document):
            continue
        if parsed.error is None:
            document.problems += parsed.problems
            document.problems += suspects(lines, parsed.scalars, len(rows))
            document.root = parsed.root if trusted and parsed.trusted else None
            break
        trusted = False
        if not _go_on(parsed, rows, lines, document):
            break
    document.problems = _in_order(document.problems)
    return document


def _straighten(rows: list[str], parsed: Parsed, lines: Lines, document: Document) -> bool:
    """Note and mend indentation by tabs and other odd spaces. True when there was any."""
    until = len(rows)
    if parsed.error is not None and parsed.error.problem_mark is not None:
        until = parsed.error.problem_mark.line
    odd = odd_indents(rows, parsed.scalars, until)
    for line, width in odd:
        document.problems.append(lines.problem("E110", lines.place(line, 0, width)))
        rows[line] = " " * width + rows[line][width:]
    return bool(odd)


def _go_on(parsed: Parsed, rows: list[str], lines: Lines, document: Document) -> bool:
    """Note what stopped the reader. True when the line was mended and reading may go on."""
    if parsed.error is None:
        return False
    found = diagnose(parsed.error, rows, lines, parsed.scalars[-1] if parsed.scalars else None)
    guessed = found.problem.code == "E117" and any(problem.code == "E110" for problem in document.problems)
    if not guessed:  # a tab that was mended to one space may well not line up: that says nothing new
        document.problems.append(found.problem)
    if found.mended is None or rows[found.line] == found.mended:
        document.problems += parsed.problems
        return False
    rows[found.line] = found.mended
    return True


def _in_order(problems: list[Problem]) -> list[Problem]:
    """By place, each place once."""
    unique = {(p.place.line, p.place.column, p.code): p for p in reversed(problems) if p.place is not None}
    return [unique[key] for key in sorted(unique)]
