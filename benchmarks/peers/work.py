"""The work that is measured: communes with names and figures of their own, one design, told to Loa and to the peer."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import segno

from loa.reader import load
from loa.render import Order
from loa.render.template import Preview
from loa.workspace import Workspace, bundled, open_workspace

TEMPLATE = "infographics/chi-so"
FORMATS = {"portrait": (1080, 1350), "square": (1080, 1080), "story": (1080, 1920), "wide": (1920, 1080)}
QUALITY = 92
_NAMES = (
    "Ea Kao",
    "Cư Ni",
    "Krông Pắc",
    "Hòa Phú",
    "Buôn Hồ",
    "Kim Liên",
    "Tân Lập",
    "Ea Drăng",
    "Cư Mgar",
    "Quảng Phú",
)
_LOA = """\
body: {name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}
units: {list: [{code: tinh-mau, name: Tỉnh Mẫu}]}
"""


def workspace() -> Workspace:
    """A new workspace with the templates that the program brings."""
    root = Path(tempfile.mkdtemp(prefix="loa-bench-"))
    (root / "loa.yaml").write_text(_LOA, encoding="utf-8")
    return open_workspace(root)


def communes(count: int) -> list[dict[str, Any]]:
    """The data of so many communes: a name and two figures differ from one to the next."""
    sample = load(bundled("templates") / TEMPLATE / "preview.yaml", Preview, "preview.yaml").value.data
    return [_commune(copy.deepcopy(sample), number) for number in range(count)]


def _commune(data: dict[str, Any], number: int) -> dict[str, Any]:
    data["unit"]["name"] = f"Ủy ban nhân dân xã {_NAMES[number % len(_NAMES)]} {number // len(_NAMES) + 1}"
    for fact in data["facts"]:
        fact["number"] = float(fact["number"])
    for place, figure in ((1, 40 + number * 7 % 59), (3, 50 + number * 11 % 49)):
        data["facts"][place].update(value=str(figure), number=float(figure))
    return data


def orders(count: int, formats: tuple[str, ...] = tuple(FORMATS)) -> list[Order]:
    """Orders for so many communes in these formats."""
    return [Order(TEMPLATE, name, data) for data in communes(count) for name in formats]


def for_peer(data: dict[str, Any]) -> dict[str, Any]:
    """The same data as the page takes it: the code of the QR as a path, the address without its scheme."""
    matrix = list(segno.make(data["qr"], error="m", micro=False).matrix)
    code = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    unit = {**data["unit"], "portal": data["unit"]["portal"].removeprefix("https://")}
    return {**data, "unit": unit, "code": code, "modules": len(matrix)}


def peer_page() -> str:
    """The address of the peer's page, with the same font files."""
    page = (Path(__file__).parent / "chi_so.html").read_text(encoding="utf-8")
    fonts = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    path = Path(tempfile.mkdtemp(prefix="loa-peer-")) / "chi_so.html"
    path.write_text(page.replace("FONTS", fonts.resolve().as_uri()), encoding="utf-8")
    return path.resolve().as_uri()
