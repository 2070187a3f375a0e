"""The timetable as a calendar file that any calendar program opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from loa.campaign import LoadedCampaign
from loa.timetable.slot import Slot
from loa.workspace import Workspace

_LENGTH = timedelta(minutes=15)  # a moment has no length, but calendars draw only what has one

Titles = Mapping[tuple[str, str], str]


def titles_of(loaded: Sequence[LoadedCampaign]) -> dict[tuple[str, str], str]:
    """``(campaign id, item id)`` → title of the item."""
    return {(one.campaign.id, item.id): item.title for one in loaded for item in one.campaign.items}


def to_ics(slots: Sequence[Slot], ws: Workspace, titles: Titles) -> bytes:
    """One event a slot, without alarms; the same slots give the same bytes."""
    # The heartbeat and the pages build slots all day without ever writing a calendar file.
    from icalendar import Calendar  # noqa: PLC0415 - only an .ics file needs it, and it is slow to import

    body = ws.settings.body.short_name
    calendar = Calendar()
    calendar.add("prodid", "-//Loa//Lịch phát//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Lịch phát – {body}")
    calendar.add("x-wr-timezone", ws.settings.time_zone)
    for slot in slots:
        calendar.add_component(_event(slot, ws, titles))
    content: bytes = calendar.to_ical()
    return content


def _event(slot: Slot, ws: Workspace, titles: Titles) -> object:
    from icalendar import Event  # noqa: PLC0415 - only an .ics file needs it, and it is slow to import

    event = Event()
    event.add("uid", f"{slot.key}@loa")
    # The stamp of the slot, not of this run: an export that changes nothing must not look changed.
    event.add("dtstamp", slot.due)
    event.add("dtstart", slot.due)
    event.add("dtend", slot.due + _LENGTH)
    title = titles.get((slot.campaign_id, slot.item_id), slot.item_id)
    event.add("summary", f"{title} – {ws.units.get(slot.unit_code).name}")
    event.add("categories", [slot.campaign_id])
    event.add("transp", "TRANSPARENT")
    return event
