"""``loa login``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import workspace_here
from loa.errors import LoaError

if TYPE_CHECKING:
    from loa.cli.redirected import Page, Reception
    from loa.wiring.tokens import LoginAttempt
    from loa.workspace import Workspace

PATIENCE = timedelta(minutes=10)
PORT = 8768


def login(
    channel: Annotated[str, typer.Argument(help=say("Kênh, ví dụ zalo", "Channel, such as zalo"))],
    account: Annotated[
        str,
        typer.Argument(
            help=say("Mã tài khoản trong loa.yaml; bỏ trống khi kênh chỉ có một", "Account id; none if there is one"),
            show_default=False,
        ),
    ] = "",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=say("Cổng nhận trình duyệt trở về", "Port of the redirect"))
    ] = PORT,
    paste: Annotated[
        bool,
        typer.Option("--code", help=say("Dán địa chỉ trả về thay vì chờ trình duyệt", "Paste the redirected address")),
    ] = False,
    redirect: Annotated[
        str,
        typer.Option(
            "--redirect",
            metavar="URL",
            help=say("Địa chỉ trả về đã khai báo ở kênh (dùng với --code)", "Registered redirect address (--code)"),
        ),
    ] = "",
    sandbox: Annotated[
        str,
        typer.Option("--sandbox", metavar="URL", help=say("Thử với bãi tập ở địa chỉ này", "Try it on this sandbox")),
    ] = "",
) -> None:
    """Log an account in on the channel's own page; its tokens then renew themselves."""
    from loa.cli.output import line

    if redirect and not paste:
        raise typer.BadParameter(say("--redirect đi cùng --code.", "--redirect goes with --code."))
    attempt = _attempt(workspace_here(), channel, account, sandbox)
    if paste:
        _by_pasting(attempt, redirect or f"http://127.0.0.1:{port}/")
    else:
        _by_browser(attempt, port)
    line(_welcome(attempt))
    line(say("Tài khoản đang dừng thì cho chạy tiếp:", "If the account is paused, let it go on:"))
    line("  loa resume --accounts")


def _attempt(workspace: Workspace, channel: str, account: str, sandbox: str) -> LoginAttempt:
    from loa.cli.sandboxed import sandbox_hosts
    from loa.clock import SystemClock
    from loa.wiring.desks import open_login

    hosts = sandbox_hosts(sandbox) if sandbox else None
    attempt = open_login(workspace, _account_of(workspace, channel, account), SystemClock(), sandbox=hosts)
    if attempt is None:
        raise typer.BadParameter(
            say(
                f"Kênh {channel} không cần đăng nhập; mã truy cập đặt bằng `loa secret set`.",
                f"One does not log in to {channel}; its tokens are set by `loa secret set`.",
            )
        )
    return attempt


def _account_of(workspace: Workspace, channel: str, account: str) -> str:
    """The account that was meant.

    Raises:
        typer.BadParameter: the channel has no account of this id, or several and none was named.
    """
    known = [each.id for each in workspace.settings.accounts if each.channel == channel]
    if account in known:
        return account
    if len(known) == 1 and not account:
        return known[0]
    listed = ", ".join(known) or say("không có tài khoản nào", "no accounts")
    raise typer.BadParameter(
        say(f"Chọn một tài khoản của kênh {channel}: {listed}", f"Choose an account of {channel}: {listed}")
    )


def _by_browser(attempt: LoginAttempt, port: int) -> None:
    from loa.clock import SystemClock

    trouble: list[LoaError] = []

    def answer(returned: Mapping[str, str]) -> Page:
        return _page(attempt, returned, trouble)

    with _reception(port) as reception:
        _invite(attempt.link(reception.address))
        if not reception.receive(answer, SystemClock(), PATIENCE):
            raise LoaError("E668", detail=f"{PATIENCE.seconds // 60} min")
    if trouble:
        raise trouble[0]


def _reception(port: int) -> Reception:
    from loa.cli.redirected import Reception

    try:
        return Reception(port)
    except OSError as error:
        raise typer.BadParameter(
            say(
                f"Cổng {port} đang bận; chọn cổng khác bằng --port.", f"Port {port} is taken; choose another by --port."
            )
        ) from error


def _page(attempt: LoginAttempt, returned: Mapping[str, str], trouble: list[LoaError]) -> Page:
    """What the browser is shown. A visitor who answers no question of ours ends nothing."""
    from loa.cli.redirected import Page
    from loa.messages import sentence

    if not attempt.login.is_answer(returned):
        return Page(HTTPStatus.BAD_REQUEST, sentence("E668", {"detail": "state"}, lang()))
    try:
        attempt.keep(returned)
    except LoaError as error:
        trouble.append(error)
        return Page(HTTPStatus.BAD_REQUEST, sentence(error.code, error.params, lang()), last=True)
    close = say("Có thể đóng trang này.", "You may close this page.")
    return Page(HTTPStatus.OK, f"{_welcome(attempt)} {close}", last=True)


def _by_pasting(attempt: LoginAttempt, redirect: str) -> None:
    """For a machine without a browser. The address comes by standard input: argv is seen by every process."""
    from loa.cli.output import line
    from loa.cli.redirected import parameters_of

    _invite(attempt.link(redirect))
    line(
        say(
            "Đồng ý xong, chép cả địa chỉ trên thanh địa chỉ của trình duyệt, dán vào đây rồi nhấn Enter:",
            "Then copy the whole address from the browser's address bar, paste it here and press Enter:",
        )
    )
    sys.stdout.flush()
    attempt.keep(parameters_of(sys.stdin.readline()))


def _invite(link: str) -> None:
    from loa.cli.output import line

    line(
        say(
            "Quản trị viên của tài khoản mở đường dẫn này trong trình duyệt và bấm đồng ý (trong 10 phút):",
            "An administrator of the account opens this link in a browser and agrees (within 10 minutes):",
        )
    )
    line(f"  {link}")
    sys.stdout.flush()


def _welcome(attempt: LoginAttempt) -> str:
    return say(f"Đã kết nối {attempt.account.name}.", f"{attempt.account.name} is connected.")
