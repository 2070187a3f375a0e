"""What a plan stands at, as values: nothing here asks the clock, the book or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from decimal import Decimal
from typing import Literal

from loa.plan import BudgetLine, Indicator, Plan, Quota, Reading, Target, Task
from loa.progress.outcome import Outcome
from loa.workspace import AccountSettings, UnitTree

Standing = Literal["reached", "open", "late"]
"""``late``: a deadline has passed, and what was to be reached by then was not."""
ItemKey = tuple[str, str]
"""Campaign id and item id."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that stands in files: the plan, what serves it, the units and their accounts."""

    plan: Plan
    units: UnitTree
    accounts: tuple[AccountSettings, ...]
    zone: tzinfo
    items: Mapping[ItemKey, str]
    """Every item of the plan's campaigns with its title, in the order of the files."""
    serves: Mapping[ItemKey, tuple[str, ...]]
    """The quotas and tasks of an item; under ``(campaign, "")`` those of its campaign, for items that left the file."""
    events: Mapping[str, tuple[str, ...]]
    """``<campaign>/<event>`` → the quotas and tasks that the event counts for."""
    event_titles: Mapping[str, str] = field(default_factory=dict)
    """The same keys → the names of the events."""

    @property
    def campaigns(self) -> frozenset[str]:
        return frozenset(campaign for campaign, _ in self.serves)

    def served_by_item(self, key: ItemKey) -> tuple[str, ...]:
        """The quotas and tasks of an item; those of its campaign where no file names the item any more."""
        found = self.serves.get(key)
        return found if found is not None else self.serves.get((key[0], ""), ())

    def served_by_event(self, target: str) -> tuple[str, ...]:
        """The quotas and tasks of an event that the log names, with or without its meeting."""
        return self.events.get("/".join(target.split("/")[:2]), ())


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a target is for: the plan, or a year or month of it; both ends belong to it."""

    start: date
    end: date
    due: date
    """The day by which the target is to be reached."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that counts for a quota, and where it can be looked at."""

    unit_code: str
    day: date
    """When it was published or done."""
    window: Window
    amount: int
    title: str
    channel: str = ""
    proof: str = ""
    """A link, or the path of a photo from the workspace's root; empty where the platform gave none."""
    source: str = ""
    """``delivery <number>``, ``log <number>`` or ``account <id>``."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of one unit (or of all together: an empty code) in one window."""

    unit_code: str
    window: Window
    counted: int
    target: Decimal
    """0 where nothing was asked: a unit that ended, or an entry that names none."""

    @property
    def is_reached(self) -> bool:
        return self.counted >= self.target


@dataclass(frozen=True, slots=True)
class QuotaState:
    """A quota as of a day. ``parts`` are those whose window has begun; their sums are its numbers."""

    quota: Quota
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]
    standing: Standing
    reached_on: date | None
    """The first day on which everything asked so far was there."""
    to_come: int
    """What the book has still to publish for it, counted in the same way."""
    asked: tuple[str, ...]
    """The units that it asks (of): those that exist on the day."""

    @property
    def counted(self) -> int:
        return sum(part.counted for part in self.parts)

    @property
    def target(self) -> Decimal:
        return sum((part.target for part in self.parts), Decimal(0))

    @property
    def percent(self) -> int:
        """How much of what is asked is there, rounded down; more than was asked of one part fills no other."""
        asked = self.target
        there = sum((min(Decimal(part.counted), part.target) for part in self.parts), Decimal(0))
        return int(100 * there / asked) if asked else 100

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_reached)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The units in which something is missing, as far as the quota asks units."""
        if self.quota.count in ("units", "channels"):
            last = max((part.window.start for part in self.parts), default=date.min)
            there = {each.unit_code for each in self.evidence if each.window.start == last}
            return tuple(code for code in self.asked if code not in there) if self.missing else ()
        return tuple(dict.fromkeys(part.unit_code for part in self.missing if part.unit_code))

    def counted_between(self, first: date, last: date) -> int:
        """What was added from ``first`` to ``last``, both included."""
        return sum(each.amount for each in self.evidence if first <= each.day <= last)

    @property
    def is_share(self) -> bool:
        """Whether its number is a share of the units."""
        return is_share(self.quota)


def is_share(quota: Quota) -> bool:
    """Whether a quota asks for per cent of the units; in per cent of anything else there is nothing to count."""
    return quota.unit.strip() == "%" and quota.count in ("units", "channels")


@dataclass(frozen=True, slots=True)
class IndicatorState:
    """An indicator as of a day: where it began, what it is to be, what it is."""

    indicator: Indicator
    target: Target
    """The next one that is due; after the last one, the last."""
    reading: Reading | None
    """The newest one that is not younger than the day."""
    readings: tuple[Reading, ...]
    is_reached: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class BudgetState:
    """A line of the budget in đồng. What Loa estimates is told beside what was spent, and never subtracted twice."""

    line: BudgetLine
    spent: int
    estimated: int

    @property
    def remaining(self) -> Decimal:
        return self.line.amount - self.spent


@dataclass(frozen=True, slots=True)
class TaskState:
    """What was done for a task: deliveries of the items that serve it, and entries of the log."""

    task: Task
    items: int
    planned: int
    done: int
    logged: int
    quotas: tuple[QuotaState, ...]

    @property
    def word(self) -> Literal["beyond", "done", "some", "planned", "nothing"]:
        """How it stands, as the name of the words that say so."""
        if self.quotas and all(each.standing == "reached" for each in self.quotas):
            return "done"
        if self.done or self.logged:
            return "some"
        if self.task.beyond:
            return "beyond"
        return "planned" if self.planned or self.items else "nothing"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one unit published of the plan."""

    code: str
    name: str
    planned: int
    done: int
    has_account: bool
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units × items. ``cells``: (unit, campaign, item) → (planned, done); none where the unit has no part in it."""

    units: tuple[UnitLine, ...]
    items: tuple[tuple[ItemKey, str], ...]
    cells: Mapping[tuple[str, str, str], tuple[int, int]]

    @property
    def silent(self) -> tuple[UnitLine, ...]:
        """Units that exist on the day and published nothing."""
        return tuple(unit for unit in self.units if not unit.done and not unit.has_ended)

    @property
    def without_account(self) -> tuple[UnitLine, ...]:
        return tuple(unit for unit in self.units if not unit.has_account and not unit.has_ended)

    @property
    def whole(self) -> int:
        """Cells in which everything that was planned is published."""
        return sum(planned == done for planned, done in self.cells.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan as of a day."""

    plan: Plan
    day: date
    quotas: tuple[QuotaState, ...]
    indicators: tuple[IndicatorState, ...]
    budget: tuple[BudgetState, ...]
    tasks: tuple[TaskState, ...]
    coverage: Coverage
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    """Every delivery of the plan, each once."""

    def served(self) -> tuple[TaskState, ...]:
        """Tasks that something of the campaigns or of the log serves, or that have a quota."""
        return tuple(each for each in self.tasks if each.word != "beyond")
