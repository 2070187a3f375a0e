"""The bundled templates look as they did when somebody last looked at them. How to rewrite: tests/golden/README.md."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pictures import compare, facts, make_studio, order, painted

from loa.render import Order
from loa.render.picture import design, settle
from loa.render.tree.measure import Placed
from loa.workspace import Workspace, bundled

HERE = Path(__file__).parent
NAMES = sorted(path.parent.name for path in (bundled("templates") / "infographics").glob("*/template.yaml"))
FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "standee", "banner")
LONG = {
    "title": "Đẩy mạnh tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến toàn trình 2026",
    "unit": {
        "name": "Ủy ban nhân dân phường Đông Hưng Thuận Nghĩa Lộ",
        "hotline": "028 3891 2345",
        "portal": "https://dichvucong.gov.vn",
    },
}
EDE = {
    "title": "Ƀuôn Čư̆ M'gar – Krông Ƀuk – Ea H'leo, Ŏ Đơ̆i",
    "subtitle": "Chữ Ê Đê: Ƀ ƀ Č č Ĕ ĕ Ĭ ĭ Ñ ñ Ŏ ŏ Ŭ ŭ Ư̆ ư̆ Ơ̆ ơ̆ Ô̆ ô̆",
    "unit": {"name": "Ủy ban nhân dân xã Ƀuôn Čuôr Đăng", "hotline": "1022", "portal": "https://dichvucong.gov.vn"},
}
STILLS = {
    **{f"{name}-{form}": order(f"infographics/{name}", form) for name in NAMES for form in FORMATS},
    **{f"{name}-portrait-elder": order(f"infographics/{name}", "portrait", variant="elder") for name in NAMES},
    "chi-so-portrait-1": order(facts=facts(1), steps=[]),
    "chi-so-portrait-2": order(facts=facts(2), steps=[]),
    "chi-so-square-3": order(form="square", facts=facts(3), steps=[]),
    "chi-so-story-6-long": order(form="story", facts=facts(6), **LONG),
    "dem-nguoc-portrait-today": order("infographics/dem-nguoc", days="0", title="Ngày Chuyển đổi số quốc gia 10/10"),
    "dem-nguoc-square-ede": order("infographics/dem-nguoc", "square", **EDE),
    "dem-nguoc-story-100": order("infographics/dem-nguoc", "story", days="100"),
}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path)


@pytest.mark.parametrize("name", STILLS)
def test_a_picture_looks_as_it_did(ws: Workspace, name: str) -> None:
    compare(painted(ws, STILLS[name]), HERE / f"{name}.webp")


def set_texts(placed: Placed) -> Iterator[tuple[str, float]]:
    if placed.text is not None:
        yield " ".join(placed.text.setting.lines), placed.text.setting.size
    for child in placed.children:
        yield from set_texts(child)


@pytest.mark.parametrize("name", NAMES)
def test_the_larger_sheets_are_the_small_one_enlarged(ws: Workspace, name: str) -> None:
    sheets = [settle(design(ws, order(f"infographics/{name}", form)))[1] for form in ("a5", "a4", "a3", "a2")]
    small, *larger = [[text for root in placed for text in set_texts(root)] for placed in sheets]
    for texts in larger:  # A5 is a hair longer for its width than the others
        assert [text for text, _ in texts] == [text for text, _ in small]
        assert [size for _, size in texts] == pytest.approx([size for _, size in small], rel=0.05)


def test_every_golden_picture_belongs_to_a_template() -> None:
    clips = {path.name for path in (bundled("templates") / "clips").iterdir()}
    documents = {path.name for path in (bundled("templates") / "documents").iterdir()}
    known = {*NAMES, *clips, *documents}
    shown = [path.name.removeprefix("document-") for path in HERE.glob("*.webp")]
    strangers = [picture for picture in shown if not any(picture.startswith(name) for name in known)]
    assert strangers == []


def test_the_comparison_would_notice_a_moved_word(ws: Workspace) -> None:
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        pytest.skip("goldens are being rewritten")
    asked = STILLS["chi-so-portrait"]
    changed = Order(asked.template, asked.format, {**asked.data, "hotline_label": "Tổng đài hỗ trợ miễn phi"})
    with pytest.raises(AssertionError):
        compare(painted(ws, changed), HERE / "chi-so-portrait.webp")
