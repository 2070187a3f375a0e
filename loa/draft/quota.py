"""The quota planner: an account whose package allows some deliveries a month is not given one too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard
from loa.draft.channels import Loadeds, Sent, sent_on, settings_of, used_by
from loa.errors import Problem
from loa.timetable import Slot, build
from loa.workspace import Workspace

_NAMED = 3
"""Accounts that a sentence names; an office may have a hundred with the same plan."""
_LISTED = 12
"""Deliveries of the month that a sentence lists."""
Month = tuple[str, str]
"""An account, and a month such as ``2027-10``."""


def quota_problems(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    slots: Sequence[Slot],
    start: datetime,
) -> Iterator[Problem]:
    """One problem for each month and plan that asks more of an account than its package gives (E566).

    ``slots`` are those from ``start`` on. What the campaigns had before it in its month counts too, but only what can
    still be moved is a problem.
    """
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    limited = frozenset(name for name in used_by(by_id) if cards[name].monthly_quota is not None)
    if not limited:
        return
    earlier = build(workspace, campaigns, _first_of_month(workspace, start), start)
    alike: dict[tuple[str, ...], list[tuple[Sequence[Sent], int]]] = defaultdict(list)
    for (_, month), sent in _by_month(workspace, by_id, (*earlier, *slots), limited).items():
        most = _quota(workspace, cards[sent[0].channel], sent[0])
        if most is not None and len(sent) > most and sent[-1].slot.due >= start:
            what = [f"{each.slot.due.isoformat()} {each.slot.campaign_id}/{each.slot.item_id}" for each in sent]
            alike[(sent[0].channel, month, str(most), *what)].append((sent, most))
    for same in alike.values():
        yield _problem(workspace, by_id, cards, same, start)


def _first_of_month(workspace: Workspace, moment: datetime) -> datetime:
    day = moment.astimezone(workspace.zone).date().replace(day=1)
    return datetime.combine(day, time(), workspace.zone)


def _by_month(
    workspace: Workspace, campaigns: Loadeds, slots: Sequence[Slot], channels: frozenset[str]
) -> dict[Month, list[Sent]]:
    found: dict[Month, list[Sent]] = defaultdict(list)
    for sent in sent_on(workspace, campaigns, slots, channels):
        found[sent.account.id, f"{sent.slot.due.astimezone(workspace.zone):%Y-%m}"].append(sent)
    return found


def _quota(workspace: Workspace, card: ChannelCard, sent: Sent) -> int | None:
    return card.monthly_quota(sent.account.settings, settings_of(workspace, card)) if card.monthly_quota else None


def _problem(
    workspace: Workspace,
    campaigns: Loadeds,
    cards: Mapping[str, ChannelCard],
    same: Sequence[tuple[Sequence[Sent], int]],
    start: datetime,
) -> Problem:
    """The problem of accounts that have the same plan, at the first delivery that is too many."""
    sent, most = same[0]
    first = next(each for number, each in enumerate(sent) if number >= most and each.slot.due >= start)
    accounts = [each[0].account.name for each, _ in same]
    told = ", ".join(accounts[:_NAMED]) + (f" (+{len(accounts) - _NAMED})" if len(accounts) > _NAMED else "")
    dates = [f"{each.slot.due.astimezone(workspace.zone):%d/%m %H:%M} {each.slot.item_id}" for each in sent]
    params = {
        "channel": cards[first.channel].name_vi,
        "accounts": told,
        "month": f"{first.slot.due.astimezone(workspace.zone):%m/%Y}",
        "count": str(len(sent)),
        "most": str(most),
        "items": ", ".join(dates[:_LISTED]) + (" …" if len(dates) > _LISTED else ""),
    }
    place = campaigns[first.slot.campaign_id].item_place(first.slot.item_id, "send", first.channel)
    return Problem("E566", params, place)
