"""What the things that are out cost, at the prices of ``loa.yaml``: told beside what was spent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from loa.dispatch.costs import COPY, DOLLAR, PACKAGE
from loa.dispatch.views import DeliveryView
from loa.progress.model import Ground
from loa.progress.published import published_on
from loa.rules.estimate import positive
from loa.workspace import Workspace

_NOTHING = Decimal(0)
_COPIES = "copies"
_Settings = Mapping[str, Mapping[str, str]]


def costs_so_far(workspace: Workspace, ground: Ground, views: Iterable[DeliveryView], day: date) -> dict[str, int]:
    """Channel → đồng for what is out on ``day``; views need the cards of the channels.

    Messages at their price a part, posts at their dollars, prints at their copies, and monthly packages for each
    account in each month in which something went out. What has no price in ``loa.yaml`` is left out.
    """
    prices: _Settings = {name: own.settings for name, own in workspace.settings.channels.items()}
    costs: dict[str, Decimal] = defaultdict(Decimal)
    months: set[tuple[str, str, int, int]] = set()
    for view in views:
        out = published_on(view, ground.zone)
        if out is not None and out <= day:
            costs[view.channel] += _cost(view, {**prices.get(view.channel, {}), **view.settings})
            months.add((view.channel, view.account_id, out.year, out.month))
    for channel, *_ in months:
        costs[channel] += positive(prices.get(channel, {}).get(PACKAGE, "")) or _NOTHING
    return {channel: int(amount) for channel, amount in costs.items() if amount}


def _cost(view: DeliveryView, prices: Mapping[str, str]) -> Decimal:
    """Of one delivery that is out."""
    if view.message:
        return view.message.cost or _NOTHING
    if view.price:
        return view.price * (positive(prices.get(DOLLAR, "")) or _NOTHING)
    copies = positive(view.options.get(_COPIES, "")) or _NOTHING
    documents = sum(each.kind == "document" for each in view.attachments) or 1
    return copies * documents * (positive(prices.get(COPY, "")) or _NOTHING)
