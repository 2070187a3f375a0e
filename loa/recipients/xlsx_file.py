"""The first sheet of an XLSX workbook as a stream of rows, within bounds that a file made to harm would break."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from loa.errors import LoaError
from loa.recipients.csv_file import Row
from loa.text import Phone, normalise

MOST_BYTES = 1 << 30
"""Unpacked: a million rows of two columns take about a tenth of it."""
MOST_SHARED = 1 << 28
"""The table of texts, the only part of a workbook that must be held in memory."""
MOST_RATIO = 200
"""How many times smaller a part may be packed; a sheet of numbers comes to 10 or 20."""
MOST_LOOKED_AT = 200
"""Rows of another sheet, to know whether it is a list as well."""
_SMALL = 1 << 20
_ANSWERS = (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError, EOFError)


def rows_of_xlsx(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that are not empty.

    Raises:
        LoaError: E717 it is no workbook, or a damaged one; E718 it is larger than any list; E739 other sheets have
            numbers, too, or the first one is hidden.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - 200 ms that only a workbook needs

    try:
        _look_over(path)
        workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            _only_one_list(path, workbook.worksheets)
            yield from _rows(workbook.worksheets[0])
        finally:
            workbook.close()
    except (IndexError, *_ANSWERS) as error:
        raise LoaError("E717", file=path.name) from error


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # a sheet that was coloured to its edge says that it has 16,384 columns
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(value is not None for value in values):
            yield number, [_written(value) for value in values]


def _only_one_list(path: Path, sheets: Sequence[Any]) -> None:
    """People of another sheet must not be missed silently, nor those of a sheet be written to that nobody sees."""
    others = [place for place, sheet in enumerate(sheets[1:], start=2) if _has_numbers(sheet)]
    if others or sheets[0].sheet_state != "visible":
        raise LoaError("E739", file=path.name, sheets=", ".join(map(str, others)) or "–")


def _has_numbers(sheet: Any) -> bool:
    first = islice(_rows(sheet), MOST_LOOKED_AT)
    return any(isinstance(normalise(cell), Phone) for _, cells in first for cell in cells)


def _look_over(path: Path) -> None:
    """Refuse what would fill the memory when unpacked. ``zipfile`` gives no more of a part than its size says."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    shared = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    swollen = any(part.file_size > max(_SMALL, part.compress_size * MOST_RATIO) for part in parts)
    if swollen or shared > MOST_SHARED or sum(part.file_size for part in parts) > MOST_BYTES:
        raise LoaError("E718", file=path.name)


def _written(value: object) -> str:
    """A cell as a person would have typed it: a number that stands for itself has no ".0" behind it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
