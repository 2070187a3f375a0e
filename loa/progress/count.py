"""A plan as of a day, counted in one pass over its deliveries and one over its log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from loa.dispatch.views import DeliveryView
from loa.progress.coverage import CoverageCount
from loa.progress.model import Ground, Progress
from loa.progress.others import TaskCounts, budget_states, indicator_states
from loa.progress.outcome import Outcome, outcome_of
from loa.progress.published import published_on
from loa.progress.quotas import QuotaCounts
from loa.progress.units import Heirs
from loa.store.logbook import Entry


def progress_of(
    ground: Ground,
    views: Iterable[DeliveryView],
    entries: Sequence[Entry],
    day: date,
    estimates: Mapping[str, int] | None = None,
) -> Progress:
    """What the plan stands at on ``day``.

    ``views``: of any campaigns and actions; only publications of the plan's campaigns are looked at. ``entries``: what
    stands in the log of the plan. ``estimates``: channel → đồng for what was published on it.
    """
    # After the plan's end its units are those of its last day: a merger in a later year does not change its result.
    heirs = Heirs(ground.units, min(day, ground.plan.end))
    quotas, tasks, coverage = QuotaCounts(ground, heirs, day), TaskCounts(ground), CoverageCount(ground, heirs)
    outcomes: Counter[Outcome] = Counter()
    campaigns = ground.campaigns
    for view in views:
        if view.action != "publish" or view.campaign_id not in campaigns:
            continue
        outcome = outcome_of(view.state)
        outcomes[outcome] += 1
        if outcome == Outcome.CANCELLED:
            continue
        published = published_on(view, ground.zone)
        is_out, unit = published is not None and published <= day, heirs.of(view.unit_code)
        tasks.publication(view, is_out=is_out)
        coverage.publication(view, unit, is_out=is_out)
        if published is not None or outcome == Outcome.WAITING:
            quotas.publication(view, unit, view.due.astimezone(ground.zone).date(), published)
    told = [each for each in entries if each.plan_id == ground.plan.id and not each.withdrawn_at and each.day <= day]
    for entry in told:
        quotas.entry(entry, heirs.of(entry.unit_code))
        tasks.entry(entry)
    states = quotas.states()
    return Progress(
        plan=ground.plan,
        day=day,
        quotas=states,
        indicators=indicator_states(ground, told, day),
        budget=budget_states(ground, told, estimates or {}),
        tasks=tasks.states(states),
        coverage=coverage.coverage(),
        outcomes=outcomes,
    )
