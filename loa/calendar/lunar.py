"""Vietnamese lunar dates. Chinese calendars are one day off in some years (Tết 2030): this is counted at UTC+7."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from loa.errors import LoaError

# Day and month of the holidays that a campaign may count from; the first two are lunar.
_LUNAR_HOLIDAYS = {"tet": (1, 1), "gio-to": (10, 3)}
_SOLAR_HOLIDAYS = {"tet-duong-lich": (1, 1), "30-4": (30, 4), "1-5": (1, 5), "quoc-khanh": (2, 9)}
NAMED_HOLIDAYS = (*_LUNAR_HOLIDAYS, *_SOLAR_HOLIDAYS)


def lunar_to_solar(day: int, month: int, lunar_year: int) -> date:
    """The solar day of a lunar one (of the regular month, where a year has a leap one).

    Raises:
        LoaError: E302, there is no such day; a lunar month has 29 or 30 days.
    """
    import lunar_vn  # noqa: PLC0415 - only campaigns with lunar dates pay for it

    try:
        solar: date = lunar_vn.lunar_to_solar(lunar_vn.LunarDate(day, month, lunar_year))
        back = lunar_vn.solar_to_lunar(solar)
    except ValueError as error:
        raise LoaError("E302", day=day, month=month, year=lunar_year) from error
    # The algorithm counts on into the next month without a word: only the way back shows it.
    if (back.day, back.month, back.year, back.leap) != (day, month, lunar_year, False):
        raise LoaError("E302", day=day, month=month, year=lunar_year)
    return solar


def holiday_on(name: str, year: int) -> date:
    """The day of a named holiday in ``year``.

    Raises:
        LoaError: E307, no holiday has this name.
    """
    if name in _LUNAR_HOLIDAYS:
        return lunar_to_solar(*_LUNAR_HOLIDAYS[name], year)
    if name in _SOLAR_HOLIDAYS:
        day, month = _SOLAR_HOLIDAYS[name]
        return date(year, month, day)
    raise LoaError("E307", name=name)


@lru_cache(maxsize=2048)
def solar_to_lunar(day: date) -> tuple[int, int, bool]:
    """Day and month of the lunar calendar, and whether the month is a leap one.

    Raises:
        LoaError: E302, a day outside the years that the calendar knows.
    """
    import lunar_vn  # noqa: PLC0415 - only who shows lunar dates pays for it

    try:
        lunar = lunar_vn.solar_to_lunar(day)
    except ValueError as error:
        raise LoaError("E302", day=day.day, month=day.month, year=day.year) from error
    return lunar.day, lunar.month, lunar.leap
