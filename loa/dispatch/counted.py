"""Copies and readings that a hand-off tells of, in the log of the quotas that its item serves."""

from __future__ import annotations

from datetime import datetime

from loa.campaign import load_campaigns
from loa.dispatch.desk import Desk
from loa.dispatch.logbook import Kind, Told, evidence, log
from loa.dispatch.proof import Proof
from loa.plan import Counted, load_plans, plan_of
from loa.plan.check import serves

_KINDS: dict[Counted, Kind] = {"copies": "copies", "logged": "logged", "people": "people"}
"""What a quota must count for a number of a hand-off to fill it, and how the log calls it."""


def log_counted(desk: Desk, key: str, when: datetime, count: int, proof: Proof, person: str, origin: str) -> list[int]:
    """Log ``count`` for every quota of copies, people or hand-made entries that the item of delivery ``key`` serves.

    ``key``: campaign/item/day/unit/…. The numbers of the entries; none where the item serves no such quota. The same
    delivery is logged once.
    """
    campaign_id, item_id, _, unit_code = key.split("/")[:4]
    loaded = next((each for each in load_campaigns(desk.workspace) if each.campaign.id == campaign_id), None)
    plan = plan_of(load_plans(desk.workspace), loaded) if loaded else None
    if loaded is None or plan is None:
        return []
    served = serves(loaded, loaded.item(item_id))
    day = when.astimezone(desk.workspace.zone).date()
    told = [
        Told(
            kind=_KINDS[quota.count],
            target=quota.id,
            day=day,
            unit_code=unit_code,
            count=count,
            words=evidence(desk, proof.link, proof.photo),
            source=f"handoff:{key}:{quota.id}",
        )
        for quota in plan.plan.quotas
        if quota.id in served and quota.count in _KINDS
    ]
    return log(desk, plan.plan, told, person, origin=origin)
