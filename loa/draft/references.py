"""Deliveries that point at finished posts of another channel: a broadcast sends articles that must be there by then."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from loa.campaign import Item, LoadedCampaign
from loa.delivery import ChannelCard
from loa.draft.channels import Sent, sent_on, used_by
from loa.errors import Place, Problem
from loa.messages import moment
from loa.reader import closest
from loa.timetable import Slot, build
from loa.workspace import Workspace

ITEMS_OPTION = "articles"
"""The option that names the items; without it a delivery points at the post of its own item."""
_LOOK_BACK = timedelta(days=366)
Dues = Mapping[tuple[str, str, str], Sequence[datetime]]
"""When an item goes out for a unit: by campaign, item and unit, in order."""


def referred_items(item: Item, channel: str) -> tuple[str, ...]:
    """The ids of the items whose posts the item's delivery on ``channel`` points at, in the order of the file."""
    named = (part.strip() for part in item.send[channel].options.get(ITEMS_OPTION, "").split(","))
    return tuple(dict.fromkeys(name for name in named if name)) or (item.id,)


def reference_problems(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    slots: Sequence[Slot],
    start: datetime,
) -> Iterator[Problem]:
    """What a delivery points at and will not find: E567, E571, E572, E573; once for each item and channel."""
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    pointing = frozenset(name for name in used_by(by_id) if cards[name].refers_to)
    if not pointing:
        return
    dues = _dues((*build(workspace, campaigns, start - _LOOK_BACK, start), *slots))
    told: set[tuple[str, str, str, str]] = set()
    for sent in sent_on(workspace, by_id, slots, pointing):
        for problem in _of_delivery(workspace, by_id[sent.slot.campaign_id], cards, sent, dues):
            name = (sent.slot.campaign_id, sent.item.id, sent.channel, problem.code)
            if name not in told:
                told.add(name)
                yield problem


def _dues(slots: Sequence[Slot]) -> Dues:
    found: dict[tuple[str, str, str], list[datetime]] = defaultdict(list)
    for slot in slots:
        found[slot.campaign_id, slot.item_id, slot.unit_code].append(slot.due)
    return found


def _of_delivery(
    workspace: Workspace, loaded: LoadedCampaign, cards: Mapping[str, ChannelCard], sent: Sent, dues: Dues
) -> Iterator[Problem]:
    card = cards[sent.channel]
    items, place = referred_items(sent.item, sent.channel), _place(loaded, sent)
    known = tuple(item.id for item in loaded.campaign.items)
    if card.most_references and len(items) > card.most_references:
        params = {"channel": card.name_vi, "most": str(card.most_references), "count": str(len(items))}
        yield Problem("E573", params, place)
    for name in items:
        if name not in known:
            yield Problem("E571", {"channel": card.name_vi, "name": name}, place, known, closest(name, known))
        elif (when := dues.get((sent.slot.campaign_id, name, sent.slot.unit_code))) is None or not _publishes(
            workspace, loaded.item(name), cards, sent
        ):
            yield Problem("E567", _names(workspace, cards, sent, name), place)
        elif (later := _too_late(when, sent.slot.due)) is not None:
            told = {"moment": moment(sent.slot.due, workspace.zone), "later": moment(later, workspace.zone)}
            yield Problem("E572", _names(workspace, cards, sent, name) | told, place)


def _place(loaded: LoadedCampaign, sent: Sent) -> Place:
    """The option that names the items, or the channel where there is none."""
    named = ITEMS_OPTION in sent.item.send[sent.channel].options
    rest = ("options", ITEMS_OPTION) if named else ()
    return loaded.item_place(sent.item.id, "send", sent.channel, *rest)


def _names(workspace: Workspace, cards: Mapping[str, ChannelCard], sent: Sent, name: str) -> dict[str, str]:
    card = cards[sent.channel]
    needed = cards[card.refers_to].name_vi
    unit = workspace.units.get(sent.slot.unit_code).name
    return {"channel": card.name_vi, "needed": needed, "item": name, "unit": unit}


def _publishes(workspace: Workspace, item: Item, cards: Mapping[str, ChannelCard], sent: Sent) -> bool:
    """Whether the item goes out on the channel that is needed, by the same account of the platform.

    It is the same where the settings that both channels ask for (``oa_id``) are equal.
    """
    card = cards[sent.channel]
    if card.refers_to not in item.send:
        return False
    shared = set(card.account_settings) & set(cards[card.refers_to].account_settings)
    own = [sent.account.settings.get(name) for name in sorted(shared)]
    others = workspace.accounts_for(sent.slot.unit_code, card.refers_to)
    return any([each.settings.get(name) for name in sorted(shared)] == own for each in others)


def _too_late(dues: Sequence[datetime], broadcast: datetime) -> datetime | None:
    """The going out that is meant, where it comes after the broadcast.

    An item that recurs is meant by its going out nearest to the broadcast: last year's article is no article of today.
    """
    at = bisect_right(dues, broadcast)
    before, after = dues[at - 1] if at else None, dues[at] if at < len(dues) else None
    if after is not None and (before is None or after - broadcast < broadcast - before):
        return after
    return None
