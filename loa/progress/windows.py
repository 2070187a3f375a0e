"""The windows of a quota: the whole plan, or each year or month of it."""

from __future__ import annotations

from datetime import date, timedelta

from loa.plan import Plan, Quota
from loa.progress.model import Window

_LAST_MONTH = 12


def windows_of(plan: Plan, quota: Quota) -> tuple[Window, ...]:
    """Every window, in order. The first and the last are cut to the plan's days; what is asked of them is not."""
    if quota.each == "once":
        return (Window(plan.start, plan.end, deadline_of(plan, quota)),)
    found = []
    start = plan.start
    while start <= plan.end:
        end = min(_end(start, quota.each), plan.end)
        found.append(Window(start, end, end))
        start = end + timedelta(days=1)
    return tuple(found)


def deadline_of(plan: Plan, quota: Quota) -> date:
    """The day of the quota, else the last of its phase, else the last of the plan."""
    phase = next((each for each in plan.phases if each.id == quota.phase), None)
    return quota.by or (phase.end if phase else plan.end)


def _end(start: date, each: str) -> date:
    if each == "year":
        return date(start.year, 12, 31)
    if start.month == _LAST_MONTH:
        return date(start.year, 12, 31)
    return date(start.year, start.month + 1, 1) - timedelta(days=1)
