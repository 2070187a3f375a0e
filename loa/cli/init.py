"""``loa init``."""

from __future__ import annotations

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
    line(f"  cd {folder} && loa check && loa rehearse chuyen-doi-so-10-10")
