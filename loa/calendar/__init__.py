"""Public holidays and swap days, lunar dates, quiet hours."""

from loa.calendar.days import Holidays, holidays_of, is_working_day, override_problems
from loa.calendar.lunar import NAMED_HOLIDAYS, holiday_on, lunar_to_solar, solar_to_lunar
from loa.calendar.quiet import QuietWindow

__all__ = [
    "NAMED_HOLIDAYS",
    "Holidays",
    "QuietWindow",
    "holiday_on",
    "holidays_of",
    "is_working_day",
    "lunar_to_solar",
    "override_problems",
    "solar_to_lunar",
]
