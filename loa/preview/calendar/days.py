"""What a day is: its lunar date, a holiday, a weekend day that is worked, and whether a running campaign forgot it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from loa.calendar import Holidays, holidays_of, is_working_day, solar_to_lunar
from loa.preview.calendar.entries import Entry
from loa.workspace import Workspace

RUNNING = timedelta(days=14)
"""A campaign runs on a day when it has something out in as many days before and in as many after."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    date: date
    lunar: str
    """``15/8``, with a ``n`` behind a leap month."""
    holiday: str
    """The name of the public holiday; empty on other days."""
    is_worked: bool
    """A day of the weekend that is worked instead of another one."""
    is_empty: bool
    """A working day of a running campaign on which nothing is planned."""


def days_of(workspace: Workspace, first: date, last: date, planned: Iterable[Entry], today: date) -> Iterator[Day]:
    """The days from ``first`` to ``last``; ``planned`` reaches ``RUNNING`` beyond both.

    Raises:
        ProblemsFound: the office's file of holidays cannot be read.
    """
    zone = workspace.zone
    running = _by_campaign(planned, zone)
    taken = {day for days in running.values() for day in days}
    years: dict[int, Holidays] = {}
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        if day.year not in years:
            years[day.year] = holidays_of(day.year, workspace.holidays_file, workspace.settings.holidays_file)
        known = years[day.year]
        is_free = day >= today and day not in taken and is_working_day(day, known)
        yield Day(
            date=day,
            lunar=lunar_words(day),
            holiday=known.get(day, ""),
            is_worked=day in known.working,
            is_empty=is_free and any(_runs_on(days, day) for days in running.values()),
        )


def lunar_words(day: date) -> str:
    """The lunar date: 15/8, 1/6n in a leap month."""
    number, month, is_leap = solar_to_lunar(day)
    return f"{number}/{month}{'n' if is_leap else ''}"


def _by_campaign(planned: Iterable[Entry], zone: tzinfo) -> dict[str, list[date]]:
    found: dict[str, set[date]] = {}
    for entry in planned:
        found.setdefault(entry.campaign_id, set()).add(entry.due.astimezone(zone).date())
    return {name: sorted(days) for name, days in found.items()}


def _runs_on(days: list[date], day: date) -> bool:
    """Whether ``days``, in order, have one before and one after ``day``, both near."""
    after = bisect_left(days, day)
    return 0 < after < len(days) and day - days[after - 1] <= RUNNING and days[after] - day <= RUNNING
