"""``loa init``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from loa.cli.language import say


def init(
    folder: Annotated[Path, typer.Argument(help=say("Thư mục mới (chưa có hoặc còn trống)", "A new or empty folder"))],
    sample: Annotated[
        str,
        typer.Option(
            "--sample",
            metavar="NAME",
            help=say(
                "Kế hoạch mẫu: son-tay, nghe-an, chuong-my, kon-tum hoặc binh-dinh",
                "A sample plan: son-tay, nghe-an, chuong-my, kon-tum or binh-dinh",
            ),
        ),
    ] = "",
) -> None:
    """Lay out a new workspace."""
    from loa.cli.output import line
    from loa.workspace import PLAN_SAMPLES, init_workspace

    if sample and sample not in PLAN_SAMPLES:
        names = ", ".join(PLAN_SAMPLES)
        raise typer.BadParameter(say(f"Kế hoạch mẫu là một trong: {names}", f"Samples are: {names}"))
    written = init_workspace(folder, sample)
    line(say(f"Đã tạo {folder} với {len(written)} tệp mẫu.", f"{folder} is laid out with {len(written)} sample files."))
    line(say("Tiếp theo:", "Next:"))
    line(f"  cd {folder}")
    line("  loa check")
    line(f"  loa rehearse {_days_of_plan(folder) if sample else _next_sample()}")


def _days_of_plan(folder: Path) -> str:
    """The whole period of the plan that was laid out."""
    from loa.plan import load_plans
    from loa.workspace import open_workspace

    plan = load_plans(open_workspace(folder))[0].plan
    return f"--from {plan.start} --to {plan.end}"


def _next_sample() -> str:
    year = _year_of_the_next_sample()
    return f"chuyen-doi-so-10-10 --from {year}-09-01 --to {year}-11-10"


def _year_of_the_next_sample() -> int:
    """Of the next 10 October whose weeks before it are still to come."""
    from loa.clock import DEFAULT_ZONE, SystemClock

    today = SystemClock().now().astimezone(DEFAULT_ZONE).date()
    return today.year if today < date(today.year, 9, 1) else today.year + 1
