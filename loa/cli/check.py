"""``loa check``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.command import PROBLEMS_FOUND
from loa.cli.language import lang, say
from loa.cli.options import From


def check(
    form: Annotated[
        str, typer.Option("--format", help=say("text hoặc json", "text or json"), metavar="text|json")
    ] = "text",
    first: From = "",
    last: Annotated[
        str,
        typer.Option(
            "--to", metavar="YYYY-MM-DD", help=say("Đến hết ngày (mặc định: một năm)", "Last day (default: a year on)")
        ),
    ] = "",
    links: Annotated[
        bool,
        typer.Option("--links", help=say("Thử mở mọi đường dẫn (cần mạng)", "Try every link (needs the network)")),
    ] = False,
) -> None:
    """Check the whole workspace, and what goes out in the days that are asked for."""
    from loa.cli.checking import problems_of_workspace
    from loa.cli.output import as_json, line, show_problems
    from loa.messages import as_dict

    problems = problems_of_workspace(first, last, links=links)
    errors = [problem for problem in problems if problem.severity == "error"]
    if form == "json":
        as_json([as_dict(problem, lang()) for problem in problems])
    else:
        show_problems(problems)
        warnings = len(problems) - len(errors)
        line(say(f"{len(errors)} lỗi, {warnings} cảnh báo.", f"{len(errors)} errors, {warnings} warnings."))
    if errors:
        raise typer.Exit(PROBLEMS_FOUND)
