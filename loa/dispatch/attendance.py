"""Meetings of events: what goes out for each, which were held, and how many people came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from loa import store
from loa.campaign import LoadedCampaign, load_campaigns
from loa.campaign.events import Appointment, appointments, meetings_of, nominal_day
from loa.clock import aware
from loa.delivery import State
from loa.dispatch.desk import Desk
from loa.dispatch.logbook import Told, log, logged
from loa.errors import LoaError
from loa.messages import short_date
from loa.plan import LoadedPlan, Plan, load_plans, plan_of
from loa.store import DeliveryRow
from loa.store.logbook import Entry, entries_of
from loa.timetable import span_of
from loa.timetable.build import item_slots, occurrences, working_days
from loa.timetable.workdays import LONGEST_BREAK

_KINDS = ("event", "people")
_AROUND = LONGEST_BREAK + timedelta(days=2)


@dataclass(slots=True)
class GoingOut:
    """What one unit says of a meeting by one item. ``due`` as the files have it now; None where they no longer do."""

    item_id: str
    title: str
    unit_code: str
    due: datetime | None
    states: dict[State, int] = field(default_factory=dict)
    """How many deliveries stand where, as the book has it."""
    told_at: datetime | None = None
    """When it was published for, where that was before the meeting or the item moved: people know of another day."""

    def is_passed_over(self, now: datetime) -> bool:
        """Whether its moment is past and nothing of it went out or still can: the meeting was moved too near."""
        return self.due is not None and self.due < now and set(self.states) <= {State.CANCELLED, State.MISSED}


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting with all that is known of it."""

    appointment: Appointment
    going_out: tuple[GoingOut, ...]
    entries: tuple[Entry, ...]
    """What people reported of it."""
    is_over: bool
    untold: tuple[GoingOut, ...]
    """What can no longer be said before it, because its moment is past; nothing of a meeting that is over."""

    @property
    def people(self) -> int:
        """How many came."""
        return sum(entry.count for entry in self.entries if entry.kind == "people")

    @property
    def is_unreported(self) -> bool:
        """Whether it is over, and nobody has said what became of it."""
        return self.is_over and not self.entries and not self.appointment.meeting.deadline


@dataclass(frozen=True, slots=True)
class Attendance:
    """What a person reports of one meeting. ``words``: the proof, as ``logbook.evidence`` keeps it, and a note."""

    target: str
    """``<campaign>/<event>/<meeting>``."""
    people: int
    words: Mapping[str, str]
    day: date | None = None
    """None: the last day that was planned for it."""


def meeting_views(desk: Desk, campaigns: Collection[str] = ()) -> tuple[MeetingView, ...]:
    """Every meeting (of these campaigns), by day and hour.

    Raises:
        ProblemsFound: the campaigns cannot be read.
    """
    loaded = [each for each in load_campaigns(desk.workspace) if not campaigns or each.campaign.id in campaigns]
    now = desk.clock.now()
    with desk.book.read() as connection:
        rows = store.deliveries(connection, campaigns=[each.campaign.id for each in loaded])
        reported = [each for each in entries_of(connection) if each.kind in _KINDS]
    said = _going_out(desk, loaded, rows)
    found = []
    for each in appointments(one.campaign for one in loaded):
        going_out, is_over = tuple(said.get(each.target, ())), _end(desk, each) <= now
        entries = tuple(entry for entry in reported if entry.target == each.target)
        untold = tuple(one for one in going_out if not is_over and one.is_passed_over(now))
        found.append(MeetingView(each, going_out, entries, is_over, untold))
    return tuple(found)


def report_held(desk: Desk, attendance: Attendance, person: str, *, origin: str = "") -> list[int]:
    """Write down that a meeting was held and who came; the numbers of the entries.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E345, there is no such meeting; E308 it is a deadline; E349 it belongs to no plan; E348 it was
            reported already; E272 no proof; E274 it is to come.
    """
    found, plan = _found(desk, attendance.target)
    with desk.book.read() as connection:
        known = [each for each in entries_of(connection, plan.id, withdrawn=True) if each.target == found.target]
    standing = [each for each in known if each.withdrawn_at is None]
    if standing:
        raise _reported(found, standing)
    # Two people who report one meeting at one time write the same source: only one of the two is taken in.
    source = f"{found.target} {len(known)}"
    kinds = _KINDS if attendance.people else _KINDS[:1]
    told = [
        Told(
            kind=kind,  # type: ignore[arg-type]  # one of the two
            target=found.target,
            day=attendance.day or found.meeting.last,
            unit_code=found.meeting.unit,
            count=attendance.people if kind == "people" else 1,
            words=({"place": found.meeting.place} if found.meeting.place else {}) | dict(attendance.words),
            source=f"{source} {kind}",
        )
        for kind in kinds
    ]
    numbers = log(desk, plan, told, person, origin=origin)
    if not numbers:
        raise _reported(found, [each for each in logged(desk, plan.id) if each.target == found.target])
    return numbers


def _found(desk: Desk, target: str) -> tuple[Appointment, Plan]:
    campaigns = load_campaigns(desk.workspace)
    known = {each.target: each for each in appointments(one.campaign for one in campaigns)}
    if target not in known:
        _, _, name = target.rpartition("/")
        raise LoaError("E345", event="/".join(target.split("/")[:2]), name=name)
    found = known[target]
    if found.meeting.deadline:
        raise LoaError("E308", name=found.meeting.name)
    loaded = next(each for each in campaigns if each.campaign is found.campaign)
    plan: LoadedPlan | None = plan_of(load_plans(desk.workspace), loaded)
    if plan is None:
        raise LoaError("E349", campaign=found.campaign.id)
    return found, plan.plan


def _reported(found: Appointment, standing: Iterable[Entry]) -> LoaError:
    entries = list(standing)
    people = sum(each.count for each in entries if each.kind == "people")
    day = short_date(entries[0].day)
    return LoaError("E348", target=found.target, by=entries[0].person_name, day=day, people=str(people))


def _end(desk: Desk, each: Appointment) -> datetime:
    end = span_of(each, desk.workspace)[1]
    return end if isinstance(end, datetime) else aware(datetime.combine(end, time(), desk.workspace.zone))


def _going_out(desk: Desk, loaded: Iterable[LoadedCampaign], rows: Iterable[DeliveryRow]) -> dict[str, list[GoingOut]]:
    """By target: what the files say of a meeting, each with where the book has it, in the order in which it is due."""
    found = dict(pair for campaign in loaded for pair in _from_files(desk, campaign))
    for row in rows:
        parts = row.key.split("/")
        if "!" in row.key or "." not in parts[2]:
            continue
        key = (row.campaign_id, row.item_id, parts[2], row.unit_code)
        said = found.setdefault(key, GoingOut(row.item_id, row.labels["item"], row.unit_code, None))
        said.states[row.state] = said.states.get(row.state, 0) + 1
        if row.state == State.DONE and said.due is not None and row.due != said.due:
            said.told_at = row.due
    by_target: dict[str, list[GoingOut]] = {}
    for (campaign_id, _, named, _), said in found.items():
        by_target.setdefault(f"{campaign_id}/{named.replace('.', '/')}", []).append(said)
    latest = datetime.max.replace(tzinfo=desk.workspace.zone)
    return {target: sorted(said, key=lambda each: each.due or latest) for target, said in by_target.items()}


def _from_files(desk: Desk, loaded: LoadedCampaign) -> Iterator[tuple[tuple[str, str, str, str], GoingOut]]:
    workspace, campaign = desk.workspace, loaded.campaign
    working = working_days(workspace)
    for item in campaign.items:
        days = [nominal_day(item.when, each) for each in meetings_of(campaign, item.when)]
        days += [moved.date() for moved in item.when.move.values()] if days else []
        if not days:
            continue
        start, end = (
            aware(datetime.combine(day, time(), workspace.zone)) for day in (min(days) - _AROUND, max(days) + _AROUND)
        )
        going_out = occurrences(workspace, campaign, item, working, (start, end))
        for slot in item_slots(workspace, campaign, item, going_out):
            key = (slot.campaign_id, slot.item_id, slot.meeting, slot.unit_code)
            yield key, GoingOut(item.id, item.title, slot.unit_code, slot.due)
