"""Every reference of the plans and to them: what no item serves, and items that serve nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loa.campaign import Item, LoadedCampaign
from loa.errors import Problem
from loa.plan.load import LoadedPlan, plan_of
from loa.plan.model import Plan, PlanPhase
from loa.reader import closest
from loa.workspace import Workspace

Loc = tuple[str | int, ...]
_LISTS = ("phases", "groups", "tasks", "quotas", "indicators", "budget")
_BY_ITEMS = ("items", "deliveries", "units")
"""What only items that are published can fill; the rest is filled by the log or by accounts."""
_BY_EVENTS = ("events", "people")
"""What is counted from the meetings of events, as people report them."""


def plan_problems(ws: Workspace, plans: Sequence[LoadedPlan], campaigns: Sequence[LoadedCampaign]) -> list[Problem]:
    """All problems of all plans and of what campaigns say of them; warnings are among them."""
    problems: list[Problem] = []
    for loaded in plans:
        problems += _doubles(loaded, plans)
        problems += _days(loaded)
        problems += _references(ws, loaded)
    problems += [problem for each in campaigns for problem in _served(plans, each)]
    return [*problems, *_unserved(plans, campaigns)]


def serves(campaign: LoadedCampaign, item: Item) -> tuple[str, ...]:
    """The tasks and quotas that an item serves: its own, else those of its campaign."""
    return item.serves or campaign.campaign.serves


def _doubles(loaded: LoadedPlan, plans: Sequence[LoadedPlan]) -> Iterator[Problem]:
    """Ids that are there twice: plans in the workspace; all that may be named in a plan."""
    for other in plans:
        if other is loaded:
            break
        if other.plan.id == loaded.plan.id:
            yield Problem("E260", {"id": other.plan.id, "file": other.shown}, loaded.loaded.place_of(("id",)))
    first: dict[str, int] = {}
    for name in _LISTS:
        for number, entry in enumerate(getattr(loaded.plan, name)):
            place = loaded.loaded.place_of((name, number, "id"))
            if entry.id in first:
                yield Problem("E222", {"id": entry.id, "line": str(first[entry.id])}, place)
            first.setdefault(entry.id, place.line)


def _days(loaded: LoadedPlan) -> Iterator[Problem]:
    """Ends before beginnings, and phases outside the plan."""
    plan = loaded.plan
    spans: list[tuple[Plan | PlanPhase, Loc]] = [(plan, ())]
    spans += [(phase, ("phases", number)) for number, phase in enumerate(plan.phases)]
    for span, loc in spans:
        start, end = span.start, span.end
        if end < start:
            yield Problem("E245", {"start": f"{start}", "end": f"{end}"}, loaded.loaded.place_of((*loc, "to")))
        elif start < plan.start or plan.end < end:
            params = {"start": f"{plan.start}", "end": f"{plan.end}"}
            yield Problem("E261", params, loaded.loaded.place_of((*loc, "from")))


def _references(ws: Workspace, loaded: LoadedPlan) -> Iterator[Problem]:
    plan = loaded.plan
    groups, tasks = [each.id for each in plan.groups], [each.id for each in plan.tasks]
    phases, units = [each.id for each in plan.phases], ws.units.codes()
    for number, task in enumerate(plan.tasks):
        yield from _unknown(loaded, "E262", task.group, groups, ("tasks", number, "group"))
    for number, quota in enumerate(plan.quotas):
        here: Loc = ("quotas", number)
        yield from _unknown(loaded, "E263", quota.task, tasks, (*here, "task"))
        yield from _unknown(loaded, "E264", quota.phase, phases, (*here, "phase"))
        for position, code in enumerate(quota.units):
            yield from _unknown(loaded, "E228", code, units, (*here, "units", position))
    for number, indicator in enumerate(plan.indicators):
        yield from _unknown(loaded, "E263", indicator.task, tasks, ("indicators", number, "task"))


def _unknown(
    loaded: LoadedPlan | LoadedCampaign, code: str, name: str | None, known: Iterable[str], loc: Loc
) -> Iterator[Problem]:
    accepted = tuple(known)
    if name is not None and name not in accepted:
        yield Problem(code, {"name": name}, loaded.loaded.place_of(loc), accepted, closest(name, accepted))


def _served(plans: Sequence[LoadedPlan], campaign: LoadedCampaign) -> Iterator[Problem]:
    """What a campaign and its items say that they serve is there; an item of a plan that serves nothing is told."""
    said = campaign.campaign
    yield from _unknown(campaign, "E265", said.plan, (each.plan.id for each in plans), ("plan",))
    loaded = plan_of(plans, campaign)
    named: list[tuple[Loc, str]] = [(("serves", n), name) for n, name in enumerate(said.serves)]
    for number, item in enumerate(said.items):
        named += [(("items", number, "serves", n), name) for n, name in enumerate(item.serves)]
    for number, event in enumerate(said.events):
        named += [(("events", number, "serves", n), name) for n, name in enumerate(event.serves)]
    if loaded is None:
        if named and said.plan is None:
            yield Problem("E266", {}, campaign.loaded.place_of(named[0][0]))
        return
    known = _servable(loaded.plan)
    for loc, name in named:
        yield from _unknown(campaign, "E267", name, known, loc)
    for item in said.items:
        if not serves(campaign, item):
            yield Problem("E268", {"item": item.id}, campaign.item_place(item.id, "id"), severity="warning")
    for number, event in enumerate(said.events):
        if not (event.serves or said.serves):
            place = campaign.loaded.place_of(("events", number, "id"))
            yield Problem("E344", {"event": event.title}, place, severity="warning")


def _servable(plan: Plan) -> tuple[str, ...]:
    return (*(each.id for each in plan.quotas), *(each.id for each in plan.tasks))


def _unserved(plans: Sequence[LoadedPlan], campaigns: Sequence[LoadedCampaign]) -> Iterator[Problem]:
    """Quotas that no item or event serves, whichever fills them (a task that is served does not count)."""
    for loaded in plans:
        members = [each for each in campaigns if plan_of(plans, each) is loaded]
        by_items = {name for each in members for item in each.campaign.items for name in serves(each, item)}
        by_events = {
            name for each in members for event in each.campaign.events for name in event.serves or each.campaign.serves
        }
        for number, quota in enumerate(loaded.plan.quotas):
            place = loaded.loaded.place_of(("quotas", number, "id"))
            if quota.count in _BY_ITEMS and quota.id not in by_items:
                yield Problem("E269", {"quota": quota.title}, place, severity="warning")
            if quota.count in _BY_EVENTS and quota.id not in by_events:
                yield Problem("E343", {"quota": quota.title}, place, severity="warning")
