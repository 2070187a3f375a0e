"""Events of campaigns as the other rooms ask for them: whom a meeting belongs to, and what an event counts for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from loa.campaign.event import Event, Meeting
from loa.campaign.model import Campaign, Item, When


def event_of(campaign: Campaign, event_id: str) -> Event | None:
    """The event of this id."""
    return next((event for event in campaign.events if event.id == event_id), None)


def meetings_of(campaign: Campaign, when: When) -> tuple[Meeting, ...]:
    """The meetings for which something goes out; none where it counts from no event."""
    event = event_of(campaign, when.event) if when.event else None
    if event is None:
        return ()
    return tuple(each for each in event.meetings if not when.meetings or each.name in when.meetings)


def nominal_day(when: When, meeting: Meeting) -> date:
    """The day that ``when.days`` leads to: before a meeting counted from its first day, afterwards from its last."""
    return (meeting.last if when.days > 0 else meeting.date) + timedelta(days=when.days)


def named_units(campaign: Campaign, item: Item) -> tuple[str, ...]:
    """The codes of the units that send ``item``: its own, else those of its meetings, else those of the campaign."""
    meeting_units = tuple(each.unit for each in meetings_of(campaign, item.when))
    return tuple(dict.fromkeys(item.units or meeting_units or campaign.units))


def slot_name(event_id: str, meeting: Meeting) -> str:
    """What names a meeting in the key of a slot: ``<event>.<meeting>``."""
    return f"{event_id}.{meeting.name}"


def meeting_of(campaign: Campaign, named: str) -> tuple[Event, Meeting] | None:
    """The meeting that a slot is for, as ``slot_name`` wrote it."""
    event_id, _, name = named.partition(".")
    event = event_of(campaign, event_id)
    meeting = next((each for each in event.meetings if each.name == name), None) if event else None
    return (event, meeting) if event and meeting else None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting with the event and campaign that it belongs to."""

    campaign: Campaign
    event: Event
    meeting: Meeting

    @property
    def target(self) -> str:
        """What an entry of the log names the meeting: ``<campaign>/<event>/<meeting>``."""
        return f"{self.campaign.id}/{self.event.id}/{self.meeting.name}"

    @property
    def title(self) -> str:
        """The event, and what the meeting is among its others where it has a name of its own."""
        return f"{self.event.title}: {self.meeting.title}" if self.meeting.title else self.event.title


def appointments(campaigns: Iterable[Campaign]) -> tuple[Appointment, ...]:
    """Every meeting of every event, by day and hour."""
    found = (
        Appointment(campaign, event, meeting)
        for campaign in campaigns
        for event in campaign.events
        for meeting in event.meetings
    )
    return tuple(sorted(found, key=lambda each: (each.meeting.date, each.meeting.at or time(), each.target)))
