"""Titles that read-back needs: where a channel is read back by title, two posts of one day must not share one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from loa.campaign import LoadedCampaign
from loa.delivery import ChannelCard
from loa.draft.channels import Sent, sent_on, used_by
from loa.draft.compose import Composer
from loa.errors import Problem
from loa.timetable import Slot
from loa.workspace import Workspace

_NEAR = timedelta(days=1)


def title_problems(
    workspace: Workspace,
    campaigns: Sequence[LoadedCampaign],
    cards: Mapping[str, ChannelCard],
    slots: Sequence[Slot],
    composer: Composer,
) -> Iterator[Problem]:
    """Two items or meetings of a campaign with one title on one account within a day (E568); once for each pair."""
    by_id = {loaded.campaign.id: loaded for loaded in campaigns}
    titled = frozenset(name for name in used_by(by_id) if cards[name].needs_title and cards[name].read_back == "good")
    told: set[tuple[str, ...]] = set()
    for one, other in _neighbours(list(sent_on(workspace, by_id, slots, titled)) if titled else []):
        loaded = by_id[one.slot.campaign_id]
        pair = (loaded.campaign.id, *sorted((one.item.id, other.item.id)))
        if pair in told:
            continue
        told.add(pair)
        title = composer.title(loaded, other.slot)
        if title and title == composer.title(loaded, one.slot):
            params = {
                "item": other.item.id,
                "other": one.item.id,
                "title": title,
                "channel": cards[other.channel].name_vi,
                "account": other.account.name,
            }
            place = loaded.item_place(other.item.id, "send", other.channel)
            yield Problem("E568", params, place, severity="warning")


def _neighbours(sent: Sequence[Sent]) -> Iterator[tuple[Sent, Sent]]:
    """Deliveries of two items or meetings of one campaign by one account, less than a day apart; the earlier first."""
    lines: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    for each in sent:
        lines[each.slot.campaign_id, each.account.id].append(each)
    for line in lines.values():
        for number, one in enumerate(line):
            for other in line[number + 1 :]:
                if other.slot.due - one.slot.due >= _NEAR:
                    break
                if (other.item.id, other.slot.meeting) != (one.item.id, one.slot.meeting):
                    yield one, other
