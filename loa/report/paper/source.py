"""Everything that a report is made from, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from loa.dispatch import Desk
from loa.dispatch.fates import with_fates
from loa.dispatch.feedback import told_by_citizens
from loa.dispatch.views import DeliveryView
from loa.plan import Plan
from loa.progress.stand import Stand
from loa.report.blocks import Block
from loa.report.paper.notes import FILE, read_notes
from loa.report.paper.period import Period
from loa.store.feedback import Feedback
from loa.store.insights import Figure, figures_of_campaigns
from loa.store.logbook import Entry
from loa.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Source:
    """A plan as of the last day of a period, and what was done in the period."""

    workspace: Workspace
    stand: Stand
    period: Period
    views: tuple[DeliveryView, ...]
    """Planned for the period, in the order in which they are due."""
    figures: tuple[Figure, ...]
    feedback: tuple[Feedback, ...]
    notes: Mapping[str, tuple[Block, ...]]
    now: datetime
    is_final: bool
    rehearsal: bool = False

    @property
    def plan(self) -> Plan:
        return self.stand.loaded.plan

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was logged for days of the period."""
        return tuple(each for each in self.stand.entries if each.day in self.period)

    def unit(self, code: str) -> str:
        """The name of a unit; codes of no unit stand for themselves."""
        units = self.workspace.units
        return units.get(code).name if code in units else code


def source_of(desk: Desk, stand: Stand, period: Period, *, is_final: bool = False, rehearsal: bool = False) -> Source:
    """Read what the report tells beside the counts: figures of the platforms, what citizens said, what people wrote.

    Raises:
        ProblemsFound: E276, E277, ``bao-cao.md`` has words where the report has no place for them.
    """
    workspace, ground = desk.workspace, stand.ground
    with desk.book.read() as connection:
        figures = figures_of_campaigns(connection, ground.campaigns)
    said = told_by_citizens(desk, stand.loaded.plan.id)
    shown = (stand.loaded.folder / FILE).as_posix()
    views = [view for view in stand.views if view.due.astimezone(ground.zone).date() in period]
    return Source(
        workspace=workspace,
        stand=stand,
        period=period,
        views=tuple(with_fates(desk, views)),
        figures=tuple(figures),
        feedback=tuple(each for each in said if each.day in period),
        notes=read_notes(workspace.inside(shown), shown),
        now=desk.clock.now(),
        is_final=is_final,
        rehearsal=rehearsal,
    )
