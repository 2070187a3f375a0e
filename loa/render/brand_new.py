"""A new brand file from one or two colours, with a word on each role."""

from __future__ import annotations

import re
from pathlib import Path

from loa.errors import RenderError
from loa.render.palette import Derived, derive
from loa.workspace import BRANDS, Workspace

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_ABOUT = {
    "paper": "nền trang",
    "card": "nền thẻ",
    "ink": "chữ chính",
    "muted": "chữ phụ",
    "line": "đường kẻ, phần còn trống của biểu đồ",
    "deep": "nền đậm nhất",
    "primary": "màu chủ đạo",
    "royal": "đầu sáng của dải màu đậm",
    "soft": "chữ phụ trên nền đậm",
    "on-deep": "chữ chính trên nền đậm",
    "highlight": "băng thông điệp, con số trên nền đậm",
    "on-highlight": "chữ trên nền nhấn",
    "alert": "cảnh báo, vạch chỉ tiêu",
    "good": "nên làm, đã đạt",
}


def new_brand(ws: Workspace, name: str, primary: str, highlight: str = "", logo: str = "") -> Path:
    """Write ``templates/brands/<name>.yaml``, derived from the office's own colours.

    Raises:
        RenderError: E492 it is there already, E495 not a colour, E496 not a name, E498 no such logo.
        WorkspaceError: E202, the logo's path leads out of the workspace.
    """
    if not _SLUG.fullmatch(name):
        raise RenderError("E496", name=name)
    for value in filter(None, (primary, highlight)):
        if not _HEX.fullmatch(value):
            raise RenderError("E495", value=value)
    if logo and not ws.find_file(logo).is_file():
        raise RenderError("E498", logo=logo)
    path = ws.inside(f"templates/{BRANDS}/{name}.yaml")
    if path.exists():
        raise RenderError("E492", path=ws.shown(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(derive(primary.upper(), highlight.upper()), primary, logo), encoding="utf-8", newline="\n")
    return path


def _text(palette: Derived, primary: str, logo: str) -> str:
    lines = [
        "# yaml-language-server: $schema=../../var/schema/brand.schema.json",
        f"# Nhận diện suy ra từ màu {primary.upper()}, đã kiểm độ tương phản. Hướng dẫn: docs/nhan-dien.md",
        "colors:",
        *(f'  {role + ":":<14} "{color}" # {_ABOUT[role]}' for role, color in palette.colors.items()),
        "gradients:",
        *_gradients(palette.gradients, "  "),
        "accents: " + _list(palette.accents),
        *([f'logo: "{logo}"'] if logo else []),
        "corner: 1       # bo góc: 0 vuông, 1 vừa, 2 tròn",
        "motif: waves    # họa tiết: waves, drum, rays, none",
        "tone: formal    # formal: tên đơn vị viết hoa; friendly: viết thường, gần gũi",
        "# Bản cho người cao tuổi: chữ đen trên nền trắng, mọi màu đạt 7:1",
        "elder:",
        "  colors:",
        *(f'    {role + ":":<10} "{color}"' for role, color in palette.elder_colors.items()),
        "  gradients:",
        *_gradients(palette.elder_gradients, "    "),
        "  accents: " + _list(palette.elder_accents),
    ]
    return "\n".join(lines) + "\n"


def _gradients(gradients: dict[str, tuple[str, str, int]], lead: str) -> list[str]:
    return [
        f'{lead}{name}: {{ from: "{start}", to: "{end}", angle: {angle} }}'
        for name, (start, end, angle) in gradients.items()
    ]


def _list(colors: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{color}"' for color in colors) + "]"
