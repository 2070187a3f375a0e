"""``loa init``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say


def init(
    folder: Annotated[Path, typer.Argument(help=say("Thư mục mới (chưa có hoặc còn trống)", "A new or empty folder"))],
) -> None:
    """Lay out a new workspace."""
    from loa.cli.output import line
    from loa.workspace import init_workspace

    written = init_workspace(folder)
    line(say(f"Đã tạo {folder} với {len(written)} tệp mẫu.", f"{folder} is laid out with {len(written)} sample files."))
    line(say("Tiếp theo:", "Next:"))
    year = _year_of_the_next_sample()
    line(f"  cd {folder}")
    line("  loa check")
    line(f"  loa rehearse chuyen-doi-so-10-10 --from {year}-09-01 --to {year}-11-10")


def _year_of_the_next_sample() -> int:
    """Of the next 10 October whose weeks before it are still to come."""
    from loa.clock import DEFAULT_ZONE, SystemClock

    today = SystemClock().now().astimezone(DEFAULT_ZONE).date()
    return today.year if today < date(today.year, 9, 1) else today.year + 1
