"""What is wrong with the times of the campaigns, before anything is planned. All problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from loa.calendar import QuietWindow, override_problems
from loa.campaign import LoadedCampaign
from loa.campaign.members import named
from loa.campaign.model import Anchor, Item
from loa.clock import aware
from loa.errors import LoaError, Place, Problem
from loa.timetable.anchors import check_anchor, day_and_month
from loa.timetable.build import Occurrence, is_rule_day, item_slots, occurrences, sent_by, working_days
from loa.timetable.slot import Slot, in_order
from loa.timetable.workdays import WorkingDays
from loa.workspace import Unit, Workspace

TOO_CLOSE = timedelta(minutes=10)
_SHORTEST_MONTH = 28
_SHORTEST_LUNAR_MONTH = 29


@dataclass(frozen=True, slots=True)
class _Scope:
    ws: Workspace
    working: WorkingDays
    window: tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Timed:
    """An item with its going out inside the window."""

    scope: _Scope
    loaded: LoadedCampaign
    item: Item
    occurrences: tuple[Occurrence, ...] = field(default=())

    def place(self, *loc: str | int) -> Place:
        return self.loaded.item_place(self.item.id, *loc)

    @property
    def key(self) -> tuple[str, str]:
        return self.loaded.campaign.id, self.item.id


def problems(ws: Workspace, loaded: Sequence[LoadedCampaign], start: datetime, end: datetime) -> list[Problem]:
    """What a person should know of the slots from ``start`` until before ``end``.

    Items whose anchor is not declared are left out: the check of the campaigns tells of them.
    """
    if ws.holidays_file is not None:
        unreadable = override_problems(ws.holidays_file, ws.settings.holidays_file)
        if unreadable:
            return unreadable
    scope = _Scope(ws, working_days(ws), (aware(start), aware(end)))
    found = [problem for campaign in loaded for problem in _anchor_problems(campaign)]
    timed = [
        _Timed(scope, campaign, item, tuple(occurrences(ws, campaign.campaign, item, scope.working, scope.window)))
        for campaign in loaded
        for item in campaign.campaign.items
        if _has_days(campaign, item)
    ]
    for one in timed:
        found += [*_quiet(one), *_short_months(one), *_unknown_days(one), *_ended_units(one), *_empty(one)]
    return found + list(_clashes(scope, timed))


def _anchor_problems(campaign: LoadedCampaign) -> Iterator[Problem]:
    for name, anchor in campaign.campaign.anchors.items():
        try:
            check_anchor(anchor)
        except LoaError as error:
            kind = "holiday" if anchor.holiday else "lunar" if anchor.lunar else "yearly"
            accepted = error.problems()[0].accepted
            yield Problem(error.code, error.params, campaign.loaded.place_of(("anchors", name, kind)), accepted)


def _has_days(campaign: LoadedCampaign, item: Item) -> bool:
    if item.when.anchor is None:
        return True
    anchor = campaign.campaign.anchors.get(item.when.anchor)
    return anchor is not None and _is_sound(anchor)


def _is_sound(anchor: Anchor) -> bool:
    try:
        check_anchor(anchor)
    except LoaError:
        return False
    return True


def _quiet(one: _Timed) -> Iterator[Problem]:
    """Times that are quiet ones, judged as written: also those of occurrences outside the window."""
    hours = one.scope.ws.settings.policies.quiet_hours
    quiet = QuietWindow(hours.start, hours.end)
    zone = one.scope.ws.zone
    params = {"item": one.item.id, "start": f"{hours.start:%H:%M}", "end": f"{hours.end:%H:%M}"}
    at = datetime.combine(one.loaded.campaign.start, one.item.when.at, tzinfo=zone)
    if quiet.contains(at):
        yield Problem("E311", {**params, "time": f"{at:%H:%M}"}, one.place("when", "at"))
    for day, moved in one.item.when.move.items():
        local = moved.astimezone(zone) if moved.tzinfo else moved.replace(tzinfo=zone)
        if quiet.contains(local):
            yield Problem("E311", {**params, "time": f"{local:%H:%M}"}, one.place("when", "move", day.isoformat()))


def _short_months(one: _Timed) -> Iterator[Problem]:
    """Days that some months or years lack, and what happens then."""
    when = one.item.when
    code = "E313" if when.short_month == "skip" else "E312"
    if when.every == "month" and (when.day or 0) > _SHORTEST_MONTH:
        yield Problem(code, {"value": str(when.day)}, one.place("when", "day"), severity="warning")
    if when.anchor is not None and _is_sometimes_missing(one.loaded.campaign.anchors[when.anchor]):
        anchor = one.loaded.campaign.anchors[when.anchor]
        yield Problem(code, {"value": anchor.yearly or anchor.lunar}, one.place("when", "anchor"), severity="warning")


def _is_sometimes_missing(anchor: Anchor) -> bool:
    if anchor.lunar:
        return day_and_month(anchor.lunar, lunar=True)[0] > _SHORTEST_LUNAR_MONTH
    return bool(anchor.yearly) and day_and_month(anchor.yearly) == (29, 2)


def _unknown_days(one: _Timed) -> Iterator[Problem]:
    """Skipped or moved days that the rule never names: somebody counted on another day."""
    when, campaign = one.item.when, one.loaded.campaign
    named: list[tuple[date, tuple[str | int, ...]]] = [(day, ("skip", n)) for n, day in enumerate(when.skip)]
    named += [(day, ("move", day.isoformat())) for day in when.move]
    for day, loc in named:
        if not is_rule_day(campaign, when, one.scope.working, day):
            params = {"item": one.item.id, "day": day.isoformat()}
            yield Problem("E314", params, one.place("when", *loc), severity="warning")


def _ended_units(one: _Timed) -> Iterator[Problem]:
    """Units that ended before a day on which the item would go out, where nobody takes over."""
    campaign, units = one.loaded.campaign, one.scope.ws.units
    codes = named(campaign, one.item)
    place = one.place("units") if one.item.units else one.loaded.loaded.place_of(("units",))
    for unit in (units.get(code) for code in codes if code in units):
        missed = [] if set(unit.successors) & set(codes) else list(_days_after_end(one, unit))
        if missed:
            params = {
                "unit": unit.name,
                "item": one.item.id,
                "day": missed[0].isoformat(),
                "successors": ", ".join(unit.successors) or "–",
            }
            yield Problem("E315", params, place, severity="warning")


def _days_after_end(one: _Timed, unit: Unit) -> Iterator[date]:
    """Days of the item on which the unit is no more, past ones too: a plan of last year is rehearsed this year."""
    if unit.valid_to is None:
        return
    ws, campaign = one.scope.ws, one.loaded.campaign
    ended = datetime.combine(unit.valid_to + timedelta(days=1), time(), ws.zone)
    for occurrence in occurrences(ws, campaign, one.item, one.scope.working, (ended, one.scope.window[1])):
        if unit.code in sent_by(ws, campaign, one.item, occurrence):
            yield occurrence.due.astimezone(ws.zone).date()


def _empty(one: _Timed) -> Iterator[Problem]:
    """An item that never goes out; in a campaign that is over, nothing does."""
    last = one.loaded.campaign.end
    start, end = (moment.astimezone(one.scope.ws.zone).date() for moment in one.scope.window)
    if not one.occurrences and (last is None or start <= last):
        params = {"item": one.item.id, "start": start.isoformat(), "end": end.isoformat()}
        yield Problem("E316", params, one.place("when"), severity="warning")


def _clashes(scope: _Scope, timed: Iterable[_Timed]) -> Iterator[Problem]:
    """Two items of one unit on one channel within some minutes: told once for each pair, where it happens first."""
    by_key = {one.key: one for one in timed}
    lanes: dict[tuple[str, str], list[Slot]] = {}
    for one in by_key.values():
        for slot in item_slots(scope.ws, one.loaded.campaign, one.item, one.occurrences):
            for channel in one.item.send:
                lanes.setdefault((slot.unit_code, channel), []).append(slot)
    told: set[tuple[object, ...]] = set()
    for (unit, channel), slots in lanes.items():
        for earlier, later in pairwise(sorted(slots, key=in_order)):
            pair = (earlier.campaign_id, earlier.item_id, later.campaign_id, later.item_id, channel)
            if later.due - earlier.due < TOO_CLOSE and pair not in told:
                told.add(pair)
                yield _clash(by_key, earlier, later, unit, channel)


def _clash(by_key: dict[tuple[str, str], _Timed], earlier: Slot, later: Slot, unit: str, channel: str) -> Problem:
    one = by_key[later.campaign_id, later.item_id]
    local = later.due.astimezone(one.scope.ws.zone)
    params = {
        "item": later.item_id,
        "other": f"{earlier.campaign_id}/{earlier.item_id}",
        "unit": one.scope.ws.units.get(unit).name,
        "channel": channel,
        "moment": f"{local:%Y-%m-%d %H:%M}",
    }
    return Problem("E317", params, one.place("when"), severity="warning")
