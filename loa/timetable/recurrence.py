"""The nominal days of a ``when``: plain date arithmetic, no state, no clock.

APScheduler's triggers are left aside here: its calendar trigger skips short months in silence and knows neither
working days nor lunar dates.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from loa.campaign.model import Anchor, When
from loa.timetable.anchors import anchor_days, clipped
from loa.timetable.workdays import WorkingDays

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)
_MONTHS = 12


def nominal_days(
    when: When, anchors: Mapping[str, Anchor], working: WorkingDays, first: date, last: date
) -> Iterator[date]:
    """The days that the rule names from ``first`` to ``last``, in order, before any skip, move or shift."""
    first = max(first, when.start) if when.start else first
    last = min(last, when.end) if when.end else last
    if first > last:
        return iter(())
    if when.date is not None:
        days: Iterator[date] = iter((when.date,))
    elif when.anchor is not None:
        days = _from_anchor(when, anchors[when.anchor], first, last)
    elif when.every == "week":
        days = _weekly(when, first, last)
    elif when.every == "wave":
        days = _wave(when, first, last)
    else:
        days = _monthly(when, working, first, last)
    return (day for day in days if first <= day <= last)


def _from_anchor(when: When, anchor: Anchor, first: date, last: date) -> Iterator[date]:
    offset = timedelta(days=when.days)
    return (day + offset for day in anchor_days(anchor, first - offset, last - offset, when.short_month))


def _weekly(when: When, first: date, last: date) -> Iterator[date]:
    wanted = _WEEKDAYS.index(str(when.weekday))
    day = first + timedelta(days=(wanted - first.weekday()) % 7)
    while day <= last:
        yield day
        day += 7 * _DAY


def _wave(when: When, first: date, last: date) -> Iterator[date]:
    wanted = {_WEEKDAYS.index(name) for name in when.weekdays}
    for year, month in _months(first, last):
        if month == when.month:
            days = (date(year, month, number + 1) for number in range(calendar.monthrange(year, month)[1]))
            yield from (day for day in days if day.weekday() in wanted)


def _monthly(when: When, working: WorkingDays, first: date, last: date) -> Iterator[date]:
    for year, month in _months(first, last):
        day = _in_month(when, working, year, month)
        if day is not None:
            yield day


def _in_month(when: When, working: WorkingDays, year: int, month: int) -> date | None:
    if when.day is not None:
        return clipped(year, month, when.day, when.short_month)
    end = date(year, month, calendar.monthrange(year, month)[1])
    if when.last_working_day:
        return working.before(end)
    return _nth_weekday(_WEEKDAYS.index(str(when.weekday)), str(when.nth), end)


def _nth_weekday(wanted: int, nth: str, end: date) -> date | None:
    """The nth weekday of the month that ends on ``end``; a month without a fifth one has none."""
    if nth == "last":
        return end - timedelta(days=(end.weekday() - wanted) % 7)
    first = end.replace(day=1)
    day = first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (int(nth) - 1))
    return day if day <= end else None


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for number in range(first.year * _MONTHS + first.month - 1, last.year * _MONTHS + last.month):
        yield number // _MONTHS, number % _MONTHS + 1
