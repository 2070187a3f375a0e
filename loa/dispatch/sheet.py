"""Tables that people keep (CSV or XLSX) as rows by column, whatever their headings are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from loa.errors import LoaError, Place, Problem, ProblemsFound
from loa.recipients.csv_file import rows_of_csv
from loa.recipients.xlsx_file import rows_of_xlsx
from loa.text import nfc, slug

MOST_ROWS = 20_000
_LONGEST_CELL = 4_000
_HEADING_WITHIN = 10
"""Rows that may stand above the headings: the name of the office, a title."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that we use, the heading that we recommend, and others that people use (as slugs)."""

    name: str
    shown: str
    headings: tuple[str, ...] = ()
    required: bool = False

    @property
    def all_headings(self) -> tuple[str, ...]:
        """As slugs."""
        return (slug(self.name), slug(self.shown), *self.headings)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the file, and its cells by our names (what is empty is not there)."""

    number: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was read. ``unread``: headings of columns that nobody looks at."""

    file: str
    rows: tuple[SheetRow, ...]
    unread: tuple[str, ...]
    shown: Mapping[str, str]
    """The recommended heading of each column, by our name."""

    def wrong(self, row: SheetRow, column: str, known: str) -> Problem:
        """A cell that cannot be understood."""
        place = {"file": self.file, "row": str(row.number), "column": self.shown[column]}
        return Problem("E351", place | {"value": row.get(column), "known": known})


def read_sheet(path: Path, columns: Sequence[Column]) -> Sheet:
    """The rows of a CSV or XLSX file below the row that names the columns.

    Raises:
        LoaError: E350 a column is missing; E352 too many rows; E716, E717, E718, E723, E739 the file cannot be read.
        ProblemsFound: E101, there is no such file.
    """
    if not path.is_file():
        raise ProblemsFound([Problem("E101", {"reason": "ENOENT"}, Place(str(path)))])
    rows = _bounded(path)
    found: dict[int, str] | None = None
    unread: tuple[str, ...] = ()
    taken = []
    for number, cells in rows:
        if found is None:
            named = _named(cells, columns)
            if all(each.name in named.values() for each in columns if each.required):
                found = named
                unread = tuple(nfc(cell.strip()) for n, cell in enumerate(cells) if n not in named and cell.strip())
            elif number > _HEADING_WITHIN:
                break
            continue
        told = {found[n]: nfc(cell.strip())[:_LONGEST_CELL] for n, cell in enumerate(cells) if n in found}
        taken.append(SheetRow(number, {name: cell for name, cell in told.items() if cell}))
    if found is None:
        needed = next(each for each in columns if each.required)
        raise LoaError("E350", file=path.name, column=needed.shown, known=", ".join(each.shown for each in columns))
    shown = {each.name: each.shown for each in columns}
    return Sheet(path.name, tuple(each for each in taken if each.cells), unread, shown)


def day_in(written: str) -> date | None:
    """A day as people and spreadsheets write it: 2025-07-14, 14/7/2025, with or without a time behind it."""
    first = written.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0]
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(first, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def whole_in(written: str) -> int | None:
    """A whole number of nothing or more: 500, 20.000.000, 20 000 000."""
    digits = written.replace(".", "").replace(",", "").replace(" ", "").replace("\xa0", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= len("999999999999999") else None


def _bounded(path: Path) -> Iterator[tuple[int, list[str]]]:
    rows = rows_of_xlsx(path) if path.suffix.lower() == ".xlsx" else rows_of_csv(path)
    for count, row in enumerate(rows):
        if count > MOST_ROWS:
            raise LoaError("E352", file=path.name, most=MOST_ROWS)
        yield row


def _named(cells: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Which column stands where; the first of two that are called alike."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        heading = slug(cell)
        name = next((each.name for each in columns if heading in each.all_headings), None)
        if name is not None and name not in found.values():
            found[place] = name
    return found
