"""A studio for tests of pictures: a small workspace and the sample data of the bundled template."""

import copy
import os
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from loa.reader import load
from loa.render import Order
from loa.render.canvas import SkiaCanvas
from loa.render.order import Variant
from loa.render.picture import design, settle
from loa.render.template import Preview
from loa.render.tree.paint import Painter
from loa.workspace import Workspace, bundled, open_workspace

_SHRINK, _MEAN, _WORST = 4, 0.6, 48
LOA_YAML = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}
units:
  list:
    - {code: tinh-mau, name: Tỉnh Mẫu}
"""
BRAND = """\
colors: {navy: "#0A2150", white: "#FFFFFF", red: "#D5203A", gold: "#FFC420", ink: "#0D2045", pale: "#EEEEEE"}
gradients: {night: {from: navy, to: navy}}
accents: ["#D5203A", "#0A2150"]
"""
LABELS = (
    ("50", "%", "người dân trưởng thành sử dụng dịch vụ công trực tuyến", 50.0),
    ("1.234.567", "lượt giao dịch", "trên Cổng Dịch vụ công quốc gia trong quý III", 1234567.0),
    ("62,5", "%", "hồ sơ nộp trực tuyến toàn trình", 62.5),
    ("1,0", "triệu", "hồ sơ đã xử lý trong năm 2025", 1.0),
    ("95", "%", "hồ sơ trả kết quả đúng hạn", 95.0),
    ("100", "%", "thủ tục hành chính đủ điều kiện được cung cấp toàn trình", 100.0),
)


def make_studio(root: Path) -> Workspace:
    root.mkdir(parents=True, exist_ok=True)
    (root / "loa.yaml").write_text(LOA_YAML, encoding="utf-8")
    return open_workspace(root)


def add_template(ws: Workspace, name: str, text: str, brand: str = BRAND) -> None:
    folder = ws.templates / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    (ws.templates / "brand.yaml").write_text(brand, encoding="utf-8")


def facts(count: int) -> list[dict[str, Any]]:
    return [
        {"value": value, "unit": unit, "label": label, "number": number}
        for value, unit, label, number in LABELS[:count]
    ]


def sample(template: str = "infographics/chi-so") -> dict[str, Any]:
    path = bundled("templates").joinpath(*template.split("/"), "preview.yaml")
    data = copy.deepcopy(load(path, Preview, "preview.yaml").value.data)
    for fact in data.get("facts", []):
        fact["number"] = float(fact["number"])
    return data


def order(
    template: str = "infographics/chi-so",
    form: str = "portrait",
    variant: Variant = "",
    brand: str = "",
    **changes: Any,
) -> Order:
    return Order(template, form, {**sample(template), **changes}, variant=variant, brand=brand)


def painted(ws: Workspace, asked: Order) -> Image.Image:
    """An order as pixels, the sheet of a print format too; nothing in it may be wrong."""
    plan, placed, problems = settle(design(ws, asked))
    assert problems == []
    canvas = SkiaCanvas(plan.spec.width, plan.spec.height)
    painter = Painter(canvas, plan.theme, plan.pictures(tuple(root.element for root in placed)))
    for root in placed:
        painter.paint(root)
    return Image.fromarray(canvas.pixels).convert("RGB")


def compare(picture: Image.Image, path: Path) -> None:
    """Whether a picture still looks like its golden one, which is a quarter of its size.

    Other anti-aliasing moves edges by a few levels of 255; a line moved by two pixels is far beyond both limits.
    """
    small = picture.resize((picture.width // _SHRINK, picture.height // _SHRINK), Image.Resampling.BOX)
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        small.save(path, "WEBP", lossless=True, quality=75, method=4)
    with Image.open(path) as golden:
        apart = np.abs(np.asarray(golden.convert("RGB")).astype(int) - np.asarray(small).astype(int))
    assert apart.mean() <= _MEAN, f"{path.name}: mean difference {apart.mean():.2f}"
    assert apart.max() <= _WORST, f"{path.name}: worst difference {apart.max()}"
