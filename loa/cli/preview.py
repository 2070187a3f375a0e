"""``loa preview``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import Campaigns, desk_here, known_campaigns


def preview(
    campaigns: Campaigns = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=say("Cổng (0 = tự chọn)", "Port (0 = any free one)"))
    ] = 8766,
    lan: Annotated[
        bool, typer.Option("--lan", help=say("Mở cho cả máy khác trong mạng", "Open it to other machines too"))
    ] = False,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help=say(
                "Với --lan: tên hoặc địa chỉ của máy này trong mạng", "With --lan: this machine's name or address"
            ),
        ),
    ] = "",
    cert: Annotated[
        Path | None, typer.Option("--cert", help=say("Tệp chứng thư TLS (PEM)", "TLS certificate (PEM)"))
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", help=say("Tệp khóa của chứng thư (PEM)", "Key of the certificate (PEM)"))
    ] = None,
    behind_proxy: Annotated[
        str,
        typer.Option(
            "--behind-proxy",
            metavar="ORIGIN",
            help=say(
                "Địa chỉ https:// của máy chủ trung gian đặt trên máy này",
                "https:// address of a reverse proxy on this machine",
            ),
        ),
    ] = "",
) -> None:
    """Show every slot with picture, clip and text per channel."""
    from loa.cli.output import line
    from loa.preview import Planning, bring_in, open_to_others, serve_desk
    from loa.wiring.planning import plan_at

    desk = desk_here()
    plans = Planning(partial(plan_at, desk.workspace.root))
    problems = bring_in(desk, plans)
    wanted = (campaigns if problems else known_campaigns(desk.workspace, campaigns)) or None
    if not lan and (host or cert or key or behind_proxy):
        raise typer.BadParameter(say("Tùy chọn này cần thêm --lan", "This takes --lan too"))
    opening = open_to_others(desk, host=host, certificate=(cert, key), proxy=behind_proxy) if lan else None
    if opening:
        line(
            say(
                "Bàn duyệt mở cho máy khác trong mạng, qua đường truyền mã hóa; ai đăng nhập cũng cần mã PIN. "
                "Mỗi người vào bằng một liên kết riêng: quản trị tạo ở trang cá nhân. Không mở cổng này ra Internet.",
                "The desk is open to other machines over an encrypted line; everybody needs a PIN. Each browser comes "
                "in by a link of its own, which an administrator makes. Do not open this port to the Internet.",
            )
        )
    if problems:
        _tell_problems(len(problems))
    serve_desk(
        desk,
        wanted,
        port=port,
        ready=_give_links,
        plans=plans,
        opening=opening,
        problems=problems,
    )


def _tell_problems(count: int) -> None:
    """The desk opens all the same: a wrong file is mended where it is shown."""
    from loa.cli.output import line

    line(
        say(
            f"Tệp của cơ quan có {count} lỗi: bàn duyệt vẫn mở, chỉ rõ chỗ sai và cách sửa, sửa xong là cập nhật.",
            f"The files have {count} problems: the desk opens all the same, and shows where they are and what to do.",
        )
    )


def _give_links(new_link: Callable[[], str]) -> None:
    """One link now, and another whenever somebody presses Enter: each lets one browser in."""
    from loa.cli.output import line

    def give() -> None:
        url = new_link()
        line(say(f"Bàn duyệt (liên kết mở một lần): {url}", f"Review desk (this link opens once): {url}"))

    give()
    if sys.stdin is None or not sys.stdin.isatty():
        return
    line(say("Enter = lấy liên kết mới cho trình duyệt khác; Ctrl+C = dừng.", "Enter = another link; Ctrl+C = end."))

    def listen() -> None:
        for _ in sys.stdin:
            give()

    threading.Thread(target=listen, daemon=True).start()
