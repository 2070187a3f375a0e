"""A plan of a workspace as its book tells it: read once, counted once, for the terminal and for the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loa.campaign import load_campaigns
from loa.dispatch import Desk, overview
from loa.dispatch.logbook import logged
from loa.dispatch.views import DeliveryView
from loa.errors import LoaError
from loa.messages import Lang
from loa.plan import LoadedPlan, load_plans
from loa.progress.costs import costs_so_far
from loa.progress.count import progress_of
from loa.progress.gather import ground_of
from loa.progress.model import Ground, Progress
from loa.store.logbook import Entry


@dataclass(frozen=True, slots=True)
class Stand:
    """A plan, what the book holds of it, and what that comes to on a day."""

    loaded: LoadedPlan
    ground: Ground
    views: tuple[DeliveryView, ...]
    """Publications of the plan's campaigns, in the order in which they are due."""
    entries: tuple[Entry, ...]
    progress: Progress


def stand_of(desk: Desk, name: str, day: date, lang: Lang = "vi") -> Stand:
    """The plan of that id (without a name: the only one) as of ``day``.

    Raises:
        LoaError: E265, there is no such plan, or several and none was named.
        ProblemsFound: the files of plans or campaigns cannot be read.
    """
    plans = load_plans(desk.workspace)
    loaded = find_loaded(plans, name)
    ground = ground_of(desk.workspace, loaded, plans, load_campaigns(desk.workspace))
    found = overview(desk.book, desk.workspace, campaigns=ground.campaigns, lang=lang, cards=desk.cards)
    views = tuple(view for view in found if view.action == "publish")
    entries = tuple(logged(desk, loaded.plan.id))
    costs = costs_so_far(desk.workspace, ground, views, day)
    return Stand(loaded, ground, views, entries, progress_of(ground, views, entries, day, costs))


def find_loaded(plans: tuple[LoadedPlan, ...], name: str) -> LoadedPlan:
    """The plan of that id; where there is only one, no name is needed.

    Raises:
        LoaError: E265, there is none.
    """
    found = [each for each in plans if each.plan.id == name] if name else list(plans)
    if len(found) != 1:
        raise LoaError("E265", name=name or ", ".join(each.plan.id for each in plans))
    return found[0]
