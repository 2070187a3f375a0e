"""What is wrong with the events of a campaign: their units, days and places, and items that count from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations

from loa.campaign.event import Event, Meeting
from loa.campaign.events import event_of
from loa.campaign.load import Loc
from loa.campaign.model import Item
from loa.campaign.scope import Scope
from loa.errors import Problem
from loa.messages import short_date
from loa.reader import closest
from loa.text import nfc
from loa.workspace.units import is_valid_on


@dataclass(frozen=True, slots=True)
class _Held:
    """One meeting of one event, and where it stands in the file."""

    event: Event
    meeting: Meeting
    loc: Loc

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From its beginning to its end; a meeting that does not say when it ends lasts an instant."""
        meeting = self.meeting
        start = datetime.combine(meeting.date, meeting.at or time())
        if meeting.at is None:
            return start, datetime.combine(meeting.last, time()) + timedelta(days=1)
        return start, max(datetime.combine(meeting.last, meeting.until or meeting.at), start + timedelta(minutes=1))


def event_problems(scope: Scope) -> Iterator[Problem]:
    """Every problem of the events of one campaign."""
    held = [
        _Held(event, meeting, ("events", number, "meetings", position))
        for number, event in enumerate(scope.campaign.events)
        for position, meeting in enumerate(event.meetings)
    ]
    yield from _doubles(scope, held)
    for each in held:
        yield from _of_meeting(scope, each)
    for one, other in combinations(held, 2):
        yield from _overlap(scope, one, other)


def event_reference_problems(scope: Scope, item: Item, here: Loc) -> Iterator[Problem]:
    """An item that counts from an event or a meeting that is not there."""
    if item.when.event is None:
        return
    event = event_of(scope.campaign, item.when.event)
    if event is None:
        known = tuple(each.id for each in scope.campaign.events)
        yield scope.unknown("E337", item.when.event, known, (*here, "when", "event"))
        return
    known = tuple(meeting.name for meeting in event.meetings)
    for number, name in enumerate(item.when.meetings):
        if name not in known:
            place = scope.place((*here, "when", "meetings", number))
            yield Problem("E345", {"event": event.id, "name": name}, place, known, closest(name, known))


def _doubles(scope: Scope, held: list[_Held]) -> Iterator[Problem]:
    first: dict[tuple[str, str], _Held] = {}
    for each in held:
        name = (each.event.id, each.meeting.name)
        if name in first:
            params = {"id": each.meeting.name, "line": str(scope.place(first[name].loc).line)}
            yield Problem("E338", params, scope.place((*each.loc, "id" if each.meeting.id else "unit")))
        first.setdefault(name, each)


def _of_meeting(scope: Scope, each: _Held) -> Iterator[Problem]:
    meeting, campaign = each.meeting, scope.campaign
    if meeting.unit not in scope.ws.units:
        yield scope.unknown("E228", meeting.unit, scope.ws.units.codes(), (*each.loc, "unit"))
    elif not is_valid_on(unit := scope.ws.units.get(meeting.unit), meeting.date):
        params = {"unit": unit.name, "day": short_date(meeting.date)}
        yield Problem("E339", params, scope.place((*each.loc, "unit")), unit.successors)
    if meeting.date < campaign.start or (campaign.end is not None and campaign.end < meeting.last):
        end = short_date(campaign.end) if campaign.end else "…"
        params = {"day": short_date(meeting.date), "start": short_date(campaign.start), "end": end}
        yield Problem("E340", params, scope.place((*each.loc, "date")))
    yield from _backwards(scope, each)


def _backwards(scope: Scope, each: _Held) -> Iterator[Problem]:
    meeting = each.meeting
    if meeting.last < meeting.date:
        params = {"start": short_date(meeting.date), "end": short_date(meeting.last)}
        yield Problem("E341", params, scope.place((*each.loc, "to")))
    elif meeting.until is not None and (meeting.at is None or meeting.until <= meeting.at):
        start = f"{meeting.at:%H:%M}" if meeting.at else "…"
        yield Problem("E341", {"start": start, "end": f"{meeting.until:%H:%M}"}, scope.place((*each.loc, "until")))


def _overlap(scope: Scope, one: _Held, other: _Held) -> Iterator[Problem]:
    """Two meetings of a unit at one place and time; told at the later of the two."""
    first, second = one.meeting, other.meeting
    if first.unit != second.unit or not first.place or _as_place(first) != _as_place(second):
        return
    (start, end), (other_start, other_end) = one.span, other.span
    if max(start, other_start) >= min(end, other_end) or first.unit not in scope.ws.units:
        return
    params = {
        "unit": scope.ws.units.get(first.unit).name,
        "place": first.place,
        "other": f"{one.event.id}/{first.name}",
        "day": short_date(max(start, other_start).date()),
    }
    yield Problem("E342", params, scope.place(other.loc), severity="warning")


def _as_place(meeting: Meeting) -> str:
    return " ".join(nfc(meeting.place).casefold().split())
