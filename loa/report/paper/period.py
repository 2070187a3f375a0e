"""The days of a report, and how an office calls them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loa.messages import short_date

_ROMAN = ("I", "II", "III", "IV")
_QUARTER, _HALF, _YEAR = 3, 6, 12


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    def name(self) -> str:
        """``tháng 5 năm 2025``, ``quý II năm 2025``, ``6 tháng đầu năm 2025``, ``năm 2025``; else both days."""
        months = self._whole_months()
        year, month = self.first.year, self.first.month
        if months == 1:
            return f"tháng {month} năm {year}"
        if months == _QUARTER and month % _QUARTER == 1:
            return f"quý {_ROMAN[month // _QUARTER]} năm {year}"
        if months == _HALF and month in (1, 1 + _HALF):
            return f"6 tháng {'đầu' if month == 1 else 'cuối'} năm {year}"
        if months == _YEAR and month == 1:
            return f"năm {year}"
        return self.days()

    def days(self) -> str:
        return f"từ ngày {short_date(self.first)} đến ngày {short_date(self.last)}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def _whole_months(self) -> int:
        """How many months of one year it is, first to last day; 0 where it is not just that."""
        after = self.last + timedelta(days=1)
        if self.first.day != 1 or after.day != 1:
            return 0
        months = 12 * (after.year - self.first.year) + after.month - self.first.month
        return months if self.last.year == self.first.year else 0
