"""Plans: the document of the upper level as a file — tasks, quotas, indicators, budget — and what serves them."""

from loa.plan.check import plan_problems
from loa.plan.load import LoadedPlan, load_plans, plan_of, read_plans
from loa.plan.model import BudgetLine, Counted, Indicator, Plan, PlanPhase, Quota, Reading, Target, Task

__all__ = [
    "BudgetLine",
    "Counted",
    "Indicator",
    "LoadedPlan",
    "Plan",
    "PlanPhase",
    "Quota",
    "Reading",
    "Target",
    "Task",
    "load_plans",
    "plan_of",
    "plan_problems",
    "read_plans",
]
