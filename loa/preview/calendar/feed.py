"""The calendar's answer to a browser: the entries and days of a span, small and ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from starlette.requests import Request

from loa.delivery import State
from loa.dispatch.words import state_name, tone
from loa.messages import Lang
from loa.preview.calendar.days import RUNNING, days_of
from loa.preview.calendar.entries import Entry, entries, not_in_book, tally
from loa.preview.calendar.filters import Filter
from loa.preview.calendar.plans import Plans, Shelf
from loa.preview.room import Room, room_of

_shelf = Shelf()
_MOST_STATES = 3


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both shown."""

    first: date
    last: date


def plans_of(request: Request) -> Plans:
    """What the campaigns' files say now."""
    return _shelf.plans(room_of(request).desk.workspace)


def entries_of(room: Room, plans: Plans, span: Span, wanted: Filter, lang: Lang) -> tuple[Entry, ...]:
    """Everything that is due in a span of days."""
    start, end = (datetime.combine(day, time(), room.zone) for day in (span.first, span.last + timedelta(days=1)))
    views = room.shown(lang).views
    slots = (slot for slot in _shelf.slots(plans, start, end) if room.shows(slot.campaign_id))
    ahead = not_in_book(slots, views, room.desk.clock.now())
    return entries((view for view in views if start <= view.due < end), ahead, plans, wanted)


def answer(room: Room, plans: Plans, span: Span, wanted: Filter, lang: Lang, *, may_move: bool) -> dict[str, Any]:
    """What ``/calendar/slots`` says of a span."""
    now = room.desk.clock.now()
    shown = entries_of(room, plans, span, wanted, lang)
    wide = Span(span.first - RUNNING, span.last + RUNNING)
    anyhow = Filter(wanted.campaign, wanted.unit, wanted.audience, wanted.channel)
    days = days_of(
        plans.workspace,
        span.first,
        span.last,
        entries_of(room, plans, wide, anyhow, lang),
        now.astimezone(room.zone).date(),
    )
    return {
        "digests": plans.digests,
        "today": now.astimezone(room.zone).date().isoformat(),
        "entries": [_entry(each, room, lang, can_move=may_move and each.can_move(now)) for each in shown],
        "days": {
            each.date.isoformat(): [each.lunar, each.holiday, int(each.is_worked), int(each.is_empty)] for each in days
        },
    }


def _entry(entry: Entry, room: Room, lang: Lang, *, can_move: bool) -> dict[str, Any]:
    local = entry.due.astimezone(room.zone)
    return {
        "id": entry.id,
        "start": f"{local:%Y-%m-%dT%H:%M}",
        "title": entry.title,
        "channels": entry.channels,
        "units": units_words(entry, lang),
        "state": states_words(entry, lang),
        "tone": tone(entry.state),
        "picture": entry.picture,
        "delivery": entry.delivery,
        "move": int(can_move),
    }


def units_words(entry: Entry, lang: Lang) -> str:
    """The name of the unit, or how many there are."""
    if len(entry.units) == 1:
        return next(iter(entry.units.values()))
    return f"{len(entry.units)} units" if lang == "en" else f"{len(entry.units)} đơn vị"


def states_words(entry: Entry, lang: Lang) -> str:
    """Where it stands; with more than one state, how many deliveries stand where."""
    if not entry.delivery and set(entry.states) == {State.PLANNED}:
        return "not in the book yet" if lang == "en" else "chưa vào sổ"
    counted = tally(entry.states)
    if len(counted) == 1:
        return state_name(counted[0][0], lang)
    return ", ".join(f"{count} {state_name(state, lang)}" for state, count in islice(counted, _MOST_STATES))
