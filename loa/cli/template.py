"""``loa template list`` and ``loa template show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import AsJson, workspace_here

if TYPE_CHECKING:
    from loa.errors import Problem
    from loa.render.showroom import Sheet
    from loa.render.template import FieldSpec

Name = Annotated[str, typer.Argument(help=say("Tên mẫu, ví dụ infographics/chi-so", "Template, infographics/chi-so"))]
_KINDS = {
    "picture": ("ảnh", "picture"),
    "clip": ("clip", "clip"),
    "document": ("bản in", "print"),
    "audio": ("âm thanh", "sound"),
}


def list_templates(json_wanted: AsJson = False) -> None:
    """Every template with its title, its kinds and its formats."""
    from loa.cli.output import as_json, show_problems, table
    from loa.errors import LoaError
    from loa.render.showroom import describe_template, template_names

    workspace = workspace_here()
    sheets: list[Sheet] = []
    broken: list[Problem] = []
    for name in template_names(workspace):
        try:
            sheets.append(describe_template(workspace, name))
        except LoaError as error:
            broken += error.problems()
    if json_wanted:
        as_json([_told(sheet) for sheet in sheets])
    else:
        headings = (say("Mẫu", "Template"), say("Dùng để", "For"), say("Loại", "Kind"), say("Khổ", "Formats"))
        table(headings, [(sheet.name, sheet.title, _kinds(sheet), " ".join(sheet.formats)) for sheet in sheets])
    show_problems(broken)
    if broken:
        raise typer.Exit(1)


def show(name: Name, json_wanted: AsJson = False) -> None:
    """What a template asks for, what it can be made as, and how a campaign calls it."""
    from loa.cli.output import as_json, line, table
    from loa.render.showroom import describe_template, read_sample

    workspace = workspace_here()
    sheet = describe_template(workspace, name)
    if json_wanted:
        as_json(_told(sheet))
        return
    line(f"{sheet.name}  {sheet.title}")
    line(sheet.about)
    line()
    line(say("Các trường", "Fields"))
    headings = (say("Trường", "Field"), "", say("Dài nhất", "Most"), say("Ý nghĩa", "About"))
    table(headings, [_field_row(field, spec) for field, spec in sheet.fields.items()])
    line(say("Các khổ", "Formats"))
    table((say("Khổ", "Format"), say("Kích thước", "Size"), ""), [_format_row(sheet, form) for form in sheet.formats])
    line(say("Các phần dùng lại được: ", "Parts to use again: ") + ", ".join(sheet.parts))
    line()
    line(say("Trong chiến dịch:", "In a campaign:"))
    line(example(sheet, read_sample(workspace, name).data))


def _told(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "title": sheet.title,
        "about": sheet.about,
        "kinds": list(sheet.kinds),
        "formats": list(sheet.formats),
        "fields": {name: spec.model_dump(by_alias=True) for name, spec in sheet.fields.items()},
        "own": sheet.own,
    }


def _kinds(sheet: Sheet) -> str:
    return ", ".join(say(*_KINDS[kind]) for kind in sheet.kinds)


def _field_row(name: str, spec: FieldSpec) -> tuple[str, str, str, str]:
    needed = say("bắt buộc", "required") if spec.required else ""
    unit = say("phần tử", "entries") if spec.list_ else say("ký tự", "letters")
    return name, needed, f"{spec.most} {unit}" if spec.most else "", spec.about


def _format_row(sheet: Sheet, form: str) -> tuple[str, str, str]:
    spec = sheet.specs.get(form)
    if spec is None:
        return form, "", ""
    if spec.page is None:
        return form, f"{spec.width}×{spec.height}", say("điểm ảnh", "pixels")
    size = f"{spec.page.width:g}×{spec.page.height:g} mm"
    return form, size, say(f"PDF, tràn lề {spec.page.bleed:g} mm", f"PDF, bleed {spec.page.bleed:g} mm")


_OF_THE_UNIT = ("unit", "facts", "qr")
"""Fields that a campaign fills by itself; a file need not say them."""


def example(sheet: Sheet, data: object) -> str:
    """How a campaign calls the template, filled with the sample data."""
    values = data if isinstance(data, dict) else {}
    lines = [
        "make:",
        "  - id: an-pham",
        f"    template: {sheet.name}",
        f"    formats: [{', '.join(sheet.formats[:2])}]",
    ]
    if "facts" in sheet.fields:
        lines.append(say("    facts: [ma-so-lieu]   # mã ở mục facts của chiến dịch", "    facts: [fact-id]"))
    lines.append("    data:")
    for name in sheet.fields:
        if name in values and name not in _OF_THE_UNIT:
            lines += _yaml(name, values[name])
    return "\n".join(lines)


def _yaml(name: str, value: object) -> list[str]:
    if not isinstance(value, list):
        return [f"      {name}: {_quoted(str(value))}"] if not isinstance(value, dict) else []
    rows = [row for row in value if isinstance(row, dict)]
    written = ("{" + ", ".join(f"{key}: {_quoted(str(text))}" for key, text in row.items()) + "}" for row in rows)
    return [f"      {name}:", *(f"        - {row}" for row in written)]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
