"""The days that items count from, as they fall between two days."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from loa.calendar import NAMED_HOLIDAYS, holiday_on, lunar_to_solar
from loa.campaign.model import Anchor
from loa.errors import LoaError

ShortMonth = Literal["last_day", "skip"]
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_LONGEST = 30
_MONTHS = 12


def anchor_days(anchor: Anchor, first: date, last: date, short_month: ShortMonth) -> Iterator[date]:
    """The days of ``anchor`` from ``first`` to ``last``, in order.

    Raises:
        LoaError: E310, what is written is no day of any year; E307, there is no holiday of this name.
    """
    check_anchor(anchor)
    if anchor.date is not None:
        days: Iterator[date | None] = iter((anchor.date,))
    else:
        in_year = _in_year(anchor, short_month)
        # A lunar year ends in the next solar one: the year before is asked too.
        days = (in_year(year) for year in range(first.year - 1, last.year + 1))
    return (day for day in days if day is not None and first <= day <= last)


def check_anchor(anchor: Anchor) -> None:
    """Nothing, where the anchor names a day.

    Raises:
        LoaError: E310 or E307, as above.
    """
    if anchor.holiday and anchor.holiday not in NAMED_HOLIDAYS:
        raise LoaError("E307", name=anchor.holiday)
    if anchor.yearly:
        day_and_month(anchor.yearly)
    if anchor.lunar:
        day_and_month(anchor.lunar, lunar=True)


def day_and_month(text: str, *, lunar: bool = False) -> tuple[int, int]:
    """``10/3`` as (10, 3).

    Raises:
        LoaError: E310, no year has such a day.
    """
    day, _, month = text.partition("/")
    number, in_month = int(day), int(month)
    known_month = 1 <= in_month <= _MONTHS
    if not known_month or not 1 <= number <= (_LUNAR_LONGEST if lunar else _LONGEST[in_month - 1]):
        raise LoaError("E310", value=text)
    return number, in_month


def clipped(year: int, month: int, day: int, short_month: ShortMonth) -> date | None:
    """This day of the month; in a month that lacks it the last day, or none."""
    longest = calendar.monthrange(year, month)[1]
    if day > longest and short_month == "skip":
        return None
    return date(year, month, min(day, longest))


def _in_year(anchor: Anchor, short_month: ShortMonth) -> Callable[[int], date | None]:
    if anchor.holiday:
        return lambda year: holiday_on(anchor.holiday, year)
    if anchor.yearly:
        day, month = day_and_month(anchor.yearly)
        return lambda year: clipped(year, month, day, short_month)
    day, month = day_and_month(anchor.lunar, lunar=True)
    return lambda year: _lunar(day, month, year, short_month)


def _lunar(day: int, month: int, year: int, short_month: ShortMonth) -> date | None:
    try:
        return lunar_to_solar(day, month, year)
    except LoaError:
        if day < _LUNAR_LONGEST:
            raise
        # A month of 29 days: giao thừa is on the 29th then.
        return lunar_to_solar(day - 1, month, year) if short_month == "last_day" else None
