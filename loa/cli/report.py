"""``loa report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import Campaigns, From, To, known_campaigns, span, workspace_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.plan import Plan
    from loa.progress.stand import Stand
    from loa.report.paper import Period


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
    plan: Annotated[
        str,
        typer.Option(
            "--plan",
            help=say(
                "Báo cáo cấp trên về kế hoạch này: Word, Excel và trang web", "The report on this plan: DOCX, XLSX"
            ),
        ),
    ] = "",
    final: Annotated[
        bool, typer.Option("--final", help=say("Báo cáo tổng kết (cùng --plan)", "The final evaluation (with --plan)"))
    ] = False,
    template: Annotated[
        str,
        typer.Option(
            "--template",
            metavar="FILE",
            help=say(
                "Mẫu Word của cơ quan (mặc định: templates/documents/bao-cao.docx nếu có)", "The office's own DOCX"
            ),
        ),
    ] = "",
) -> None:
    """Write the report of a span of days, from the book; with --plan, the pack for the upper level."""
    from loa.cli.output import line
    from loa.clock import SystemClock
    from loa.store import is_of_sandbox
    from loa.wiring.desks import open_desk

    if (final or template) and not plan:
        raise typer.BadParameter(say("--final và --template đi cùng --plan", "--final and --template need --plan"))
    if plan and campaigns:
        raise typer.BadParameter(say("--plan lấy mọi chiến dịch của kế hoạch", "--plan takes all of its campaigns"))
    workspace = workspace_here()
    wanted = known_campaigns(workspace, campaigns)
    desk = open_desk(workspace, SystemClock(), book=rehearsal / "book.sqlite" if rehearsal else None)
    # A rehearsal's report lies with the rehearsal: it must never take the place of the real one.
    target = folder or (rehearsal / "report" if rehearsal else workspace.var / "reports")
    unreal = rehearsal is not None or is_of_sandbox(desk.book)
    if plan:
        made = _pack(desk, plan, (first, last), target, final=final, template=template, unreal=unreal)
    else:
        made = _plain(desk, wanted, (first, last), target, unreal=unreal)
    for path in made:
        line(str(path))


def _plain(
    desk: Desk, wanted: tuple[str, ...], days: tuple[str, str], folder: Path, *, unreal: bool
) -> tuple[Path, ...]:
    from loa.dispatch import overview
    from loa.dispatch.fates import with_fates
    from loa.report import write_report

    start, end = span(desk.workspace, *days)
    views = [
        view
        for view in overview(desk.book, desk.workspace, campaigns=wanted or None, lang=lang())
        if start <= view.due < end or not any(days)
    ]
    period = (start, end) if any(days) else None
    told = with_fates(desk, views)
    return write_report(folder, told, desk.workspace, period, desk.clock.now(), lang(), rehearsal=unreal)


def _pack(
    desk: Desk, name: str, days: tuple[str, str], folder: Path, *, final: bool, template: str, unreal: bool
) -> tuple[Path, ...]:
    from loa.plan import load_plans
    from loa.progress.stand import find_loaded, stand_of
    from loa.report.paper import source_of, template_of, write_pack

    period = _period(desk, find_loaded(load_plans(desk.workspace), name).plan, days)
    stand: Stand = stand_of(desk, name, period.last)
    source = source_of(desk, stand, period, is_final=final, rehearsal=unreal)
    return write_pack(folder, source, template_of(desk.workspace, template))


def _period(desk: Desk, plan: Plan, days: tuple[str, str]) -> Period:
    """The days that were asked for; else from the plan's first day to its last, or to today where that is earlier."""
    from loa.report.paper import Period

    today = desk.clock.now().astimezone(desk.workspace.zone).date()
    first, last = (span(desk.workspace, day, day)[0].date() if day else None for day in days)
    period = Period(first or plan.start, last or max(plan.start, min(plan.end, today)))
    if period.last < period.first:
        raise typer.BadParameter(say("--to phải sau --from", "--to must come after --from"))
    return period
