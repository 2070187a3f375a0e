"""What a plan asks of the channels: their settings, and which account sends which slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from loa.campaign import Item, LoadedCampaign
from loa.delivery import ChannelCard
from loa.timetable import Slot
from loa.workspace import AccountSettings, Workspace

Loadeds = Mapping[str, LoadedCampaign]
"""Campaigns by their id."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One (slot, channel, account), before anything is put into words."""

    slot: Slot
    item: Item
    channel: str
    account: AccountSettings


def settings_of(workspace: Workspace, card: ChannelCard) -> dict[str, str]:
    """The settings of a channel: what its card says, with what ``loa.yaml`` says over it."""
    own = workspace.settings.channels.get(card.id)
    return dict(card.host_settings) | (dict(own.settings) if own else {})


def sent_on(
    workspace: Workspace, campaigns: Loadeds, slots: Sequence[Slot], channels: frozenset[str]
) -> Iterator[Sent]:
    """What goes out on these channels, in the order of the slots."""
    accounts = cache(workspace.accounts_for)
    for slot in slots:
        item = campaigns[slot.campaign_id].item(slot.item_id)
        for channel in item.send:
            if channel in channels:
                for account in accounts(slot.unit_code, channel):
                    yield Sent(slot, item, channel, account)


def used_by(campaigns: Loadeds) -> frozenset[str]:
    """The channels that some item is sent on."""
    return frozenset(
        channel for loaded in campaigns.values() for item in loaded.campaign.items for channel in item.send
    )
