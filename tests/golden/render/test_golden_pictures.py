"""The bundled templates look as they did when somebody last looked at them. How to rewrite: tests/golden/README.md."""

import os
from pathlib import Path

import pytest
from support.pictures import compare, facts, make_studio, order, painted

from loa.render import Order
from loa.render.library import load_template
from loa.workspace import Workspace, bundled

HERE = Path(__file__).parent
NAMES = sorted(path.name for path in (bundled("templates") / "infographics").iterdir())
FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "standee", "banner")
LONG = {
    "title": "Đẩy mạnh tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến toàn trình 2026",
    "unit": {
        "name": "Ủy ban nhân dân phường Đông Hưng Thuận Nghĩa Lộ",
        "hotline": "028 3891 2345",
        "portal": "https://dichvucong.gov.vn",
    },
}
STILLS = {
    **{f"{name}-{form}": order(f"infographics/{name}", form) for name in NAMES for form in FORMATS},
    **{f"{name}-portrait-elder": order(f"infographics/{name}", "portrait", variant="elder") for name in NAMES},
    "chi-so-portrait-1": order(facts=facts(1), steps=[]),
    "chi-so-portrait-2": order(facts=facts(2), steps=[]),
    "chi-so-square-3": order(form="square", facts=facts(3), steps=[]),
    "chi-so-story-6-long": order(form="story", facts=facts(6), **LONG),
    "dem-nguoc-portrait-today": order("infographics/dem-nguoc", days="0", title="Ngày Chuyển đổi số quốc gia 10/10"),
    "dem-nguoc-story-100": order("infographics/dem-nguoc", "story", days="100"),
}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_studio(tmp_path)


@pytest.mark.parametrize("name", STILLS)
def test_a_picture_looks_as_it_did(ws: Workspace, name: str) -> None:
    compare(painted(ws, STILLS[name]), HERE / f"{name}.png")


@pytest.mark.parametrize("name", NAMES)
def test_the_larger_sheets_are_the_small_one_enlarged(ws: Workspace, name: str) -> None:
    small = painted(ws, order(f"infographics/{name}", "a5")).tobytes()
    template = load_template(ws, f"infographics/{name}")
    same = [form for form in ("a4", "a3", "a2") if template.formats[form].tokens == template.formats["a5"].tokens]
    assert same
    assert all(painted(ws, order(f"infographics/{name}", form)).tobytes() == small for form in same)


def test_every_golden_picture_belongs_to_a_template() -> None:
    clips = {path.name for path in (bundled("templates") / "clips").iterdir()}
    documents = {path.name for path in (bundled("templates") / "documents").iterdir()}
    known = {*NAMES, *clips, *documents}
    strangers = [path.name for path in HERE.glob("*.png") if not any(path.name.startswith(name) for name in known)]
    assert strangers == []


def test_the_comparison_would_notice_a_moved_word(ws: Workspace) -> None:
    if os.environ.get("LOA_REWRITE_GOLDEN"):
        pytest.skip("goldens are being rewritten")
    asked = STILLS["chi-so-portrait"]
    changed = Order(asked.template, asked.format, {**asked.data, "hotline_label": "Tổng đài hỗ trợ miễn phi"})
    with pytest.raises(AssertionError):
        compare(painted(ws, changed), HERE / "chi-so-portrait.png")
