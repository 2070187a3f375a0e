"""The names that ``{{ … }}`` may use, and their values for one item of one unit on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from loa.campaign.event import Event, Meeting
from loa.campaign.model import Campaign, Fact, Item
from loa.messages import Lang, long_date, number, short_date, span_of_days, time_of_day, weekday
from loa.workspace import Unit, Workspace

_OF_UNIT = ("code", "name", "hotline", "portal", "address")
EVENT_FIELDS = tuple(
    f"event.{name}"
    for name in (
        *("title", "meeting", "unit", "place", "link", "people"),
        *("date", "long_date", "dates", "weekday", "day", "month", "year", "at", "time", "clock"),
    )
)
"""What an item that counts from an event may say of the meeting."""
# A sign that stands directly behind its number; a word is set off by a space.
_SIGNS = ("%", "‰", "°")


def fields(
    ws: Workspace,
    campaign: Campaign,
    item: Item,
    unit: Unit,
    days_left: int,
    day: date,
    *,
    held: tuple[Event, Meeting] | None = None,
) -> dict[str, str]:
    """Every field that has a value. What a unit does not have (a hotline, a parent) is not among them."""
    lang: Lang = "en" if item.language == "en" else "vi"
    found = {
        **_unit_fields(ws, unit),
        **_frame(ws, campaign, lang),
        **_of_item(campaign, item),
        **(_of_meeting(ws, *held, lang) if held else {}),
        "slot.date": short_date(day, lang),
        "slot.long_date": long_date(day, lang),
        "slot.weekday": weekday(day, lang),
        "slot.year": str(day.year),
        "slot.month": str(day.month),
        "slot.day_left": str(days_left),
    }
    return {name: value for name, value in found.items() if value}


def known_names(possible: Mapping[str, str]) -> dict[str, str]:
    """``possible`` with the names that other units may have a value for."""
    of_units = [f"unit.{name}" for name in _OF_UNIT] + [f"unit.parent.{name}" for name in _OF_UNIT]
    return dict.fromkeys(of_units, "") | dict(possible)


def figure(fact: Fact, lang: Lang = "vi") -> str:
    """A fact as it is said: 50%, 12.500 hồ sơ."""
    written = number(fact.value, lang)
    if not fact.unit:
        return written
    return written + fact.unit if fact.unit.startswith(_SIGNS) else f"{written} {fact.unit}"


def _unit_fields(ws: Workspace, unit: Unit) -> dict[str, str]:
    found = {f"unit.{name}": getattr(unit, name) for name in _OF_UNIT}
    if unit.parent is not None and unit.parent in ws.units:
        parent = ws.units.get(unit.parent)
        found |= {f"unit.parent.{name}": getattr(parent, name) for name in _OF_UNIT}
    return found


def _frame(ws: Workspace, campaign: Campaign, lang: Lang) -> dict[str, str]:
    body = ws.settings.body
    return {
        "body.name": body.name,
        "body.short_name": body.short_name,
        "campaign.id": campaign.id,
        "campaign.title": campaign.title,
        "campaign.lead": campaign.lead,
        **_facts(campaign, lang),
    }


def _facts(campaign: Campaign, lang: Lang) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, fact in campaign.facts.items():
        found |= {
            f"fact.{name}": figure(fact, lang),
            f"fact.{name}.value": number(fact.value, lang),
            f"fact.{name}.unit": fact.unit,
            f"fact.{name}.label": fact.label,
            f"fact.{name}.date": fact.date,
            f"fact.{name}.source": fact.source,
        }
    return found


def _of_meeting(ws: Workspace, event: Event, meeting: Meeting, lang: Lang) -> dict[str, str]:
    first, last, end = meeting.date, meeting.last, meeting.until
    at = time_of_day(meeting.at, lang) if meeting.at else ""
    one_month = (first.year, first.month) == (last.year, last.month)
    return {
        "event.title": event.title,
        "event.meeting": meeting.title,
        "event.unit": ws.units.get(meeting.unit).name if meeting.unit in ws.units else "",
        "event.place": meeting.place,
        "event.link": meeting.link,
        "event.people": str(meeting.people or ""),
        "event.date": short_date(first, lang),
        "event.long_date": long_date(first, lang),
        "event.dates": span_of_days(first, last, lang),
        "event.weekday": " – ".join(dict.fromkeys((weekday(first, lang), weekday(last, lang)))),
        "event.day": f"{first.day}–{last.day}" if first != last and one_month else str(first.day),
        "event.month": str(first.month),
        "event.year": str(first.year),
        "event.at": at,
        "event.time": f"{at} – {time_of_day(end, lang)}" if end else at,
        "event.clock": _clock(meeting),
    }


def _clock(meeting: Meeting) -> str:
    """7h30, 14h: without marks, for messages whose signs cost money."""
    at = meeting.at
    return "" if at is None else f"{at.hour}h{at.minute:02}" if at.minute else f"{at.hour}h"


def _of_item(campaign: Campaign, item: Item) -> dict[str, str]:
    audience = next((audience for audience in campaign.audiences if audience.id == item.audience), None)
    found = {
        "item.id": item.id,
        "item.title": item.title,
        "item.lead": item.lead or campaign.lead,
        "theme.name": next((theme.name for theme in campaign.themes if theme.id == item.theme), ""),
        "phase.title": next((phase.title for phase in campaign.phases if phase.id == item.phase), ""),
    }
    if audience is not None:
        found["audience.name"] = audience.name
        found |= {f"audience.slogan.{n}": slogan for n, slogan in enumerate(audience.slogans, 1)}
        found["audience.slogan"] = audience.slogans[0] if audience.slogans else ""
    return found
