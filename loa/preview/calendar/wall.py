"""The month as a plan for the wall: weeks of seven days, each with all that goes out."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from loa.messages import Lang
from loa.preview.calendar.days import RUNNING, Day, days_of
from loa.preview.calendar.entries import Entry
from loa.preview.calendar.feed import Span, entries_of, units_words
from loa.preview.calendar.filters import Filter
from loa.preview.calendar.plans import Plans
from loa.preview.room import Room

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One entry on the wall."""

    entry: Entry
    at: str
    units: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day on the wall."""

    day: Day
    is_outside: bool
    """A day of the month before or after."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """A month in weeks from Monday to Sunday."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[Cell, ...], ...]
    channels: tuple[str, ...]
    """Those that are on it, for the legend."""


def month_of(text: str, today: date) -> date:
    """The first day of the month ``2027-10``; of this month where none is given."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def wall(room: Room, plans: Plans, first: date, wanted: Filter, lang: Lang) -> Wall:
    """The month that begins on ``first``."""
    end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    span = Span(first - timedelta(days=first.weekday()), end + timedelta(days=_WEEK - 1 - end.weekday()))
    found = entries_of(room, plans, span, wanted, lang)
    by_day: dict[date, list[Line]] = {}
    for entry in found:
        local = entry.due.astimezone(room.zone)
        by_day.setdefault(local.date(), []).append(Line(entry, f"{local:%H:%M}", units_words(entry, lang)))
    wide = entries_of(room, plans, Span(span.first - RUNNING, span.last + RUNNING), wanted, lang)
    today = room.desk.clock.now().astimezone(room.zone).date()
    cells = [
        Cell(day, day.date.month != first.month, tuple(by_day.get(day.date, ())))
        for day in days_of(plans.workspace, span.first, span.last, wide, today)
    ]
    weeks = tuple(tuple(cells[start : start + _WEEK]) for start in range(0, len(cells), _WEEK))
    channels = tuple(dict.fromkeys(channel for entry in found for channel in entry.channels))
    before = (first - timedelta(days=1)).replace(day=1)
    return Wall(first, before, end + timedelta(days=1), weeks, channels)
