"""The first sheet of an XLSX workbook as a stream of rows, within bounds that a file made to harm would break."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from loa.errors import LoaError
from loa.recipients.csv_file import Row

MOST_BYTES = 1 << 30
"""Unpacked: a million rows of two columns take about a tenth of it."""
MOST_SHARED = 1 << 28
"""The table of texts, the only part of a workbook that must be held in memory."""
MOST_RATIO = 200
"""How many times smaller a part may be packed; a sheet of numbers comes to 10 or 20."""
_SMALL = 1 << 20
_ANSWERS = (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError, EOFError)


def rows_of_xlsx(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that are not empty.

    Raises:
        LoaError: E717 it is no workbook, or a damaged one; E718 it is larger than any list.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - 200 ms that only a workbook needs

    try:
        _look_over(path)
        workbook = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = workbook.worksheets[0]
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                if any(value is not None for value in values):
                    yield number, [_written(value) for value in values]
        finally:
            workbook.close()
    except (IndexError, *_ANSWERS) as error:
        raise LoaError("E717", file=path.name) from error


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
