"""The days of a report, and how an office calls them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_ROMAN = ("I", "II", "III", "IV")
_QUARTER, _HALF, _YEAR = 3, 6, 12
_ZERO_BEFORE = 2


def on_paper(day: date) -> str:
    """A day as official papers write it: 01/4/2025 and 05/02/2025; only January and February have a zero before."""
    month = f"{day.month:02}" if day.month <= _ZERO_BEFORE else f"{day.month}"
    return f"{day.day:02}/{month}/{day.year}"


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
        return f"từ ngày {on_paper(self.first)} đến ngày {on_paper(self.last)}"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def _whole_months(self) -> int:
        """How many months of one year it is, first to last day; 0 where it is not just that."""
        after = self.last + timedelta(days=1)
        if self.first.day != 1 or after.day != 1:
            return 0
        months = 12 * (after.year - self.first.year) + after.month - self.first.month
        return months if self.last.year == self.first.year else 0
