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
_PHONE_AT_HEAD = ("so-dien-thoai-", "so-dt-", "sdt-", "dien-thoai-", "so-di-dong-", "dtdd-")
"""Of longer headings: “Số điện thoại liên hệ”, “SĐT (Zalo)”."""
_UNIT_AT_HEAD = ("xa-phuong-", "phuong-xa-", "ten-xa-", "don-vi-hanh-chinh")
_SOMEBODY_ELSE = {"ban", "co-dinh", "co-quan", "nha-rieng", "nguoi-than", "fax"}
"""The end of a heading of numbers to which no message can go, or not to this person."""


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
        phone = _phone_heading(cells)
        if phone is not None and not any(map(_has_number, cells)):  # "Điện thoại: 0912…" in the head of a letter
            unit = _unit_heading(cells)
            unread = tuple(nfc(c.strip()) for i, c in enumerate(cells) if i not in (phone, unit) and c.strip())
            return Columns(phone, unit, position + 1, unread)
    return next((found for place in range(len(rows)) if (found := _bare(place, rows, units))), None)


def _phone_heading(cells: Sequence[str]) -> int | None:
    """The column under a name of numbers, else under a longer heading that begins with one, in a row of several."""
    names = [slug(cell) for cell in cells]
    exact = next((index for index, name in enumerate(names) if name in _PHONE), None)
    if exact is not None or sum(map(bool, names)) == 1:
        return exact
    longer = (index for index, name in enumerate(names) if name.startswith(_PHONE_AT_HEAD))
    return next((index for index in longer if not names[index].endswith(tuple(_SOMEBODY_ELSE))), None)


def _unit_heading(cells: Sequence[str]) -> int | None:
    names = [slug(cell) for cell in cells]
    exact = next((index for index, name in enumerate(names) if name in _UNIT), None)
    longer = next((index for index, name in enumerate(names) if name.startswith(_UNIT_AT_HEAD)), None)
    return longer if exact is None else exact


def _has_number(cell: str) -> bool:
    """Whether a cell holds what may be somebody's number: it must be told to nobody."""
    return sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS


def _bare(position: int, rows: Sequence[Row], units: Units) -> Columns | None:
    """A table whose column of numbers has no known name. The row above may still name the column of units.

    Without that a list of one commune, its units misspelt, would be taken for people of every unit.
    """
    cells = rows[position][1]
    phone = next((index for index, cell in enumerate(cells) if isinstance(normalise(cell), Phone)), None)
    if phone is None:
        return None
    above = rows[position - 1][1] if position else []
    unit = _unit_heading(above)
    if unit is None:
        unit = next(
            (index for index, cell in enumerate(cells) if cell.strip() and units.code_of(cell) is not None), None
        )
    unread = tuple(_name_of(index, above) for index in range(len(cells)) if index not in (phone, unit))
    return Columns(phone, unit, position, unread)


def _name_of(index: int, above: Sequence[str]) -> str:
    """What stands above a column, unless it may be somebody's number; else its place."""
    heading = nfc(above[index].strip()) if index < len(above) else ""
    return heading if heading and not _has_number(heading) else f"#{index + 1}"
