"""``loa template new``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here


def new(
    name: Annotated[
        str, typer.Argument(help=say("Tên mẫu mới, ví dụ infographics/chi-so-xa", "The new template's name"))
    ],
    source: Annotated[str, typer.Option("--from", help=say("Mẫu gốc để sửa", "The template to begin with"))],
) -> None:
    """Copy a template into the workspace, ready to be changed."""
    from loa.cli.output import line
    from loa.render.showroom import copy_template

    workspace = workspace_here()
    folder = copy_template(workspace, source, name)
    line(workspace.shown(folder))
    line(say(f"Sửa và xem ngay: loa template preview {name}", f"Edit and look: loa template preview {name}"))
