"""What the campaigns' files say, kept for as long as the files are the same: who is spoken to, and what comes later."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from loa.campaign import Item, LoadedCampaign, read_campaigns
from loa.campaign.rewrite_file import as_written
from loa.errors import LoaError
from loa.timetable import Slot, build
from loa.workspace import Workspace

_KEPT = 24
_PUBLIC = (".yaml", ".yml")


@dataclass(frozen=True)
class Plans:
    """The campaigns that can be read. ``digests``: campaign id → SHA-256 of its file, for whoever changes it."""

    workspace: Workspace
    campaigns: tuple[LoadedCampaign, ...]
    digests: dict[str, str]

    @cached_property
    def items(self) -> dict[tuple[str, str], Item]:
        """Campaign id and item id → the item."""
        return {(one.campaign.id, item.id): item for one in self.campaigns for item in one.campaign.items}

    @cached_property
    def by_id(self) -> dict[str, LoadedCampaign]:
        """Campaign id → the campaign."""
        return {one.campaign.id: one for one in self.campaigns}

    @cached_property
    def audiences(self) -> dict[str, str]:
        """The id of every audience → its name."""
        return {each.id: each.name for one in self.campaigns for each in one.campaign.audiences}

    def audience_of(self, campaign_id: str, item_id: str) -> str:
        """Whom an item speaks to; empty where the campaign does not say."""
        item = self.items.get((campaign_id, item_id))
        return (item.audience or "") if item else ""

    @cached_property
    def _lanes(self) -> frozenset[tuple[str, str]]:
        return frozenset((account.unit, account.channel) for account in self.workspace.settings.accounts)

    def channels_of(self, slot: Slot) -> Iterator[str]:
        """The channels on which the unit of a slot has an account."""
        sends = self.items[slot.campaign_id, slot.item_id].send
        return (channel for channel in sends if (slot.unit_code, channel) in self._lanes)


class Shelf:
    """The plans of one desk; read anew when a file of the campaigns or the workspace is another."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._plans: Plans | None = None
        self._mark: object = None
        self._slots: OrderedDict[tuple[datetime, datetime], tuple[Slot, ...]] = OrderedDict()

    def plans(self, workspace: Workspace) -> Plans:
        """What the files say now."""
        with self._mutex:
            mark = (id(workspace), _mark_of(workspace))
            if self._plans is None or mark != self._mark:
                self._plans, self._mark = _read(workspace), mark
                self._slots.clear()
            return self._plans

    def slots(self, plans: Plans, start: datetime, end: datetime) -> tuple[Slot, ...]:
        """The slots due from ``start`` until before ``end``; none where a day of the files cannot be counted."""
        with self._mutex:
            known = self._slots.get((start, end)) if plans is self._plans else None
            if known is None:
                known = self._slots[start, end] = _built(plans, start, end)
            self._slots.move_to_end((start, end))
            while len(self._slots) > _KEPT:
                self._slots.popitem(last=False)
            return known


def _built(plans: Plans, start: datetime, end: datetime) -> tuple[Slot, ...]:
    try:
        return build(plans.workspace, plans.campaigns, start, end)
    except LoaError:  # an anchor that is no day: told over every page while it lasts
        return ()


def _read(workspace: Workspace) -> Plans:
    campaigns, _ = read_campaigns(workspace)
    digests = {one.campaign.id: as_written(workspace.inside(one.shown), one.shown).digest for one in campaigns}
    return Plans(workspace, campaigns, digests)


def _mark_of(workspace: Workspace) -> tuple[tuple[str, int, int], ...]:
    files = sorted(path for path in workspace.campaigns.rglob("*") if path.suffix in _PUBLIC)
    states = ((path.as_posix(), path.stat()) for path in files if not path.name.startswith("."))
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)
