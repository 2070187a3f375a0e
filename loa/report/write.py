"""Writing the report: one page that an office prints, and tables that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from loa.dispatch.views import DeliveryView
from loa.errors import LoaError
from loa.messages import Lang
from loa.report.blocks import Section
from loa.report.page import Occasion, page
from loa.report.tables import coverage_csv, deliveries_csv, messages_csv
from loa.workspace import Workspace

PAGE = "report.html"


def write_report(
    folder: Path,
    views: Sequence[DeliveryView],
    workspace: Workspace,
    period: tuple[datetime, datetime] | None,
    now: datetime,
    lang: Lang = "vi",
    *,
    rehearsal: bool = False,
    sections: Sequence[Section] = (),
) -> tuple[Path, ...]:
    """Write ``report.html``, ``deliveries.csv`` and ``coverage.csv`` into ``folder``; the paths in this order.

    Where messages were sent to people, ``messages.csv`` follows.

    ``period`` is from its first moment up to, not including, its last; None for all that ``views`` hold.
    ``rehearsal`` prints on the page that nothing of this was really published. ``sections`` of a plan go before the
    figures of the page.

    Raises:
        LoaError: E802, the folder cannot be written to.
    """
    # What is done to a post later is told with the post; it is no publication of its own.
    ordered = sorted((view for view in views if view.action == "publish"), key=lambda view: (view.due, view.id))
    occasion = Occasion(period, now, workspace.zone, rehearsal, lang)
    texts = {
        PAGE: page(ordered, workspace, occasion, sections),
        "deliveries.csv": deliveries_csv(ordered, workspace.zone, lang),
        "coverage.csv": coverage_csv(ordered, lang),
    }
    if any(view.fates is not None for view in ordered):
        texts["messages.csv"] = messages_csv(ordered, lang)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, text) for name, text in texts.items())
    except OSError as error:
        raise LoaError("E802", folder=folder, detail=error.strerror or error) from error


def _write(path: Path, text: str) -> Path:
    """Whole or not at all: somebody may have the old report open."""
    fresh = path.with_name(f"{path.name}.part")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    fresh.replace(path)
    return path
