"""Units that a campaign speaks for and that have no account on a channel: nothing goes out for them there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loa.campaign.load import LoadedCampaign
from loa.campaign.members import during, members
from loa.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Unreached:
    """A channel of a campaign, and the codes of the units that have no account on it."""

    campaign_id: str
    channel: str
    units: tuple[str, ...]


def unreached(ws: Workspace, campaigns: Iterable[LoadedCampaign]) -> list[Unreached]:
    """Every channel of every campaign on which some unit cannot speak, in the order of the files."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for loaded in campaigns:
        campaign = loaded.campaign
        for item in campaign.items:
            codes = during(ws.units, campaign, members(ws.units, campaign, item))
            for channel in item.send:
                lacking = (code for code in codes if not ws.accounts_for(code, channel))
                found.setdefault((campaign.id, channel), {}).update(dict.fromkeys(lacking))
    return [Unreached(*key, tuple(units)) for key, units in found.items() if units]
