"""Working days near a day; the calendar of a year is read once, and only when somebody asks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from loa.calendar import Holidays, holidays_of, is_working_day

_DAY = timedelta(days=1)
# Tết with its weekends is about ten days; a file that declares more than this is a mistake, not a holiday.
LONGEST_BREAK = timedelta(days=60)


class WorkingDays:
    """The working days as the public calendar and the office's own file tell them."""

    def __init__(self, override_file: Path | None = None, shown: str = "") -> None:
        self._file = override_file
        self._shown = shown
        self._years: dict[int, Holidays] = {}

    def is_working(self, day: date) -> bool:
        if day.year not in self._years:
            self._years[day.year] = holidays_of(day.year, self._file, self._shown)
        return is_working_day(day, self._years[day.year])

    def before(self, day: date) -> date:
        """The last working day up to ``day``, itself included."""
        return self._walk(day, -_DAY)

    def after(self, day: date) -> date:
        """The first working day from ``day`` on, itself included."""
        return self._walk(day, _DAY)

    def _walk(self, day: date, step: timedelta) -> date:
        here = day
        while not self.is_working(here) and abs(here - day) < LONGEST_BREAK:
            here += step
        return here
