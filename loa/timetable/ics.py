"""The timetable and the meetings of events as a calendar file that any calendar program opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from loa.campaign import LoadedCampaign
from loa.campaign.events import Appointment
from loa.clock import aware
from loa.timetable.slot import Slot
from loa.workspace import Workspace

_LENGTH = timedelta(minutes=15)  # a moment has no length, but calendars draw only what has one
_MEETING_LENGTH = timedelta(hours=1)  # of a meeting that does not say when it ends

Titles = Mapping[tuple[str, str], str]


def titles_of(loaded: Sequence[LoadedCampaign]) -> dict[tuple[str, str], str]:
    """``(campaign id, item id)`` → title of the item."""
    return {(one.campaign.id, item.id): item.title for one in loaded for item in one.campaign.items}


def to_ics(slots: Sequence[Slot], ws: Workspace, titles: Titles, meetings: Sequence[Appointment] = ()) -> bytes:
    """One event a slot and one a meeting, without alarms; the same slots and meetings give the same bytes."""
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
    for each in meetings:
        calendar.add_component(_meeting(each, ws))
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


def span_of(each: Appointment, ws: Workspace) -> tuple[date, date] | tuple[datetime, datetime]:
    """When a meeting begins and ends: moments in UTC, or days (the last not included) where it has no hour."""
    meeting = each.meeting
    if meeting.at is None:
        return meeting.date, meeting.last + timedelta(days=1)
    start = aware(datetime.combine(meeting.date, meeting.at, ws.zone))
    if meeting.until is not None:
        return start, aware(datetime.combine(meeting.last, meeting.until, ws.zone))
    length = _LENGTH if meeting.deadline else _MEETING_LENGTH
    return start, aware(datetime.combine(meeting.last, meeting.at, ws.zone)) + length


def _meeting(each: Appointment, ws: Workspace) -> object:
    from icalendar import Event  # noqa: PLC0415 - only an .ics file needs it, and it is slow to import

    start, end = span_of(each, ws)
    event = Event()
    # The same after a move: a calendar that takes the file in again moves the meeting and does not draw it twice.
    event.add("uid", f"{each.target}@loa")
    event.add("dtstamp", aware(datetime.combine(each.meeting.date, each.meeting.at or time(), ws.zone)))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"{each.title} – {ws.units.get(each.meeting.unit).name}")
    for name, words in (
        ("location", each.meeting.place),
        ("url", each.meeting.link),
        ("description", each.event.note),
    ):
        if words:
            event.add(name, words)
    event.add("categories", [each.campaign.id])
    return event
