"""Counting: every delivery falls into exactly one cell, so that rows, columns and totals agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loa.delivery import State
from loa.dispatch.views import DeliveryView
from loa.report.outcome import Outcome, outcome_of


@dataclass(frozen=True, slots=True)
class Line:
    """Counts by outcome under a heading: a campaign and a channel, or the sum of all."""

    campaign: str
    channel: str
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class MessageLine:
    """Messages to recipients of one campaign from one account, by outcome."""

    campaign: str
    account: str
    deliveries: int
    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures at the head of the report."""

    deliveries: Line
    messages: Mapping[Outcome, int]
    posts: int
    """Public posts that are out; deliveries to recipients are not among them."""
    pictures: int
    clips: int
    units: int
    accounts: int
    campaigns: tuple[str, ...] = field(default=())


def lines(views: Sequence[DeliveryView]) -> tuple[Line, ...]:
    """One line a campaign and channel, in the order in which they first fall due."""
    counted: dict[tuple[str, str], Counter[Outcome]] = {}
    titles: dict[str, str] = {}
    for view in views:
        titles.setdefault(view.campaign_id, view.campaign_title)
        counted.setdefault((view.campaign_id, view.channel), Counter())[outcome_of(view.state)] += 1
    order = list(titles)
    keys = sorted(counted, key=lambda key: order.index(key[0]))
    return tuple(Line(titles[key[0]], key[1], counted[key]) for key in keys)


def message_lines(views: Sequence[DeliveryView]) -> tuple[MessageLine, ...]:
    """One line a campaign and account that speaks to recipients."""
    grouped: dict[tuple[str, str], list[DeliveryView]] = {}
    for view in views:
        if is_to_recipients(view):
            grouped.setdefault((view.campaign_id, view.account_id), []).append(view)
    return tuple(
        MessageLine(found[0].campaign_title, found[0].account_name, len(found), messages(found))
        for found in grouped.values()
    )


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
        deliveries=Line("", "", Counter(outcome_of(view.state) for view in views)),
        messages=messages(views),
        posts=sum(not is_to_recipients(view) for view in done),
        pictures=sum(kind == "picture" for kind, _ in assets),
        clips=sum(kind == "clip" for kind, _ in assets),
        units=len({view.unit_code for view in done}),
        accounts=len({view.account_id for view in done}),
        campaigns=tuple(dict.fromkeys(view.campaign_title for view in views)),
    )
