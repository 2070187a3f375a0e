"""Everything that ``loa check`` looks at, from the settings to the length of every text on every channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from loa.cli.options import span, workspace_here
from loa.errors import LoaError, Problem, ProblemsFound

if TYPE_CHECKING:
    from loa.campaign import LoadedCampaign
    from loa.workspace import Workspace

_AHEAD = timedelta(days=366)


def problems_of_workspace(first: str = "", last: str = "", *, links: bool = False) -> Sequence[Problem]:
    """All problems of the workspace around the present folder; a broken file hides only what depends on it.

    What goes out from ``first`` to ``last`` is looked at (days as people write them): without them, a year from today.
    With ``links``, every link is asked whether it opens: the only check that goes out to the network.
    """
    from loa.campaign import OF_ONE_UNIT, check_campaigns, read_campaigns
    from loa.draft import limit_problems
    from loa.plan import plan_problems, read_plans
    from loa.rules import read_rules
    from loa.timetable import problems as timetable_problems
    from loa.wiring.cards import cards

    try:
        workspace = workspace_here()
    except ProblemsFound as error:
        return error.problems()
    known = cards()
    campaigns, broken = read_campaigns(workspace)
    plans, broken_plans = read_plans(workspace)
    broken += [*read_rules(workspace)[1], *broken_plans]
    found = [*broken, *check_campaigns(workspace, campaigns, known), *_brand_problems(workspace, campaigns)]
    found += plan_problems(workspace, plans, campaigns)
    if any(problem.severity == "error" and problem.code not in OF_ONE_UNIT for problem in found):
        return found
    if links:
        from loa.wiring.links import link_problems

        found += link_problems(workspace, campaigns)
    start, end = _window(workspace, first, last)
    found += timetable_problems(workspace, campaigns, start, end)
    try:
        found += limit_problems(workspace, campaigns, known, start, end)
    except LoaError as error:
        found += error.problems()
    return found


def _window(workspace: Workspace, first: str, last: str) -> tuple[datetime, datetime]:
    """Days are looked at whole: what was due an hour ago may still go out, late."""
    start, end = span(workspace, first, last)
    return start, end if last else start + _AHEAD


def _brand_problems(workspace: Workspace, campaigns: Sequence[LoadedCampaign]) -> Iterator[Problem]:
    """Colours that cannot be read, in every brand that is in use."""
    from loa.render.brand_check import check_brand
    from loa.workspace import brand_names

    makes = (make for loaded in campaigns for item in loaded.campaign.items for make in item.make)
    units = (unit.brand for unit in workspace.units.units)
    used = {"", workspace.settings.brand, *units, *(make.brand for make in makes)}
    for name in sorted(used & {"", *brand_names(workspace.root)}):  # one that is not there has been told
        yield from check_brand(workspace, name)
