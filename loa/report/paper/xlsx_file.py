"""The report as a workbook: every number with what it was counted from, sums as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FILE = "bao-cao.xlsx"
_HEAD = PatternFill("solid", fgColor="E8E8E4")
_NUMBER, _DAY, _PERCENT = "#,##0", "DD/MM/YYYY", "0%"
_DECIMAL = "#,##0.##"
_LONG, _WRAPPED = 40, Alignment(vertical="top", wrap_text=True)
_MOST_LINKS = 60_000
"""Excel takes 65,530 links a sheet and calls a file with more of them damaged; further addresses stay text."""


class Formula(str):
    """A text that a spreadsheet is to calculate; any other text stays text, whatever it begins with."""

    __slots__ = ()


Value = str | int | float | Decimal | date | None


def add_sheet(
    book: Workbook,
    name: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Value]],
    *,
    sums: Sequence[int] = (),
    percents: Sequence[int] = (),
) -> Any:
    """A sheet with a frozen head and a filter; ``columns``: (heading, width in characters).

    ``sums`` and ``percents`` are numbers of columns from 0: under the first a sum is written, the others are shares.
    """
    sheet = book.create_sheet(name)
    sheet.append([heading for heading, _ in columns])
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number)
        head.font, head.fill = Font(bold=True), _HEAD
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.freeze_panes = "A2"
    last = 1
    for last, row in enumerate(rows, start=2):
        for number, value in enumerate(row, start=1):
            _put(sheet.cell(last, number), value, is_share=number - 1 in percents)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    if sums and last > 1:
        _sum(sheet, last, sums)
    return sheet


def _sum(sheet: Any, last: int, columns: Sequence[int]) -> None:
    sheet.cell(last + 1, 1, "Tổng cộng").font = Font(bold=True)
    for number in columns:
        letter = get_column_letter(number + 1)
        cell = sheet.cell(last + 1, number + 1, f"=SUM({letter}2:{letter}{last})")
        cell.font, cell.number_format = Font(bold=True), _NUMBER


def _put(cell: Any, value: Value, *, is_share: bool) -> None:
    if isinstance(value, Formula):
        cell.value, cell.number_format = str(value), _PERCENT if is_share else _NUMBER
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        if len(value) > _LONG:
            cell.alignment = _WRAPPED
        if value.startswith(("https://", "http://")) and cell.row <= _MOST_LINKS:
            cell.hyperlink = value
            cell.style = "Hyperlink"
    elif isinstance(value, datetime | date):
        cell.value, cell.number_format = value, _DAY
    elif value is not None:
        cell.value = value
        cell.number_format = _PERCENT if is_share else _NUMBER if value == int(value) else _DECIMAL


def save(book: Workbook, path: Path) -> None:
    """Write the workbook to ``path``."""
    del book["Sheet"]
    book.save(str(path))
