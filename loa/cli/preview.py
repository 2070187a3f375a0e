"""``loa preview``."""

from __future__ import annotations

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
    folder: Annotated[
        Path | None,
        typer.Option("--write", help=say("Ghi trang ra thư mục thay vì mở máy chủ", "Write the page into a folder")),
    ] = None,
) -> None:
    """Show every slot with picture, clip and text per channel."""
    from loa.cli.output import line
    from loa.dispatch import bring_shown, overview, plan
    from loa.preview import serve_desk, write_page

    desk = desk_here()
    wanted = known_campaigns(desk.workspace, campaigns) or None
    plan(desk)
    bring_shown(desk, None if folder else 0)  # a page that is open shows what has arrived when it is looked at again
    if folder:
        views = overview(desk.book, desk.workspace, campaigns=wanted, cards=desk.cards)
        page = write_page(folder, views, desk.workspace.zone)
        line(str(page))
        return
    serve_desk(
        desk,
        wanted,
        port=port,
        ready=lambda url: line(
            say(f"Bàn duyệt (mở một lần): {url} – Ctrl+C để dừng", f"Review desk (opens once): {url} – Ctrl+C ends it")
        ),
    )
