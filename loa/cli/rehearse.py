"""``loa rehearse``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import AsJson, Campaigns, From, To, known_campaigns, span, workspace_here

if TYPE_CHECKING:
    from loa.rehearsal import Rehearsal, RehearsalResult


def rehearse(
    campaigns: Campaigns = None,
    first: From = "",
    last: To = "",
    only_approved: Annotated[
        bool,
        typer.Option("--only-approved", help=say("Chỉ phát tin đã được duyệt thật", "Only what is really approved")),
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", help=say("Thư mục của lần diễn tập; chạy lại thì đi tiếp", "Its folder; run again to go on")
        ),
    ] = None,
    sandbox: Annotated[
        str,
        typer.Option(
            "--sandbox", metavar="URL", help=say("Dùng bãi tập đang chạy ở địa chỉ này", "Use the sandbox running here")
        ),
    ] = "",
    json_wanted: AsJson = False,
) -> None:
    """A whole campaign against the sandbox: a month in seconds, through the code of the real run."""
    from loa.rehearsal import Rehearsal

    workspace = workspace_here()
    wanted = known_campaigns(workspace, campaigns)
    start, end = span(workspace, first, last)
    name = f"{'-'.join(wanted) or 'all'}-{start.date()}-{(end - timedelta(days=1)).date()}"
    target = folder or workspace.var / "rehearsals" / name
    rehearsal = Rehearsal(workspace, wanted, start, end, target, sandbox, only_approved)
    result = run_with_bars(rehearsal)
    show_result(result, json_wanted)


def run_with_bars(rehearsal: Rehearsal) -> RehearsalResult:
    """Run a rehearsal under its progress bars."""
    from loa.cli.output import bars

    labels = {"render": say("Dựng ấn phẩm", "Rendering"), "publish": say("Diễn tập", "Rehearsing")}
    with bars(labels) as advance:
        return rehearsal.run(advance)


def show_result(result: RehearsalResult, json_wanted: bool) -> None:
    """The short table at the end, counted from the sandbox's journal."""
    from loa.cli.output import as_json, line, table
    from loa.rehearsal import judge

    verdict = judge(result.journal)
    states: dict[str, int] = {}
    for view in result.views:
        states[view.state.value] = states.get(view.state.value, 0) + 1
    if json_wanted:
        as_json(
            {
                "effects": verdict.effects,
                "by_kind": verdict.by_kind,
                "duplicates": verdict.duplicates,
                "by_hand": result.by_hand,
                "states": states,
                "journal": result.journal,
            }
        )
        return
    if result.assumed:
        line(
            say(
                "Diễn tập coi như mọi tin đã được duyệt (chỉ trong sổ diễn tập).",
                "The rehearsal took every approval for granted (in its own book only).",
            )
        )
    rows = [
        (say("Bài đã đăng", "Posts"), str(verdict.posts)),
        (say("Tài khoản", "Accounts"), str(verdict.accounts)),
        ("SMS", str(verdict.messages)),
        (say("Gói cho người làm", "Packages for people"), str(result.by_hand)),
        (say("Trùng lặp", "Duplicates"), str(len(verdict.duplicates))),
        (say("Bỏ lỡ", "Missed"), str(states.get("missed", 0))),
        (say("Chưa rõ", "Unknown"), str(states.get("unknown", 0) + states.get("human", 0))),
    ]
    table((say("Kết quả", "Result"), ""), rows)
    if result.page:
        line(say(f"Người dân thấy gì: {result.page}", f"What citizens saw: {result.page}"))
    line(say(f"Nhật ký của bãi tập: {result.journal}", f"The sandbox's journal: {result.journal}"))
