"""What a message to many people costs, and when its last part leaves. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from loa.calendar import QuietWindow
from loa.rules.guards import closed_hours, is_closed, next_closing, released
from loa.rules.model import MessageClass

USUAL_PACE = Decimal(20)
"""Parts per second where nobody has said otherwise."""
_MOST_STRETCHES = 1_500
"""Open stretches of about a year: several in a day where the house rests at noon."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a sending runs: its first and last moment (local), and the days on which parts leave."""

    start: datetime
    finish: datetime
    days: tuple[date, ...]


def cost(parts: int, recipients: int, price: Decimal) -> Decimal:
    """The price of a message in whole VND: so many parts to so many people, ``price`` VND a part."""
    return (parts * recipients * price).quantize(Decimal(1), ROUND_HALF_UP)


def parts_per_second(settings: Mapping[str, str]) -> Decimal:
    """The pace that a gateway was agreed to take, from the settings of the account over those of the channel."""
    return positive(settings.get("parts_per_second", "")) or USUAL_PACE


def price_per_part(settings: Mapping[str, str]) -> Decimal | None:
    """VND a part, where the office has said it."""
    return positive(settings.get("price_per_part", ""))


def positive(written: str) -> Decimal | None:
    """A number above nothing, or None."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def finish_of(
    start: datetime, parts_total: int, pace: Decimal, message: MessageClass, quiet: Sequence[QuietWindow]
) -> datetime | None:
    """When the last part leaves; see ``course_of``."""
    course = course_of(start, parts_total, pace, message, quiet)
    return course.finish if course else None


def course_of(
    start: datetime, parts_total: int, pace: Decimal, message: MessageClass, quiet: Sequence[QuietWindow]
) -> Course | None:
    """How ``parts_total`` parts leave from ``start`` (local) on, ``pace`` a second, in open hours only.

    ``quiet`` are the hours of the house and of the channel. None where it would never end: no hour of the day is open,
    or it takes years.
    """
    windows = closed_hours(message, quiet)
    begin = at = released(start, windows)
    left = timedelta(seconds=float(parts_total / pace))
    days: tuple[date, ...] = ()
    for _ in range(_MOST_STRETCHES):
        if is_closed(at, windows):
            break
        closing = next_closing(at, windows)
        if closing is None or at + left <= closing:
            return Course(begin, at + left, _with_days(days, at, at + left))
        days = _with_days(days, at, closing)
        left -= closing - at
        at = released(closing, windows)
    return None


def _with_days(days: tuple[date, ...], start: datetime, end: datetime) -> tuple[date, ...]:
    """``days`` and those of one more open stretch; an end at midnight opens no new day."""
    last = max((end - timedelta(microseconds=1)).date(), start.date())
    more = [start.date() + timedelta(days=number) for number in range((last - start.date()).days + 1)]
    return tuple(dict.fromkeys((*days, *more)))
