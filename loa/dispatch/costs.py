"""What a plan costs before anybody approves it: parts of messages, posts, copies, monthly packages, in đồng."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard
from loa.dispatch.desk import Desk
from loa.draft import Composer, Draft, as_sent, bulk_of, price_of, settings_of_account
from loa.plan import BudgetLine
from loa.recipients import import_changed, lists_of
from loa.rules import parts_of, price_per_part
from loa.rules.estimate import positive
from loa.timetable import build

DOLLAR, COPY, PACKAGE = "dong_per_dollar", "price_per_copy", "package_per_month"
"""Settings of a channel in ``loa.yaml``: đồng for a dollar, for a printed copy, for an account in a month."""
_PART = "price_per_part"
_PRINT = "copies"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one item costs on one channel: so many deliveries of so many ``pieces`` (parts, posts, copies, months).

    ``amount`` in whole đồng; ``lacks`` names the setting without which nobody can tell.
    """

    campaign_id: str
    item_id: str
    channel: str
    deliveries: int
    pieces: int
    amount: Decimal
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class BudgetCost:
    """A line of a budget and what falls on it."""

    line: BudgetLine
    amount: Decimal

    @property
    def is_over(self) -> bool:
        return self.amount > self.line.amount


def costs(desk: Desk, campaigns: Sequence[LoadedCampaign], start: datetime, end: datetime) -> list[Cost]:
    """What the campaigns cost from ``start`` until before ``end``, each item on each channel that asks for money.

    Lists whose files have changed are brought in first, as by a look at the plan. A monthly package stands under
    no item: it is paid for an account in each month in which it sends.

    Raises:
        LoaError: the words of an item could not be put together.
    """
    import_changed(desk.workspace, desk.book, desk.vault, desk.clock)
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    composer = Composer(desk.workspace, desk.renderer, lists_of(desk.book), desk.cards)
    found: dict[tuple[str, str, str], Cost] = {}
    months: dict[tuple[str, str], set[tuple[str, int, int]]] = {}
    for slot in build(desk.workspace, campaigns, start, end):
        day = slot.due.astimezone(desk.workspace.zone)
        for draft in composer.drafts(by_id[slot.campaign_id], slot):
            used = months.setdefault((slot.campaign_id, draft.channel), set())
            used.add((draft.account.id, day.year, day.month))
            if (one := _cost(desk, draft)) is not None:
                key = (one.campaign_id, one.item_id, one.channel)
                found[key] = _sum(found[key], one) if key in found else one
    return [*found.values(), *_packages(desk, months)]


def on_budget(found: Iterable[Cost], lines: Sequence[BudgetLine]) -> list[BudgetCost]:
    """What falls on each line: a channel is paid from the first line that covers it."""
    payer = {channel: line.id for line in reversed(lines) for channel in line.covers}
    sums = dict.fromkeys((line.id for line in lines), Decimal(0))
    for each in found:
        if each.channel in payer:
            sums[payer[each.channel]] += each.amount
    return [BudgetCost(line, sums[line.id]) for line in lines]


def _sum(one: Cost, other: Cost) -> Cost:
    lacks = one.lacks or other.lacks
    deliveries, pieces = one.deliveries + other.deliveries, one.pieces + other.pieces
    amount = one.amount + other.amount
    return Cost(one.campaign_id, one.item_id, one.channel, deliveries, pieces, amount, lacks)


def _cost(desk: Desk, draft: Draft) -> Cost | None:
    """Of one delivery; None where its channel asks for no money."""
    card = desk.cards[draft.channel].of(draft.account.settings)
    settings = settings_of_account(desk.workspace, card, draft.account)
    if card.to_recipients:
        return _messages(draft, card, settings)
    if card.price is not None:
        dollars = price_of(desk.workspace, card, as_sent(card, draft.text, draft.link))
        return _told(draft, 1, dollars, settings, DOLLAR)
    if any(option.name == _PRINT for option in card.options):
        documents = max(len(draft.orders), 1)
        copies = int(positive(draft.options.get(_PRINT, "")) or 0) * documents
        return _told(draft, copies, Decimal(copies), settings, COPY)
    return None


def _messages(draft: Draft, card: ChannelCard, settings: Mapping[str, str]) -> Cost:
    people = draft.recipients.count if draft.recipients else 0
    canary = draft.terms.canary if draft.terms else None
    people += canary.count if canary else 0
    bulk = bulk_of(card, draft.account.settings, draft.options) if card.bulk else None
    parts = (parts_of(draft.text, bulk) if bulk else 1) * people
    each = price_per_part(settings)
    amount = _whole(parts * each) if each is not None else Decimal(0)
    return _one(draft, parts, amount, "" if each is not None or not parts else _PART)


def _told(draft: Draft, pieces: int, times: Decimal, settings: Mapping[str, str], name: str) -> Cost:
    each = positive(settings.get(name, ""))
    amount = _whole(times * each) if each is not None else Decimal(0)
    return _one(draft, pieces, amount, "" if each is not None or not times else name)


def _one(draft: Draft, pieces: int, amount: Decimal, lacks: str) -> Cost:
    return Cost(draft.slot.campaign_id, draft.slot.item_id, draft.channel, 1, pieces, amount, lacks)


def _packages(desk: Desk, months: Mapping[tuple[str, str], set[tuple[str, int, int]]]) -> Iterable[Cost]:
    told: set[tuple[str, int, int]] = set()
    for (campaign, channel), used in months.items():
        own = desk.workspace.settings.channels.get(channel)
        each = positive(own.settings.get(PACKAGE, "")) if own else None
        fresh = used - told
        told |= used
        if each is not None and fresh:
            yield Cost(campaign, "", channel, 0, len(fresh), _whole(len(fresh) * each))


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)
