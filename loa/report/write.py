"""Writing the report: one page that an office prints, and tables that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from loa.dispatch.views import DeliveryView
from loa.report.page import Occasion, page
from loa.report.tables import coverage_csv, deliveries_csv
from loa.workspace import Workspace

PAGE = "report.html"


def write_report(
    folder: Path,
    views: Sequence[DeliveryView],
    workspace: Workspace,
    period: tuple[datetime, datetime] | None,
    now: datetime,
    *,
    channel_names: Mapping[str, str] | None = None,
    rehearsal: bool = False,
) -> tuple[Path, ...]:
    """Write ``report.html``, ``deliveries.csv`` and ``coverage.csv`` into ``folder``; the paths in this order.

    ``period`` is from its first moment up to, not including, its last; None for all that ``views`` hold.
    ``rehearsal`` prints on every page that nothing of this was really published.
    """
    ordered = sorted(views, key=lambda view: (view.due, view.id))
    names = _names(ordered) | dict(channel_names or {})
    occasion = Occasion(period, now, workspace.zone, rehearsal=rehearsal)
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _write(folder / PAGE, page(ordered, workspace, occasion, names)),
        _write(folder / "deliveries.csv", deliveries_csv(ordered, workspace.zone, names)),
        _write(folder / "coverage.csv", coverage_csv(ordered)),
    )


def _names(views: Sequence[DeliveryView]) -> dict[str, str]:
    """Channels by their ids, where nobody gave their names: short ones are abbreviations."""
    longest = 3
    ids = {view.channel for view in views}
    return {each: each.upper() if len(each) <= longest else each.capitalize() for each in ids}


def _write(path: Path, text: str) -> Path:
    """Whole or not at all: somebody may have the old report open."""
    fresh = path.with_name(f"{path.name}.part")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    fresh.replace(path)
    return path
