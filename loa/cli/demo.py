"""``loa demo``: the whole round on the 10/10 sample, in a throw-away workspace, against the sandbox."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.messages import Lang
    from loa.rehearsal import RehearsalResult
    from loa.workspace import Workspace

CAMPAIGN = "chuyen-doi-so-10-10"
_LEAD_UP = timedelta(days=40)
_FOLLOW_UP = timedelta(days=30)


def demo(
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            help=say("Thư mục cho bản chạy thử (mặc định: thư mục tạm)", "Where (default: a temporary folder)"),
        ),
    ] = None,
) -> None:
    """Init, check, render, approve, rehearse, verify and report."""
    from loa.cli.output import line
    from loa.workspace import init_workspace, open_workspace

    target = folder or Path(tempfile.mkdtemp(prefix="loa-demo-"))
    init_workspace(target)
    _keep_only_the_campaign(target)
    workspace = open_workspace(target)
    start, end = _span(workspace)
    line(say(f"Thư mục chạy thử: {target}", f"Demo workspace: {target}"))
    _check(workspace, start, end)
    made = _render_and_approve(workspace, end)
    result = _rehearse(workspace, start, end)
    _verify(workspace, result)
    page = _pages(workspace, result)
    _close(result, made, page)


def _keep_only_the_campaign(target: Path) -> None:
    for path in (target / "campaigns").rglob("*.yaml"):
        if path.stem != CAMPAIGN:
            path.unlink()


def _span(workspace: Workspace) -> tuple[datetime, datetime]:
    """Around the next 10/10 whose lead-up has not begun yet."""
    from loa.clock import SystemClock

    today = SystemClock().now().astimezone(workspace.zone).date()
    day = date(today.year, 10, 10)
    if day - _LEAD_UP <= today:
        day = date(today.year + 1, 10, 10)
    first, last = (datetime.combine(each, time(), workspace.zone) for each in (day - _LEAD_UP, day + _FOLLOW_UP))
    return first, last


def _check(workspace: Workspace, start: datetime, end: datetime) -> None:
    from loa.campaign import check_campaigns, load_campaigns
    from loa.cli.output import line, show_problems
    from loa.errors import ProblemsFound
    from loa.timetable import build
    from loa.wiring.cards import cards

    campaigns = load_campaigns(workspace)
    problems = check_campaigns(workspace, campaigns, cards())
    show_problems(problems)
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsFound(problems)
    slots = build(workspace, campaigns, start, end)
    title = campaigns[0].campaign.title
    line(say(f"✓ check: {title}, {len(slots)} suất phát, 0 lỗi", f"✓ check: {title}, {len(slots)} slots, 0 errors"))


def _render_and_approve(workspace: Workspace, end: datetime) -> Counter[str]:
    """Make the assets and approve them in the name of the sample's reviewers. How many there are of each kind."""
    from loa.cli.output import bar, line
    from loa.cli.render import counted, different
    from loa.clock import SystemClock
    from loa.dispatch import plan, render_plan
    from loa.wiring.desks import open_desk

    desk = open_desk(workspace, SystemClock())
    with bar(say("  dựng ấn phẩm", "  rendering")) as advance:
        assets = different(render_plan(desk, (CAMPAIGN,), end, advance))
    made = Counter[str](asset.kind for asset in assets)
    plan(desk, end)
    line(f"✓ render: {counted(assets)}")
    names = _approve(desk)
    line(say(f"✓ approve: {names} đã duyệt từng nội dung", f"✓ approve: by {names}, each content"))
    desk.book.close()
    return made


def _approve(desk: Desk) -> str:
    """As many reviewers as the policy asks for, none of them the author."""
    from loa.campaign import load_campaigns
    from loa.dispatch import APPROVE, Selection, decide

    author = load_campaigns(desk.workspace)[0].campaign.author
    others = [each.name for each in desk.workspace.settings.reviewers if author not in (each.id, each.name)]
    chosen = others[: desk.workspace.settings.policies.approvals]
    for name in chosen:
        decide(desk, Selection(CAMPAIGN), name, APPROVE)
    return ", ".join(chosen)


def _rehearse(workspace: Workspace, start: datetime, end: datetime) -> RehearsalResult:
    from loa.cli.output import line
    from loa.cli.rehearse import run_with_bars
    from loa.rehearsal import Rehearsal

    folder = workspace.var / "rehearsals" / "demo"
    result = run_with_bars(Rehearsal(workspace, (CAMPAIGN,), start, end, folder, only_approved=True))
    days = (end - start).days
    line(say(f"✓ rehearse: {days} ngày trên bãi tập", f"✓ rehearse: {days} days against the sandbox"))
    return result


def _verify(workspace: Workspace, result: RehearsalResult) -> None:
    """The book of the rehearsal, row by row, and against the journal beside it."""
    from loa.cli.output import line
    from loa.cli.verify import problems_of
    from loa.clock import SystemClock
    from loa.errors import ProblemsFound
    from loa.wiring.desks import open_desk

    desk = open_desk(workspace, SystemClock(), book=result.book)
    errors = [each for each in problems_of(desk) if each.severity == "error"]
    desk.book.close()
    if errors:
        raise ProblemsFound(errors)
    line(say("✓ verify: sổ phát nguyên vẹn, khớp sổ biên nhận", "✓ verify: the book agrees with its journal"))


def _pages(workspace: Workspace, result: RehearsalResult) -> dict[str, Path]:
    from loa.cli.output import line
    from loa.clock import SystemClock
    from loa.preview import Slots, write_proof
    from loa.report import write_report
    from loa.wiring.cards import cards

    folder = workspace.var
    now = SystemClock().now()
    title = next((view.campaign_title for view in result.views), CAMPAIGN)
    languages: tuple[Lang, ...] = ("vi", "en")
    views = dict.fromkeys(languages, result.views)
    slots = Slots(CAMPAIGN, title, workspace, cards(), views, lambda _: (), now)
    proof = write_proof(folder / "proof", slots)
    paths = write_report(folder / "reports", result.views, workspace, None, now, rehearsal=True)
    line(say("✓ report: HTML và CSV", "✓ report: HTML and CSV"))
    found = {"proof": proof.page, "report": next(path for path in paths if path.suffix == ".html")}
    return found | ({"citizens": result.page} if result.page else {})


def _close(result: RehearsalResult, made: Counter[str], pages: dict[str, Path]) -> None:
    from loa.cli.output import line, table
    from loa.rehearsal import judge

    verdict = judge(result.journal)
    missed = sum(view.state.value == "missed" for view in result.views)
    rows = [
        (say("Bài đã đăng", "Posts"), str(verdict.posts)),
        (say("Tài khoản", "Accounts"), str(verdict.accounts)),
        (say("Ảnh", "Pictures"), str(made["picture"])),
        (say("Clip", "Clips"), str(made["clip"])),
        (say("Bản in, âm thanh", "Print, sound"), str(made["document"] + made["audio"])),
        ("SMS", str(verdict.messages)),
        (say("Gói cho người làm", "Packages for people"), str(result.by_hand)),
        (say("Trùng lặp", "Duplicates"), str(len(verdict.duplicates))),
        (say("Bỏ lỡ", "Missed"), str(missed)),
    ]
    table((say("Kết quả", "Result"), ""), rows)
    names = {
        "proof": say("Xem từng bài", "Every post"),
        "citizens": say("Người dân thấy gì", "What citizens saw"),
        "report": say("Báo cáo", "Report"),
    }
    width = max(len(name) for name in names.values())
    for key, path in pages.items():
        line(f"{names[key]:<{width}}  {path}")
    failed = len(verdict.duplicates) + missed + sum(view.state.value != "done" for view in result.views)
    if failed:
        raise typer.Exit(1)
