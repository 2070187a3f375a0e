"""Deliveries as people plan them: one entry an item and moment, its channels and units together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from loa.delivery import State
from loa.dispatch import DeliveryView
from loa.preview.calendar.filters import Filter
from loa.preview.calendar.plans import Plans
from loa.timetable import Slot

_BEFORE_THE_WIRE = (State.PLANNED, State.AWAITING, State.APPROVED, State.HELD, State.CANCELLED)
_URGENCY = (
    State.HUMAN,
    State.UNKNOWN,
    State.REFUSED,
    State.MISSED,
    State.HELD,
    State.PLANNED,
    State.AWAITING,
    State.RETRY_LATER,
    State.SENDING,
    State.PENDING,
    State.DUE,
    State.APPROVED,
    State.DONE,
    State.CANCELLED,
)


@dataclass(slots=True)
class Entry:
    """What stands on the calendar.

    ``occurrence`` is None where it cannot be moved: a correction, a takedown, what is said of a meeting (its day moves
    in the campaign's file). ``meeting`` names the meeting as the slot does.
    """

    due: datetime
    campaign_id: str
    item_id: str
    occurrence: date | None
    title: str
    channels: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    """Code → name."""
    states: dict[State, int] = field(default_factory=dict)
    picture: str = ""
    """The SHA-256 of what shows it best."""
    delivery: int = 0
    """The first delivery in the book; 0 where the book has none yet."""
    meeting: str = ""

    @property
    def id(self) -> str:
        """The same after a move, for a page that follows it."""
        named = self.meeting or (self.occurrence.isoformat() if self.occurrence else f"!{self.delivery}")
        return f"{self.campaign_id}/{self.item_id}/{named}"

    @property
    def state(self) -> State:
        """Of all its deliveries, the one that most asks for a person."""
        return min(self.states, key=_URGENCY.index)

    def can_move(self, now: datetime) -> bool:
        """Whether it is still a plan and nothing more."""
        return self.occurrence is not None and self.due > now and set(self.states) <= set(_BEFORE_THE_WIRE)

    def add(self, channel: str, unit: tuple[str, str], state: State) -> None:
        """One more delivery of it."""
        if channel not in self.channels:
            self.channels.append(channel)
        self.units[unit[0]] = unit[1]
        self.states[state] = self.states.get(state, 0) + 1


def entries(views: Iterable[DeliveryView], ahead: Iterable[Slot], plans: Plans, wanted: Filter) -> tuple[Entry, ...]:
    """What the book and, for later days, the files plan, in the order in which it is due."""
    found: dict[tuple[object, ...], Entry] = {}
    for view in views:
        audience = plans.audience_of(view.campaign_id, view.item_id)
        if wanted.allows(view.campaign_id, view.unit_code, audience, view.channel) and wanted.allows_state(view.state):
            _put(found, view)
    if wanted.allows_state(State.PLANNED):
        for slot, channel in _planned(ahead, plans, wanted):
            occurrence = None if slot.meeting else slot.occurrence
            key = (slot.campaign_id, slot.item_id, slot.meeting or occurrence, slot.due)
            title = plans.items[slot.campaign_id, slot.item_id].title
            fresh = Entry(slot.due, slot.campaign_id, slot.item_id, occurrence, title, meeting=slot.meeting)
            entry = found.setdefault(key, fresh)
            entry.add(channel, (slot.unit_code, plans.workspace.units.get(slot.unit_code).name), State.PLANNED)
    return tuple(sorted(found.values(), key=lambda each: (each.due, each.campaign_id, each.item_id)))


def occurrence_of(view: DeliveryView) -> tuple[date | None, str]:
    """The nominal day of a delivery or else its meeting; neither for corrections and takedowns, which no plan names."""
    if view.action != "publish":
        return None, ""
    named = view.key.split("/")[2]
    return (None, named) if "." in named else (date.fromisoformat(named), "")


def not_in_book(slots: Iterable[Slot], views: Iterable[DeliveryView], now: datetime) -> Iterator[Slot]:
    """Slots still to come of which the book knows nothing: later than it was laid out, or new in the files."""
    known = {view.key.rsplit("/", 2)[0] for view in views}
    return (slot for slot in slots if slot.due > now and slot.key not in known)


def _planned(ahead: Iterable[Slot], plans: Plans, wanted: Filter) -> Iterator[tuple[Slot, str]]:
    for slot in ahead:
        audience = plans.audience_of(slot.campaign_id, slot.item_id)
        for channel in plans.channels_of(slot):
            if wanted.allows(slot.campaign_id, slot.unit_code, audience, channel):
                yield slot, channel


def _put(found: dict[tuple[object, ...], Entry], view: DeliveryView) -> None:
    occurrence, meeting = occurrence_of(view)
    key = (view.campaign_id, view.item_id, occurrence or meeting or view.id, view.due)
    entry = found.get(key)
    if entry is None:
        named = (view.campaign_id, view.item_id, occurrence, view.item_title)
        entry = Entry(view.due, *named, delivery=view.id, meeting=meeting)
        found[key] = entry
    entry.add(view.channel, (view.unit_code, view.unit_name), view.state)
    entry.picture = entry.picture or _picture(view)


def _picture(view: DeliveryView) -> str:
    shown = (each for each in view.attachments if each.kind == "picture" or each.preview)
    return next((each.sha256 for each in shown), "")


def tally(states: Mapping[State, int]) -> list[tuple[State, int]]:
    """How many deliveries stand where, the most urgent first."""
    return sorted(states.items(), key=lambda each: _URGENCY.index(each[0]))
