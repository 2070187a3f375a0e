"""From the files of the workspace to the ground on which a plan is counted."""

from __future__ import annotations

from collections.abc import Sequence

from loa.campaign import LoadedCampaign
from loa.plan import LoadedPlan, plan_of
from loa.plan.check import serves
from loa.progress.model import Ground, ItemKey
from loa.workspace import Workspace


def ground_of(
    workspace: Workspace, plan: LoadedPlan, plans: Sequence[LoadedPlan], campaigns: Sequence[LoadedCampaign]
) -> Ground:
    """What of ``campaigns`` belongs to ``plan`` (one of ``plans``), and what it serves."""
    items: dict[ItemKey, str] = {}
    served: dict[ItemKey, tuple[str, ...]] = {}
    events: dict[str, tuple[str, ...]] = {}
    titles: dict[str, str] = {}
    for loaded in campaigns:
        if plan_of(plans, loaded) is not plan:
            continue
        campaign = loaded.campaign
        served[campaign.id, ""] = campaign.serves
        for item in campaign.items:
            items[campaign.id, item.id] = item.title
            served[campaign.id, item.id] = serves(loaded, item)
        for event in campaign.events:
            events[f"{campaign.id}/{event.id}"] = event.serves or campaign.serves
            titles[f"{campaign.id}/{event.id}"] = event.title
    accounts = workspace.settings.accounts
    return Ground(plan.plan, workspace.units, accounts, workspace.zone, items, served, events, titles)
