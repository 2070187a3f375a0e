"""A CSV file of the staff as cells that know their line and column (the csv module tells only the line)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loa.errors import Place, Problem, ProblemsFound
from loa.text import UNPRINTABLE

_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one cell and where it stands."""

    text: str
    place: Place


Row = dict[str, Cell]


def read_table(
    path: Path, shown: str, columns: tuple[str, ...], required: tuple[str, ...], others: re.Pattern[str] | None = None
) -> list[Row]:
    """The rows of a CSV file whose first line names its columns; comma or semicolon between cells.

    Columns besides ``columns`` are taken where ``others`` matches their whole name.

    Raises:
        ProblemsFound: the file cannot be read, its header is wrong or a row has too many cells (all at once).
    """
    lines = list(enumerate(_text(path, shown).splitlines(), start=1))
    filled = [(number, line) for number, line in lines if line.strip()]
    if not filled:
        raise ProblemsFound([Problem("E209", {"file": shown}, Place(shown, 1, 1))])
    separator = ";" if ";" in filled[0][1] and "," not in filled[0][1] else ","
    header = _cells(filled[0], separator, shown)
    problems = _header_problems(header, columns, required, others)
    if problems:
        raise ProblemsFound(problems)
    rows = [_cells(line, separator, shown) for line in filled[1:]]
    problems = [problem for row in rows for problem in _row_problems(row, len(header))]
    if problems:
        raise ProblemsFound(problems)
    names = [cell.text for cell in header]
    return [dict(zip(names, row, strict=False)) for row in rows]


def _text(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ProblemsFound([Problem("E207", {"file": shown})]) from error
    if len(raw) > _MAX_BYTES:
        raise ProblemsFound([Problem("E208", {"file": shown, "limit": str(_MAX_BYTES // 1_000_000)})])
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ProblemsFound([Problem("E206", {"file": shown}, Place(shown, line, 1))]) from error


def _header_problems(
    header: list[Cell], columns: tuple[str, ...], required: tuple[str, ...], others: re.Pattern[str] | None
) -> list[Problem]:
    names = [cell.text for cell in header]
    problems = [
        Problem("E210", {"column": cell.text}, cell.place, accepted=columns)
        for position, cell in enumerate(header)
        if cell.text in names[:position] or not (cell.text in columns or (others and others.fullmatch(cell.text)))
    ]
    missing = [name for name in required if name not in names]
    problems += [Problem("E212", {"column": name}, header[0].place, accepted=columns) for name in missing]
    return problems


def _row_problems(row: list[Cell], width: int) -> list[Problem]:
    # An odd number of quotes: a cell that goes on in the next line, or a quote that nobody closed.
    wrong = row[width:] or [cell for cell in row if cell.text.count('"') % 2]
    if wrong:
        return [Problem("E211", {"count": str(width)}, wrong[0].place)]
    found = ((cell, UNPRINTABLE.search(cell.text)) for cell in row)
    return [Problem("E105", {"sign": f"U+{ord(sign[0][0]):04X}"}, cell.place) for cell, sign in found if sign]


def _cells(numbered: tuple[int, str], separator: str, shown: str) -> list[Cell]:
    number, line = numbered
    return [
        Cell(text, Place(shown, number, start + 1, max(1, len(text)), line)) for start, text in _split(line, separator)
    ]


def _split(line: str, separator: str) -> Iterator[tuple[int, str]]:
    """``(start, text)`` of each cell; a cell in double quotes may hold the separator and doubled quotes."""
    start = 0
    while start <= len(line):
        end = _cell_end(line, start, separator)
        raw = line[start:end]
        lead = len(raw) - len(raw.lstrip())
        yield start + lead, _unquoted(raw.strip())
        start = end + 1


def _cell_end(line: str, start: int, separator: str) -> int:
    quoted = False
    for position in range(start, len(line)):
        if line[position] == '"':
            quoted = not quoted
        elif line[position] == separator and not quoted:
            return position
    return len(line)


def _unquoted(text: str) -> str:
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"').strip()
    return text
