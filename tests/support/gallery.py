"""The gallery of the docs, made by the real renderer: a sheet of pictures for each template, and the page."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from loa.render.brand_new import new_brand
from loa.render.library import PREVIEW_FILE, template_folder
from loa.render.order import Variant
from loa.render.proof import Proof, proof
from loa.render.renderer import Renderer
from loa.render.showroom import Sheet, describe_template, read_sample, sample_orders, template_names
from loa.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "thu-vien-mau.md"
FOLDER = ROOT / "docs" / "images" / "gallery"
HASHES = FOLDER / "hashes.json"
WIDTH, GAP, TALLEST, MOST_BYTES = 1080, 14, 560, 40_000
GROUND = (226, 232, 241)
LOOKS = "mot-mau-bon-dang"
"""The picture that shows one template in two brands and for two kinds of readers."""
BRANDED = "infographics/loi-ich"
_TITLES = {
    "infographics": "Hình đồ họa",
    "clips": "Clip",
    "documents": "Tài liệu in",
    "audio": "Âm thanh cho loa truyền thanh",
}
_SHOWN = {"infographics": ("portrait", "story", "wide"), "clips": ("story",), "documents": ()}
_HEAD = """# Thư viện mẫu

<!-- Trang này do tests/docs/test_gallery.py viết ra từ chính các mẫu; đừng sửa bằng tay. -->

Mỗi hình dưới đây do Loa dựng từ dữ liệu mẫu (`preview.yaml`) của mẫu đó. Cách dùng từng mẫu: `loa template show TÊN`;
xem và sửa tại chỗ: `loa template preview TÊN`. Cách điền và các khổ: [Mẫu ấn phẩm](mau-an-pham.md). Đổi màu theo cơ
quan: [Nhận diện](nhan-dien.md).

## Một mẫu, bốn dáng

Cùng một nội dung: nhận diện chung và nhận diện “Tre xanh”, bản thường và bản cho người cao tuổi (chữ lớn, ít chữ,
tương phản cao).

![Mẫu chỉ số ở hai nhận diện, bản thường và bản cho người cao tuổi](images/gallery/mot-mau-bon-dang.webp)
"""


def picture_name(template: str) -> str:
    return f"{template.replace('/', '-')}.webp"


def looks_of(ws: Workspace, name: str) -> list[Proof]:
    """The formats of a template that stand on its sheet; none for what is only heard."""
    kind = name.split("/", maxsplit=1)[0]
    known = describe_template(ws, name).formats
    wanted = [form for form in _SHOWN.get(kind, ()) if form in known] or list(known[:1])
    data = read_sample(ws, name).data
    return [look for look in (proof(ws, order) for order in sample_orders(ws, name, data, formats=wanted)) if look.data]


def four_looks(ws: Workspace, name: str = "infographics/chi-so") -> list[Proof]:
    data = read_sample(ws, name).data
    variants: tuple[Variant, ...] = ("", "elder")
    return [
        proof(ws, order)
        for brand in ("", "tre-xanh")
        for variant in variants
        for order in sample_orders(ws, name, data, formats=["portrait"], variant=variant, brand=brand)
    ]


_DERIVED = (("do-tham", "#8E1B2C", 0.4, "rays", "formal"), ("tim-sim", "#5B2A86", 2, "waves", "friendly"))
"""Brands of one colour each: name, colour, corner, motif, tone."""


def brands(ws: Workspace) -> list[Proof]:
    """One picture in the brands that there are and in two that ``loa brand new`` derives."""
    for name, color, corner, motif, tone in _DERIVED:
        path = ws.templates / "brands" / f"{name}.yaml"
        if not path.is_file():
            new_brand(ws, name, color)
            text = path.read_text(encoding="utf-8").replace("corner: 1 ", f"corner: {corner} ")
            text = text.replace("motif: waves", f"motif: {motif}").replace("tone: formal", f"tone: {tone}")
            path.write_text(text, encoding="utf-8")
    data = read_sample(ws, BRANDED).data
    return [
        proof(ws, order)
        for brand in ("", "tre-xanh", *(name for name, *_ in _DERIVED))
        for order in sample_orders(ws, BRANDED, data, formats=["portrait"], brand=brand)
    ]


SPECIAL = {LOOKS: four_looks, "nhan-dien": brands}
"""Pictures of the docs that show more than one template."""


def sheet_of(looks: list[Proof]) -> Image.Image:
    """Pictures side by side at one height, as wide as the page."""
    opened = [Image.open(io.BytesIO(look.data)).convert("RGB") for look in looks]
    room = WIDTH - GAP * (len(opened) + 1)
    height = min(TALLEST, int(room / sum(each.width / each.height for each in opened)))
    small = [
        each.resize((round(each.width * height / each.height), height), Image.Resampling.LANCZOS) for each in opened
    ]
    board = Image.new("RGB", (WIDTH, height + 2 * GAP), GROUND)
    left = (WIDTH - sum(each.width for each in small) - GAP * (len(small) - 1)) // 2
    for each in small:
        board.paste(each, (left, GAP))
        left += each.width + GAP
    return board


def packed(picture: Image.Image) -> bytes:
    """The picture as WebP, as good as fits."""
    for quality in range(82, 20, -6):
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def hash_of(ws: Workspace, name: str) -> str:
    """All that the picture of a template is made of, but the program: its files, its sample, shared parts, brand."""
    sample = (template_folder(ws, name) / PREVIEW_FILE).read_bytes()
    return hashlib.blake2b(Renderer(ws).template_hash(name).encode() + sample, digest_size=12).hexdigest()


def page_of(ws: Workspace) -> str:
    """The whole page."""
    parts = [_HEAD]
    kind = ""
    for name in template_names(ws):
        if name.split("/")[0] != kind:
            kind = name.split("/")[0]
            parts.append(f"## {_TITLES.get(kind, kind)}\n")
        parts.append("\n".join(_section(ws, describe_template(ws, name))))
    return "\n".join(parts)


def _section(ws: Workspace, sheet: Sheet) -> Iterator[str]:
    yield from (f"### {sheet.title}", "", f"`{sheet.name}` · {' '.join(sheet.about.split())}", "")
    yield from ("Khổ: " + ", ".join(f"`{form}`" for form in sheet.formats) + ".", "")
    if "audio" in sheet.kinds:
        orders = sample_orders(ws, sheet.name, read_sample(ws, sheet.name).data, formats=["script"])
        yield from ("```text", proof(ws, orders[0]).text.strip(), "```", "")
    else:
        yield from (f"![{sheet.title}](images/gallery/{picture_name(sheet.name)})", "")


def shown(ws: Workspace) -> list[str]:
    """The templates that have a picture."""
    return [name for name in template_names(ws) if "audio" not in describe_template(ws, name).kinds]


def rewrite(ws: Workspace) -> None:
    """Write every picture, the hashes and the page; what belongs to no template any more goes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.webp"):
        path.unlink()
    for name in shown(ws):
        (FOLDER / picture_name(name)).write_bytes(packed(sheet_of(looks_of(ws, name))))
    for special, looks in SPECIAL.items():
        (FOLDER / f"{special}.webp").write_bytes(packed(sheet_of(looks(ws))))
    hashes = {name: hash_of(ws, name) for name in template_names(ws)}
    HASHES.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    PAGE.write_text(page_of(ws), encoding="utf-8", newline="\n")
