"""Counting against a plan: what was published and logged, against quotas, indicators, budget and units; pure."""

from loa.progress.count import progress_of
from loa.progress.gather import ground_of, message_costs
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
    "ground_of",
    "is_share",
    "message_costs",
    "outcome_of",
    "progress_of",
    "published_on",
]
