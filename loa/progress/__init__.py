"""Counting against a plan: what was published and logged, against quotas, indicators, budget and units; pure."""

from loa.progress.costs import costs_so_far
from loa.progress.count import progress_of
from loa.progress.gather import ground_of
from loa.progress.model import (
    BudgetState,
    Coverage,
    Evidence,
    Ground,
    IndicatorState,
    Part,
    Progress,
    QuotaState,
    Standing,
    TaskState,
    UnitLine,
    Window,
    is_share,
)
from loa.progress.outcome import Outcome, outcome_of
from loa.progress.published import published_on

__all__ = [
    "BudgetState",
    "Coverage",
    "Evidence",
    "Ground",
    "IndicatorState",
    "Outcome",
    "Part",
    "Progress",
    "QuotaState",
    "Standing",
    "TaskState",
    "UnitLine",
    "Window",
    "costs_so_far",
    "ground_of",
    "is_share",
    "outcome_of",
    "progress_of",
    "published_on",
]
