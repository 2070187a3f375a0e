"""Everything that ``loa check`` looks at, from the settings to the length of every text on every channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from loa.cli.options import workspace_here
from loa.errors import LoaError, Problem, ProblemsFound

_AHEAD = timedelta(days=366)


def problems_of_workspace() -> Sequence[Problem]:
    """All problems of the workspace around the present folder; a broken file hides only what depends on it."""
    from loa.campaign import check_campaigns, read_campaigns
    from loa.clock import SystemClock
    from loa.draft import limit_problems
    from loa.timetable import problems as timetable_problems
    from loa.wiring.cards import cards

    try:
        workspace = workspace_here()
    except ProblemsFound as error:
        return error.problems()
    known = cards()
    campaigns, broken = read_campaigns(workspace)
    found = [*broken, *check_campaigns(workspace, campaigns, known)]
    if any(problem.severity == "error" for problem in found):
        return found
    start = SystemClock().now()
    found += timetable_problems(workspace, campaigns, start, start + _AHEAD)
    try:
        found += limit_problems(workspace, campaigns, known, start, start + _AHEAD)
    except LoaError as error:
        found += error.problems()
    return found
