"""The messages of a campaign in a span of days, put together for a dossier."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from loa.campaign import Item, LoadedCampaign
from loa.delivery import ChannelCard
from loa.dossier.model import Dossier, Wording, dossier_of
from loa.draft import Composer, not_looked_up
from loa.render import Renderer
from loa.timetable import Slot, build
from loa.workspace import Workspace

CHANNEL = "sms"


def gather(
    workspace: Workspace,
    loaded: LoadedCampaign,
    cards: Mapping[str, ChannelCard],
    start: datetime,
    end: datetime,
    items: Collection[str] = (),
) -> Dossier:
    """The dossier of a campaign's messages that fall due in the span, of ``items`` or all.

    Raises:
        LoaError: E944 there is no message; E945 a person's phone number stands in one.
        ProblemsFound: a text could not be put together.
    """
    campaign, unit = loaded.campaign, workspace.units.get(workspace.settings.body.unit)
    composer = Composer(workspace, Renderer(workspace), not_looked_up, cards)
    slots = [slot for slot in build(workspace, [loaded], start, end) if _is_meant(loaded, slot, items)]
    slots.sort(key=lambda slot: workspace.units.codes().index(slot.unit_code))  # the province first, then its communes
    senders = [a.settings.get("brandname", "") for a in workspace.accounts_for(unit.code, CHANNEL)]
    return dossier_of(
        [_wording(workspace, loaded, composer, slot) for slot in slots],
        campaign=campaign.title,
        body=workspace.settings.body.name,
        basis=campaign.basis,
        lead=campaign.lead,
        hotline=unit.hotline,
        sender=next(filter(None, senders), ""),
    )


def _is_meant(loaded: LoadedCampaign, slot: Slot, items: Collection[str]) -> bool:
    item: Item = loaded.item(slot.item_id)
    return CHANNEL in item.send and (not items or item.id in items)


def _wording(workspace: Workspace, loaded: LoadedCampaign, composer: Composer, slot: Slot) -> Wording:
    unit = workspace.units.get(slot.unit_code)
    text = composer.as_sent(loaded, slot, CHANNEL)
    return Wording(loaded.item(slot.item_id).title, text, slot.due.astimezone(workspace.zone), unit.name)
