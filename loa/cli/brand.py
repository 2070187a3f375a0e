"""``loa brand check`` and ``loa brand new``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, workspace_here


def check(
    name: Annotated[
        str,
        typer.Argument(help=say("Tên nhận diện; bỏ trống = mọi nhận diện", "Brand; none = all"), show_default=False),
    ] = "",
    json_wanted: AsJson = False,
) -> None:
    """Whether every text of a brand reads on its grounds."""
    from loa.cli.output import as_json, line, show_problems
    from loa.messages import as_dict
    from loa.render.brand_check import check_brand
    from loa.workspace import brand_names

    workspace = workspace_here()
    names = (name,) if name else ("", *brand_names(workspace.root))
    problems = [problem for each in names for problem in check_brand(workspace, each)]
    if json_wanted:
        as_json([as_dict(problem, lang()) for problem in problems])
    else:
        show_problems(problems)
        line(say(f"{len(names)} nhận diện, {len(problems)} lỗi.", f"{len(names)} brands, {len(problems)} errors."))
    if problems:
        raise typer.Exit(1)


def new(
    name: Annotated[str, typer.Argument(help=say("Tên, ví dụ tinh-lam-dong", "Name, such as tinh-lam-dong"))],
    primary: Annotated[str, typer.Option("--primary", metavar="#RRGGBB", help=say("Màu chủ đạo", "The main colour"))],
    highlight: Annotated[
        str, typer.Option("--highlight", metavar="#RRGGBB", help=say("Màu nhấn (mặc định: vàng)", "Default: gold"))
    ] = "",
    logo: Annotated[
        str, typer.Option("--logo", help=say("Biểu trưng, tệp trong thư mục làm việc", "A file of the workspace"))
    ] = "",
) -> None:
    """Derive a whole palette from the office's own colours and write it into the workspace."""
    from loa.cli.output import line
    from loa.render.brand_new import new_brand

    workspace = workspace_here()
    path = new_brand(workspace, name, primary, highlight, logo)
    line(workspace.shown(path))
    line(
        say(
            f"Xem: loa template preview infographics/chi-so --brand {name}. Dùng: ghi brand: {name} vào loa.yaml.",
            f"Look: loa template preview infographics/chi-so --brand {name}. Use: write brand: {name} in loa.yaml.",
        )
    )
