"""Campaigns → slots of a window. Pure: the same files and window give the same slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loa.campaign import LoadedCampaign
from loa.campaign.event import Meeting
from loa.campaign.events import meetings_of, nominal_day, slot_name
from loa.campaign.members import members, names_its_own
from loa.campaign.model import Campaign, Item, When
from loa.clock import aware
from loa.timetable.recurrence import nominal_days
from loa.timetable.slot import Slot, in_order
from loa.timetable.workdays import LONGEST_BREAK, WorkingDays
from loa.workspace import Unit, Workspace

# A day may be shifted around a holiday, and a local day reaches into two days of UTC.
_MARGIN = LONGEST_BREAK + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One going out of an item, before the units: the nominal day, the moment, the days to its anchor or meeting."""

    nominal: date
    due: datetime
    days_left: int
    meeting: Meeting | None = None


def build(ws: Workspace, loaded: Sequence[LoadedCampaign], start: datetime, end: datetime) -> tuple[Slot, ...]:
    """The slots due from ``start`` until before ``end``, in order.

    Raises:
        ValueError: a moment without a zone.
        LoaError: an anchor that is no date (``problems`` tells its place).
        ProblemsFound: the file of holidays cannot be read.
    """
    window = (aware(start), aware(end))
    working = working_days(ws)
    return tuple(
        sorted(
            (
                slot
                for campaign in loaded
                for item in campaign.campaign.items
                for slot in item_slots(
                    ws, campaign.campaign, item, occurrences(ws, campaign.campaign, item, working, window)
                )
            ),
            key=in_order,
        )
    )


def working_days(ws: Workspace) -> WorkingDays:
    """The working days of this workspace."""
    return WorkingDays(ws.holidays_file, ws.settings.holidays_file)


def occurrences(
    ws: Workspace, campaign: Campaign, item: Item, working: WorkingDays, window: tuple[datetime, datetime]
) -> Iterator[Occurrence]:
    """When ``item`` goes out inside the window, whatever its units."""
    start, end = window
    if start >= end:
        return
    when = item.when
    for day, meeting in _named_days(campaign, when, working, start.date() - _MARGIN, end.date() + _MARGIN):
        due = due_of(ws, when, working, day)
        if start <= due < end:
            yield Occurrence(day, due, _days_left(when, day, due.astimezone(ws.zone).date()), meeting)


def _named_days(
    campaign: Campaign, when: When, working: WorkingDays, first: date, last: date
) -> list[tuple[date, Meeting | None]]:
    """The nominal days that are not skipped, in order; a day of two meetings is named twice."""
    if when.event is not None:
        found = [(nominal_day(when, each), each) for each in meetings_of(campaign, when)]
        return sorted((named for named in found if _is_wanted(when, named[0])), key=lambda named: named[0])
    days = set(rule_days(campaign, when, working, first, last)) - set(when.skip) - set(when.move)
    # A move may lead from anywhere into the window, so that moved days are judged one by one.
    days.update(day for day in when.move if day not in when.skip and is_rule_day(campaign, when, working, day))
    return [(day, None) for day in sorted(days)]


def _is_wanted(when: When, day: date) -> bool:
    return day not in when.skip and (when.start or day) <= day <= (when.end or day)


def rule_days(campaign: Campaign, when: When, working: WorkingDays, first: date, last: date) -> Iterator[date]:
    """The nominal days inside the campaign's period.

    What is said of a meeting may lie outside of it: the thanks for one on the campaign's last day.
    """
    if when.event is not None:
        return (day for each in meetings_of(campaign, when) if first <= (day := nominal_day(when, each)) <= last)
    ends = period_end(campaign)
    last = min(last, ends) if ends else last
    return nominal_days(when, campaign.anchors, working, max(first, campaign.start), last)


def is_rule_day(campaign: Campaign, when: When, working: WorkingDays, day: date) -> bool:
    """Whether the rule itself names this day."""
    return day in rule_days(campaign, when, working, day, day)


def period_end(campaign: Campaign) -> date | None:
    """The last day of the campaign; one that does not repeat and gives no end lasts a year."""
    if campaign.end is None and campaign.repeat == "once":
        return campaign.start + timedelta(days=365)
    return campaign.end


def due_of(ws: Workspace, when: When, working: WorkingDays, nominal: date) -> datetime:
    """The moment in UTC at which the occurrence of this nominal day goes out."""
    moved = when.move.get(nominal)
    if moved is not None:
        return aware(moved if moved.tzinfo else moved.replace(tzinfo=ws.zone))
    day = nominal
    if when.off_holidays == "before":
        day = working.before(nominal)
    elif when.off_holidays == "after":
        day = working.after(nominal)
    return aware(datetime.combine(day, when.at, tzinfo=ws.zone))


def sent_by(ws: Workspace, campaign: Campaign, item: Item, occurrence: Occurrence) -> frozenset[str]:
    """The codes of the units that one going out is for: the item's, else the meeting's, else the campaign's."""
    if occurrence.meeting is not None and not names_its_own(item):
        return frozenset((occurrence.meeting.unit,))
    return frozenset(members(ws.units, campaign, item))


def _units_on(ws: Workspace, codes: frozenset[str], day: date) -> tuple[Unit, ...]:
    """Those of the units that exist on this day; the successors of an ended unit are not put in its place."""
    return tuple(unit for unit in ws.units.on(day) if unit.code in codes)


def item_slots(ws: Workspace, campaign: Campaign, item: Item, going_out: Iterable[Occurrence]) -> Iterator[Slot]:
    """One slot for each occurrence and each unit that exists on its day."""
    lateness = (item.lateness or ws.settings.policies.lateness).limit
    for occurrence in going_out:
        meeting = occurrence.meeting
        codes = sent_by(ws, campaign, item, occurrence)
        for unit in _units_on(ws, codes, occurrence.due.astimezone(ws.zone).date()):
            yield Slot(
                due=occurrence.due,
                campaign_id=campaign.id,
                item_id=item.id,
                unit_code=unit.code,
                occurrence=occurrence.nominal,
                expires=occurrence.due + lateness,
                days_left=occurrence.days_left,
                meeting=slot_name(str(item.when.event), meeting) if meeting else "",
            )


def _days_left(when: When, nominal: date, sent_on: date) -> int:
    if when.anchor is None and when.event is None:
        return 0
    return (nominal - timedelta(days=when.days) - sent_on).days
