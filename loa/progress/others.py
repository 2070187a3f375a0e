"""Indicators, budget lines and tasks: what others measured, what was spent, what was done for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from loa.dispatch.views import DeliveryView
from loa.plan import Indicator, Reading, Target
from loa.progress.model import BudgetState, Ground, IndicatorState, ItemKey, QuotaState, Standing, TaskState
from loa.store.logbook import Entry

_STRICTLY_MORE = ("trên", "hơn", ">")
_AT_MOST = ("dưới", "không quá", "tối đa", "<", "≤")


def indicator_states(ground: Ground, entries: Sequence[Entry], day: date) -> tuple[IndicatorState, ...]:
    """Each indicator as of ``day``, from the readings of the plan file and of the log."""
    logged: dict[str, list[Reading]] = defaultdict(list)
    for each in entries:
        if each.kind == "reading":
            source = each.words.get("note") or each.words.get("link") or each.person_name
            logged[each.target].append(Reading(date=each.day, value=Decimal(each.value), source=source))
    return tuple(_indicator(each, logged[each.id], day) for each in ground.plan.indicators)


def _indicator(indicator: Indicator, logged: Sequence[Reading], day: date) -> IndicatorState:
    known = sorted((*indicator.readings, *logged), key=lambda each: each.date)
    readings = tuple(each for each in known if each.date <= day)
    newest = readings[-1] if readings else None
    targets = sorted(indicator.targets, key=lambda each: each.by)
    target = next((each for each in targets if each.by >= day), targets[-1])
    past = [each for each in targets if each.by < day]
    is_reached = newest is not None and meets(indicator, newest.value, target)
    is_late = bool(past) and not (newest and meets(indicator, newest.value, past[-1]))
    standing: Standing = "late" if is_late else "reached" if is_reached else "open"
    return IndicatorState(indicator, target, newest, readings, is_reached, standing)


def meets(indicator: Indicator, value: Decimal, target: Target) -> bool:
    """Whether a value reaches a target as the document words it: "trên 80" is more than 80, "dưới 5" less."""
    wording = indicator.at_least.strip().casefold()
    if wording.startswith(_AT_MOST):
        return value < target.value if wording.startswith(("dưới", "<")) else value <= target.value
    return value > target.value if wording.startswith(_STRICTLY_MORE) else value >= target.value


def budget_states(ground: Ground, entries: Sequence[Entry], estimates: Mapping[str, int]) -> tuple[BudgetState, ...]:
    """Each line of the budget; ``estimates``: channel → đồng for what is out on it.

    A channel is paid from the first line that covers it.
    """
    payer = {channel: line.id for line in reversed(ground.plan.budget) for channel in line.covers}
    estimated: Counter[str] = Counter()
    for channel, amount in estimates.items():
        estimated[payer.get(channel, "")] += amount
    spent: Counter[str] = Counter()
    for each in entries:
        if each.kind == "spent":
            spent[each.target] += each.amount
    return tuple(BudgetState(line, spent[line.id], estimated[line.id]) for line in ground.plan.budget)


class TaskCounts:
    """Deliveries and entries by the tasks that they serve, directly or through a quota of the task."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._ids = frozenset(task.id for task in ground.plan.tasks)
        self._of_quota = {quota.id: quota.task for quota in ground.plan.quotas if quota.task}
        self._planned: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._logged: Counter[str] = Counter()
        self._by_item: dict[ItemKey, tuple[str, ...]] = {}

    def publication(self, view: DeliveryView, *, is_out: bool) -> None:
        """A delivery that was planned and not given up."""
        key = (view.campaign_id, view.item_id)
        if key not in self._by_item:
            self._by_item[key] = self._tasks(self._ground.served_by_item(key))
        for task in self._by_item[key]:
            self._planned[task] += 1
            self._done[task] += is_out

    def entry(self, entry: Entry) -> None:
        names = [entry.target]
        if entry.kind in ("event", "people"):
            names += self._ground.served_by_event(entry.target)
        for task in self._tasks(names):
            self._logged[task] += 1

    def states(self, quotas: Sequence[QuotaState]) -> tuple[TaskState, ...]:
        items = Counter(task for key in self._ground.items for task in self._tasks(self._ground.served_by_item(key)))
        return tuple(
            TaskState(
                task,
                items[task.id],
                self._planned[task.id],
                self._done[task.id],
                self._logged[task.id],
                tuple(each for each in quotas if each.quota.task == task.id),
            )
            for task in self._ground.plan.tasks
        )

    def _tasks(self, names: Sequence[str]) -> tuple[str, ...]:
        known = (self._of_quota.get(name, name) for name in names)
        return tuple(dict.fromkeys(name for name in known if name in self._ids))
