"""``loa report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import Campaigns, From, To, known_campaigns, span, workspace_here


def report(
    campaigns: Campaigns = None,
    first: From = "",
    last: To = "",
    folder: Annotated[
        Path | None, typer.Option("--folder", help=say("Thư mục ghi báo cáo", "Folder to write into"))
    ] = None,
    rehearsal: Annotated[
        Path | None,
        typer.Option(
            "--rehearsal",
            help=say("Báo cáo của một lần diễn tập (thư mục của nó)", "Report on a rehearsal (its folder)"),
        ),
    ] = None,
) -> None:
    """Write the report of a span of days, from the book."""
    from loa.cli.output import line
    from loa.clock import SystemClock
    from loa.dispatch import overview
    from loa.dispatch.fates import with_fates
    from loa.report import write_report
    from loa.store import is_of_sandbox
    from loa.wiring.desks import open_desk

    workspace = workspace_here()
    wanted = known_campaigns(workspace, campaigns)
    start, end = span(workspace, first, last)
    desk = open_desk(workspace, SystemClock(), book=rehearsal / "book.sqlite" if rehearsal else None)
    views = [
        view
        for view in overview(desk.book, workspace, campaigns=wanted or None, lang=lang())
        if start <= view.due < end or not (first or last)
    ]
    period = (start, end) if first or last else None
    # A rehearsal's report lies with the rehearsal: it must never take the place of the real one.
    target = folder or (rehearsal / "report" if rehearsal else workspace.var / "reports")
    told = with_fates(desk, views)
    unreal = rehearsal is not None or is_of_sandbox(desk.book)
    made = write_report(target, told, workspace, period, desk.clock.now(), lang(), rehearsal=unreal)
    for path in made:
        line(str(path))
