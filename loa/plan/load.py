"""``campaigns/**/plan.yaml`` → plans, each with the way back to its lines, and which campaign belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from loa.campaign import LoadedCampaign
from loa.campaign.load import plan_files
from loa.errors import Problem, ProblemsFound
from loa.plan.model import Plan
from loa.reader import Loaded, load
from loa.workspace import Workspace


@dataclass(frozen=True)
class LoadedPlan:
    """A plan and the file that says it."""

    plan: Plan
    shown: str
    loaded: Loaded[Plan]

    @property
    def folder(self) -> PurePosixPath:
        return PurePosixPath(self.shown).parent


def load_plans(ws: Workspace) -> tuple[LoadedPlan, ...]:
    """Every plan of the workspace, in the order of the paths.

    Raises:
        ProblemsFound: with all problems of all files.
    """
    plans, problems = read_plans(ws)
    if problems:
        raise ProblemsFound(problems)
    return plans


def read_plans(ws: Workspace) -> tuple[tuple[LoadedPlan, ...], list[Problem]]:
    """The plans that can be read, and what is wrong with the others."""
    plans: list[LoadedPlan] = []
    problems: list[Problem] = []
    for path in plan_files(ws):
        shown = ws.shown(path)
        try:
            loaded = load(path, Plan, shown)
        except ProblemsFound as found:
            problems += found.problems()
        else:
            plans.append(LoadedPlan(loaded.value, shown, loaded))
    return tuple(plans), problems


def plan_of(plans: Sequence[LoadedPlan], campaign: LoadedCampaign) -> LoadedPlan | None:
    """The plan that the campaign names; without a name, the one in its folder or in the nearest folder above."""
    if campaign.campaign.plan is not None:
        return next((each for each in plans if each.plan.id == campaign.campaign.plan), None)
    here = {each.folder: each for each in plans}
    folders = PurePosixPath(campaign.shown).parents
    return next((here[folder] for folder in folders if folder in here), None)
