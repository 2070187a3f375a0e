"""The figures of a report. Every table counts the same deliveries, so that all totals agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from loa.delivery import State
from loa.dispatch import DeliveryView

BUCKET_OF: dict[State, str] = {
    State.PLANNED: "coming",
    State.AWAITING: "coming",
    State.APPROVED: "coming",
    State.DUE: "coming",
    State.SENDING: "coming",
    State.PENDING: "coming",
    State.RETRY_LATER: "coming",
    State.HELD: "coming",
    State.DONE: "done",
    State.UNKNOWN: "doubtful",
    State.HUMAN: "doubtful",
    State.REFUSED: "refused",
    State.MISSED: "missed",
    State.CANCELLED: "cancelled",
}
TROUBLE = ("doubtful", "refused", "missed")


@dataclass(frozen=True, slots=True)
class Tally:
    """Deliveries by how they stand; each is counted exactly once."""

    done: int = 0
    coming: int = 0
    """Not finished yet: waiting for approval, for its time, or on its way."""
    doubtful: int = 0
    """Nobody knows yet whether it went out: unknown, or put before a person."""
    refused: int = 0
    missed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def percent_done(self) -> int:
        """Rounded down, so that 100 % is only said of everything."""
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: whose deliveries, and how they stand."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Coverage:
    """Unit × item. ``cells`` has a row for each item; None where the unit does not send the item."""

    units: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    """(campaign, item) titles, a row each."""
    cells: tuple[tuple[Tally | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures and lists of one report."""

    total: Tally
    messages: int
    """Single messages to recipients (SMS) that were surely sent."""
    campaigns: tuple[Line, ...]
    units: tuple[Line, ...]
    channels: tuple[Line, ...]
    coverage: Coverage
    troubles: tuple[DeliveryView, ...]
    published: tuple[DeliveryView, ...]


def summarise(views: Sequence[DeliveryView]) -> Summary:
    """Count ``views``."""
    ordered = sorted(views, key=lambda view: (view.due, view.campaign_id, view.item_id, view.unit_code, view.channel))
    return Summary(
        total=tally(ordered),
        messages=sum(view.counts.get(State.DONE, 0) for view in ordered if view.recipients),
        campaigns=_lines(ordered, lambda view: (view.campaign_id, view.campaign_title)),
        units=_lines(ordered, lambda view: (view.unit_code, view.unit_name)),
        channels=_lines(ordered, lambda view: (view.channel, view.channel)),
        coverage=_coverage(ordered),
        troubles=tuple(view for view in ordered if BUCKET_OF[view.state] in TROUBLE),
        published=tuple(view for view in ordered if view.state == State.DONE),
    )


def tally(views: Iterable[DeliveryView]) -> Tally:
    """How these deliveries stand."""
    counts: dict[str, int] = {}
    for view in views:
        bucket = BUCKET_OF[view.state]
        counts[bucket] = counts.get(bucket, 0) + 1
    return Tally(**counts)


def _lines(views: Iterable[DeliveryView], key: Callable[[DeliveryView], tuple[str, str]]) -> tuple[Line, ...]:
    """A line for each id, in the order of their first delivery; the newest name counts."""
    groups: dict[str, list[DeliveryView]] = {}
    names: dict[str, str] = {}
    for view in views:
        name = key(view)
        groups.setdefault(name[0], []).append(view)
        names[name[0]] = name[1]
    return tuple(Line(names[name], tally(members)) for name, members in groups.items())


def _coverage(views: Sequence[DeliveryView]) -> Coverage:
    units = {view.unit_code: view.unit_name for view in views}
    items = {(view.campaign_id, view.item_id): (view.campaign_title, view.item_title) for view in views}
    groups: dict[tuple[str, str, str], list[DeliveryView]] = {}
    for view in views:
        groups.setdefault((view.campaign_id, view.item_id, view.unit_code), []).append(view)
    cells = tuple(
        tuple(tally(groups[*item, unit]) if (*item, unit) in groups else None for unit in units) for item in items
    )
    return Coverage(tuple(units.values()), tuple(items.values()), cells)
