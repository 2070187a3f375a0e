"""Options that several verbs share, and the things that verbs open."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.workspace import Workspace

AsJson = Annotated[bool, typer.Option("--json", help=say("In ra JSON cho máy đọc", "Print JSON for a machine"))]
Campaigns = Annotated[
    list[str] | None,
    typer.Argument(help=say("Mã chiến dịch; bỏ trống = tất cả", "Campaign ids; none = all"), show_default=False),
]
From = Annotated[
    str,
    typer.Option("--from", metavar="YYYY-MM-DD", help=say("Từ ngày (mặc định: hôm nay)", "First day (default: today)")),
]
To = Annotated[
    str,
    typer.Option(
        "--to", metavar="YYYY-MM-DD", help=say("Đến hết ngày (mặc định: 90 ngày tới)", "Last day (default: 90 days on)")
    ),
]
As = Annotated[
    str,
    typer.Option(
        "--as", help=say("Họ tên hoặc mã người duyệt (có trong loa.yaml)", "Reviewer's name or id (from loa.yaml)")
    ),
]
ToSandbox = Annotated[
    str,
    typer.Option(
        "--sandbox",
        metavar="URL",
        help=say("Phát vào bãi tập ở địa chỉ này thay vì kênh thật", "Publish to this sandbox"),
    ),
]

HORIZON_DAYS = 90


def workspace_here() -> Workspace:
    """The workspace around the present folder."""
    from loa.workspace import find_root, open_workspace

    return open_workspace(find_root(Path.cwd()))


def desk_here() -> Desk:
    """The desk of the workspace around the present folder, on the machine's clock."""
    from loa.clock import SystemClock
    from loa.wiring.desks import open_desk

    return told_of_upgrade(open_desk(workspace_here(), SystemClock()))


def unlocked_desk() -> Desk:
    """The same for a long run: a passphrase is asked for now, while somebody is here to type it.

    Raises:
        LoaError: E920–E923, the secrets of the workspace cannot be opened.
    """
    from loa.clock.steady import SteadyClock
    from loa.secrets import Secrets
    from loa.wiring.desks import open_desk

    workspace = workspace_here()
    secrets = Secrets(workspace.root, workspace.var)
    secrets.unlock()
    return told_of_upgrade(open_desk(workspace, SteadyClock(), secrets=secrets))


def told_of_upgrade(desk: Desk) -> Desk:
    """Say so, on standard error, where opening the book has brought it from an earlier version to ours."""
    if upgraded := desk.book.upgraded:
        kept = say(f"bản cũ còn ở {upgraded.copy}", f"the earlier one is kept as {upgraded.copy}")
        on_server = say("sổ nằm trên máy chủ", "the book is on a server")
        words = say("Đã nâng cấp sổ phát", "The book was brought up")
        told = f"{words} {upgraded.before} → {upgraded.after}; {kept if upgraded.copy else on_server}."
        sys.stderr.write(told + "\n")
    return desk


def span(workspace: Workspace, first: str, last: str) -> tuple[datetime, datetime]:
    """Two days as moments: from the start of the first to the end of the last."""
    from loa.clock import SystemClock

    today = SystemClock().now().astimezone(workspace.zone).date()
    start = _day(first) or today
    end = _day(last) or start + timedelta(days=HORIZON_DAYS)
    if end < start:
        raise typer.BadParameter(say("--to phải sau --from", "--to must come after --from"))
    after = datetime.combine(end + timedelta(days=1), time(), workspace.zone)
    return datetime.combine(start, time(), workspace.zone), after


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        text = say(f"“{written}” không phải ngày dạng năm-tháng-ngày", f"“{written}” is not a date like 2027-10-10")
        raise typer.BadParameter(text) from error


def known_campaigns(workspace: Workspace, wanted: list[str] | None) -> tuple[str, ...]:
    """The campaigns that were asked for, all of them known."""
    from difflib import get_close_matches

    from loa.campaign import load_campaigns

    names = [loaded.campaign.id for loaded in load_campaigns(workspace)]
    for name in wanted or ():
        if name not in names:
            guess = get_close_matches(name, names, 1)
            hint = say(f" Có phải ý bạn là “{guess[0]}”?", f" Did you mean “{guess[0]}”?") if guess else ""
            listed = ", ".join(names)
            raise typer.BadParameter(
                say(
                    f"Không có chiến dịch “{name}”.{hint} Đang có: {listed}",
                    f"No campaign “{name}”.{hint} There are: {listed}",
                )
            )
    return tuple(wanted or ())
