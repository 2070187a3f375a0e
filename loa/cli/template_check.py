"""``loa template check``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, workspace_here

Some = Annotated[
    str,
    typer.Argument(help=say("Tên mẫu; bỏ trống = mọi mẫu", "Template; none = all"), show_default=False),
]
Brand = Annotated[
    str, typer.Option("--brand", help=say("Nhận diện (mặc định: của loa.yaml)", "Brand (default: of loa.yaml)"))
]


def check(
    name: Some = "",
    every: Annotated[bool, typer.Option("--all", help=say("Mọi mẫu", "Every template"))] = False,
    brand: Brand = "",
    json_wanted: AsJson = False,
) -> None:
    """Lay out the sample data in every format and variant, and say what is wrong; nothing is painted."""
    from loa.cli.output import as_json, line, show_problems
    from loa.messages import as_dict
    from loa.render.showroom import check_sample, template_names

    workspace = workspace_here()
    names = (name,) if name and not every else template_names(workspace)
    laid_out, problems = 0, []
    for each in names:
        for order, found in check_sample(
            workspace, each, variants=("", "elder"), brand=brand or workspace.settings.brand
        ):
            laid_out += order is not None
            problems += found
    if json_wanted:
        as_json([as_dict(problem, lang()) for problem in problems])
    else:
        show_problems(problems)
        counts = len(names), laid_out, len(problems)
        line(
            say(
                "{} mẫu, {} bố cục (mọi khổ, bản thường và bản cho người cao tuổi), {} lỗi.",
                "{} templates, {} layouts (every format, plain and for elder readers), {} errors.",
            ).format(*counts)
        )
    if problems:
        raise typer.Exit(1)
