"""``loa template preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from loa.cli.language import lang, say
from loa.cli.options import workspace_here
from loa.cli.template_check import Brand, Some

if TYPE_CHECKING:
    from loa.preview import Look
    from loa.workspace import Workspace


def preview(
    name: Some = "",
    every: Annotated[bool, typer.Option("--all", help=say("Mọi mẫu (cùng --once)", "Every template"))] = False,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help=say("Chỉ khổ này (lặp lại được)", "This format only"))
    ] = None,
    variant: Annotated[
        Literal["plain", "elder"],
        typer.Option("--variant", help=say("elder = bản cho người cao tuổi", "elder = for elder readers")),
    ] = "plain",
    brand: Brand = "",
    data: Annotated[
        Path | None, typer.Option("--data", help=say("Tệp dữ liệu thay preview.yaml", "Data instead of preview.yaml"))
    ] = None,
    once: Annotated[
        Path | None, typer.Option("--once", help=say("Ghi ảnh ra thư mục rồi thôi", "Write into a folder and end"))
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=say("Cổng (0 = tự chọn)", "Port (0 = any free one)"))
    ] = 8767,
) -> None:
    """Show a template in all of its formats, anew at every save."""
    from loa.preview import Look, Studio, serve_live
    from loa.render.library import brand_file

    workspace = workspace_here()
    names = _names(workspace, name, every, once)
    chosen: Literal["", "elder"] = "elder" if variant == "elder" else ""
    wanted = brand or workspace.settings.brand
    brand_file(workspace, wanted)  # one that is not there is said here, not on the page
    path = data.resolve() if data else None
    looks = [Look(each, tuple(formats or ()), chosen, wanted, path) for each in names]
    if once:
        _write(workspace, once, looks)
        return
    from loa.cli.output import line

    serve_live(
        Studio(workspace),
        looks[0],
        port=port,
        ready=lambda url: line(say(f"Trang xem mẫu: {url} (Ctrl+C để dừng)", f"Template: {url} (Ctrl+C ends it)")),
    )


def _names(workspace: Workspace, name: str, every: bool, once: Path | None) -> tuple[str, ...]:
    from loa.render.library import template_folder
    from loa.render.showroom import template_names

    if every and once:
        return template_names(workspace)
    if not name:
        raise typer.BadParameter(
            say("Ghi tên mẫu, hoặc --all --once THƯ_MỤC", "Name a template, or --all --once FOLDER")
        )
    template_folder(workspace, name)
    return (name,)


def _write(workspace: Workspace, folder: Path, looks: list[Look]) -> None:
    from loa.cli.output import line
    from loa.preview import Studio, write_proofs

    seen = write_proofs(folder, Studio(workspace), looks, lang())
    problems = sum(len(event["problems"]) for event in seen)
    pictures = sum(bool(event.get("picture")) for event in seen)
    line(str(folder / "index.html"))
    line(say(f"{pictures} hình, {problems} lỗi.", f"{pictures} pictures, {problems} problems."))
    if problems:
        raise typer.Exit(1)
