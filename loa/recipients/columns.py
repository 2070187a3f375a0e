"""Which column has the numbers and which the unit, by what stands above them, or by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa.recipients.csv_file import Row
from loa.recipients.units import Units
from loa.text import Phone, nfc, normalise, slug

LOOKED_AT = 20
"""How many rows may stand above the table: the name of the office, a title, a date."""
_FEWEST_DIGITS = 7
"""Of anybody's number; a heading may have a year in it."""
_PHONE = {"so-dien-thoai", "so-dt", "sdt", "dien-thoai", "di-dong", "so-di-dong", "dt", "dtdd", "so-may"}
_PHONE |= {"dien-thoai-di-dong", "so-dien-thoai-di-dong", "phone", "phone-number", "mobile", "mobile-number"}
_PHONE |= {"mobile-phone", "tel", "telephone", "msisdn"}
_UNIT = {"don-vi", "ma-don-vi", "ten-don-vi", "xa", "xa-phuong", "phuong-xa", "ma-xa", "ten-xa", "phuong", "dia-ban"}
_UNIT |= {"unit", "unit-code", "commune", "ward"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where to look in each row. ``unit`` None: the file tells no unit. ``first``: how many of the rows to pass over.

    ``unread`` are the headings of the columns that nobody looks at.
    """

    phone: int
    unit: int | None
    first: int
    unread: tuple[str, ...]


def find_columns(rows: Sequence[Row], units: Units) -> Columns | None:
    """By the headings in the first rows, else by the first row that has a number; None where there is neither."""
    for position, (_, cells) in enumerate(rows):
        names = [slug(cell) for cell in cells]
        phone = [index for index, name in enumerate(names) if name in _PHONE]
        if phone and not any(map(_has_number, cells)):  # "Điện thoại: 0912…" stands in the head of a letter
            unit = next((index for index, name in enumerate(names) if name in _UNIT), None)
            unread = tuple(nfc(c.strip()) for i, c in enumerate(cells) if i not in (phone[0], unit) and c.strip())
            return Columns(phone[0], unit, position + 1, unread)
    return next((found for place, (_, cells) in enumerate(rows) if (found := _bare(place, cells, units))), None)


def _has_number(cell: str) -> bool:
    """Whether a cell holds what may be somebody's number: it must be told to nobody."""
    return sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS


def _bare(position: int, cells: Sequence[str], units: Units) -> Columns | None:
    """A table without headings: its columns have no names that could be told."""
    phone = next((index for index, cell in enumerate(cells) if isinstance(normalise(cell), Phone)), None)
    if phone is None:
        return None
    unit = next((index for index, cell in enumerate(cells) if cell.strip() and units.code_of(cell) is not None), None)
    unread = tuple(f"#{index + 1}" for index in range(len(cells)) if index not in (phone, unit))
    return Columns(phone, unit, position, unread)
