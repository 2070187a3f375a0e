"""How far deliveries have come: by state, by item and phase, by unit and channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from loa.campaign import Campaign
from loa.delivery import State
from loa.dispatch import DeliveryView
from loa.dispatch.words import Tone, tone

_TONES: tuple[Tone, ...] = ("good", "busy", "wait", "bad", "quiet")
_TO_COME = (State.PLANNED, State.AWAITING, State.APPROVED, State.DUE)


@dataclass(frozen=True, slots=True)
class Progress:
    """Some deliveries, counted."""

    total: int
    states: tuple[tuple[State, int], ...]
    coming: DeliveryView | None
    """The next to go out."""
    troubled: tuple[DeliveryView, ...]
    channels: tuple[str, ...]
    first: datetime
    last: datetime

    @property
    def done(self) -> int:
        return sum(number for state, number in self.states if state == State.DONE)

    @property
    def bar(self) -> tuple[tuple[Tone, float, float], ...]:
        """The parts of a bar that is 100 long: tone, from where, how long."""
        lengths = {name: sum(count for state, count in self.states if tone(state) == name) for name in _TONES}
        parts, at = [], 0.0
        for name, count in lengths.items():
            if count:
                length = 100 * count / self.total
                parts.append((name, round(at, 3), round(length, 3)))
                at += length
        return tuple(parts)


def progress(views: Sequence[DeliveryView], now: datetime) -> Progress:
    """Count ``views``, of which there is at least one."""
    states = Counter(view.state for view in views)
    coming = min((each for each in views if each.state in _TO_COME and each.expires > now), key=_due, default=None)
    return Progress(
        len(views),
        tuple((state, states[state]) for state in State if states[state]),
        coming,
        tuple(each for each in views if tone(each.state) == "bad" or each.state == State.HELD),
        tuple(dict.fromkeys(each.channel for each in sorted(views, key=lambda view: view.channel))),
        min(map(_due, views)),
        max(map(_due, views)),
    )


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a campaign, at all its moments."""

    id: str
    title: str
    progress: Progress
    pictured: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of a campaign with its items; without a title the items that belong to none."""

    title: str
    goal: str
    span: str
    items: tuple[ItemLine, ...]


def stretches(views: Sequence[DeliveryView], campaign: Campaign | None, now: datetime) -> tuple[Stretch, ...]:
    """The phases in the order of the file, and what belongs to none at the end."""
    by_item = grouped(views, lambda view: view.item_id)
    phase_of = {item.id: item.phase or "" for item in campaign.items} if campaign else {}
    lines = [_line(members, now) for members in by_item.values()]
    lines.sort(key=lambda line: (line.progress.first, line.id))
    phases = campaign.phases if campaign else ()
    found = [
        Stretch(
            each.title,
            each.goal,
            " – ".join(filter(None, (each.start, each.end))),
            tuple(line for line in lines if phase_of.get(line.id) == each.id),
        )
        for each in phases
    ]
    known = {each.id for each in phases}
    rest = tuple(line for line in lines if phase_of.get(line.id, "") not in known)
    return (*(each for each in found if each.items), *([Stretch("", "", "", rest)] if rest else []))


def _line(members: Sequence[DeliveryView], now: datetime) -> ItemLine:
    publishing = next((each for each in members if each.action == "publish"), members[0])
    return ItemLine(publishing.item_id, publishing.item_title, progress(members, now), tuple(members))


def matrix(
    views: Sequence[DeliveryView], now: datetime
) -> tuple[tuple[str, ...], Mapping[str, Mapping[str, Progress]]]:
    """The channels, and by the name of each unit its progress on each channel."""
    channels = tuple(sorted({each.channel for each in views}))
    units = grouped(sorted(views, key=lambda view: view.unit_code), lambda view: view.unit_name)
    return channels, {
        unit: {name: progress(some, now) for name, some in grouped(members, lambda view: view.channel).items()}
        for unit, members in units.items()
    }


def grouped(views: Iterable[DeliveryView], key: Callable[[DeliveryView], str]) -> dict[str, list[DeliveryView]]:
    """Views by ``key``, in the order in which each first comes."""
    found: dict[str, list[DeliveryView]] = {}
    for each in views:
        found.setdefault(key(each), []).append(each)
    return found


def _due(view: DeliveryView) -> datetime:
    return view.due
