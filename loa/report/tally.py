"""Counting: every delivery falls into exactly one cell, so that rows, columns and totals agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from loa.delivery import State
from loa.dispatch.views import DeliveryView
from loa.progress.outcome import Outcome, outcome_of

_Count = Callable[[Sequence[DeliveryView]], Mapping[Outcome, int]]


@dataclass(frozen=True, slots=True)
class Line:
    """Counts by outcome under a heading: deliveries of a channel, or messages of an account."""

    name: str
    deliveries: int
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


Sections = tuple[tuple[str, tuple[Line, ...]], ...]
"""Lines under the titles of their campaigns."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the head of the report."""

    deliveries: Line
    messages: Mapping[Outcome, int]
    posts: int
    """Public posts that are out; deliveries to recipients and what people did by hand are not among them."""
    by_hand: int
    """What people did by hand and proved."""
    pictures: int
    clips: int
    units: int
    accounts: int
    message_deliveries: int
    campaigns: tuple[str, ...]


def lines(views: Sequence[DeliveryView]) -> Sections:
    """One line a campaign and channel. The line has the channel's id for its name."""
    return _sections(views, lambda view: view.channel, _outcomes)


def message_lines(views: Sequence[DeliveryView]) -> Sections:
    """One line a campaign and account that speaks to recipients."""
    return _sections([view for view in views if is_to_recipients(view)], lambda view: view.account_name, messages)


def _sections(views: Sequence[DeliveryView], name_of: Callable[[DeliveryView], str], count: _Count) -> Sections:
    """Campaigns and lines in the order in which they first fall due."""
    grouped: dict[str, dict[str, list[DeliveryView]]] = {}
    for view in views:
        grouped.setdefault(view.campaign_id, {}).setdefault(name_of(view), []).append(view)
    return tuple(
        (_title(by_name), tuple(Line(name, len(found), count(found)) for name, found in by_name.items()))
        for by_name in grouped.values()
    )


def _title(by_name: Mapping[str, Sequence[DeliveryView]]) -> str:
    return next(iter(by_name.values()))[0].campaign_title


def _outcomes(views: Sequence[DeliveryView]) -> Mapping[Outcome, int]:
    return Counter(outcome_of(view.state) for view in views)


def is_to_recipients(view: DeliveryView) -> bool:
    """Whether a delivery goes to a list of people instead of a public page."""
    return view.recipients > 0


def messages(views: Sequence[DeliveryView]) -> Mapping[Outcome, int]:
    """Messages by outcome. A delivery not yet cut into sendings stands with all of its recipients where it stands."""
    counted: Counter[Outcome] = Counter()
    for view in views:
        if is_to_recipients(view):
            counts: Mapping[State, int] = view.counts or {view.state: view.recipients}
            for state, count in counts.items():
                counted[outcome_of(state)] += count
    return counted


def totals(views: Sequence[DeliveryView]) -> Totals:
    """The sum of everything."""
    done = [view for view in views if view.state == State.DONE]
    assets = {(each.kind, each.sha256) for view in done for each in view.attachments}
    return Totals(
        deliveries=Line("", len(views), _outcomes(views)),
        messages=messages(views),
        posts=sum(not is_to_recipients(view) and not view.by_hand for view in done),
        by_hand=sum(view.by_hand for view in done),
        pictures=sum(kind == "picture" for kind, _ in assets),
        clips=sum(kind == "clip" for kind, _ in assets),
        units=len({view.unit_code for view in done}),
        accounts=len({view.account_id for view in done}),
        message_deliveries=sum(map(is_to_recipients, views)),
        campaigns=tuple(dict.fromkeys(view.campaign_title for view in views)),
    )
