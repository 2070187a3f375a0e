"""Templates of progress against targets and of slogans; the conditions, scales and cuts of words they need."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from support.pictures import sample

from loa.render import Order, check_orders
from loa.render.picture import design, settle
from loa.render.template import Template
from loa.render.tree.figures import figure
from loa.render.tree.fill import Element, Scope, grow
from loa.render.tree.measure import Placed
from loa.workspace import Workspace

FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "a4", "a3", "a2", "standee", "banner")
PROGRESS, SLOGAN = "infographics/tien-do", "infographics/thong-diep"
LONG_TITLE = (
    "Hướng dẫn bà con các thôn, tổ dân phố nộp hồ sơ, theo dõi và nhận kết quả thủ tục hành chính tại nhà năm 2026"
)
LONG_NAME = "Ủy ban nhân dân phường Đông Hưng Thuận – Nghĩa Lộ Bắc Trung"
MORE = (
    {"label": "Thành viên Tổ công nghệ số cộng đồng được tập huấn", "value": "96", "unit": "%", "target": "100"},
    {"label": "Tin, bài trên hệ thống truyền thanh", "value": "16", "unit": "tin, bài", "target": "20"},
    {"label": "Buổi tuyên truyền trực tiếp tại thôn, xã", "value": "9", "unit": "buổi", "target": "9"},
    {"label": "Tờ rơi đã phát đến hộ dân", "value": "1.250", "unit": "tờ", "target": "1.500"},
)
LINE = {
    "type": "duong",
    "title": "Người dân trưởng thành sử dụng qua các năm",
    "points": [
        {"label": "2022", "value": "18", "unit": "%"},
        {"label": "2023", "value": "31", "unit": "%"},
        {"label": "2024", "value": "42,5", "unit": "%"},
        {"label": "2025", "value": "54", "unit": "%"},
    ],
    "target": "50",
    "note": "Chỉ tiêu 50%",
}
DONUT = {
    "type": "tron",
    "title": "Hồ sơ nộp bằng cách nào",
    "points": [
        {"label": "Trực tuyến tại nhà", "value": "46", "unit": "%"},
        {"label": "Trực tuyến tại Bộ phận Một cửa", "value": "28", "unit": "%"},
        {"label": "Bưu chính công ích", "value": "6", "unit": "%"},
        {"label": "Trực tiếp", "value": "20", "unit": "%"},
    ],
}
SLOGANS = {
    "nguoi-dan": "Dịch vụ công trực tuyến – Đơn giản thủ tục, tiết kiệm thời gian",
    "doanh-nghiep": "Nộp thuế điện tử – Tiết kiệm chi phí, nâng cao hiệu quả kinh doanh",
    "can-bo": "Dịch vụ công trực tuyến: Giải pháp tiết kiệm thời gian, nâng cao chất lượng phục vụ",
    "nguoi-cao-tuoi": "Hành chính thông minh – Tận tâm phục vụ",
}
SCENES = {
    "nguoi-dan": "file-check",
    "doanh-nghiep": "briefcase",
    "can-bo": "timer",
    "nguoi-cao-tuoi": "heart-handshake",
}


def order(template: str, form: str, variant: str = "", **changes: Any) -> Order:
    return Order(template, form, {**sample(template), **changes}, variant=variant)  # type: ignore[arg-type] - "" or elder


def rows(count: int) -> list[dict[str, str]]:
    return [*sample(PROGRESS)["rows"], *MORE][:count]


def problems(ws: Workspace, template: str, variant: str = "", **changes: Any) -> dict[str, set[str]]:
    """What is wrong with each format."""
    found = {form: check_orders(ws, [order(template, form, variant, **changes)]) for form in FORMATS}
    return {form: {problem.code for problem in told} for form, told in found.items() if told}


def everything(placed: Placed) -> list[Placed]:
    return [placed, *(found for inner in placed.children for found in everything(inner))]


def laid_out(ws: Workspace, made: Order) -> list[Placed]:
    _, roots, told = settle(design(ws, made))
    assert told == []
    return [found for root in roots for found in everything(root)]


def words(placed: list[Placed]) -> list[str]:
    return [found.element.get("text") for found in placed if found.text is not None]


def icons(placed: list[Placed]) -> list[str]:
    return [found.element.get("name") for found in placed if found.element.kind == "icon"]


# -- figures and conditions


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62,5", 62.5),
        ("62.5", 62.5),
        ("1.250", 1250),
        ("1.234.567,5", 1234567.5),
        ("0.125", 0.125),
        ("80%", 80),
        ("", 0),
    ],
)
def test_figures_are_read_as_people_and_as_the_program_write_them(text: str, number: float) -> None:
    assert figure(text) == pytest.approx(number)


@pytest.mark.parametrize(
    ("value", "shown"), [("50", "a"), ("54,5", "a"), ("49,9", "b"), ("45", "b"), ("44,9", "c"), ("1.250", "a")]
)
def test_a_node_shows_by_how_a_figure_compares_with_another(value: str, shown: str) -> None:
    target = "goal"
    boxes = [
        {"kind": "text", "text": "a", "when": {"field": "v", "reaches": target}},
        {
            "kind": "column",
            "when": {"field": "v", "below": target},
            "children": [{"kind": "text", "text": "b", "when": {"field": "v", "reaches": target, "share": "90"}}],
        },
        {"kind": "text", "text": "c", "when": {"field": "v", "below": target, "share": "90"}},
    ]
    assert told(boxes, {"v": value, "goal": "50"}) == shown


def told(boxes: list[dict[str, Any]], data: dict[str, Any]) -> str:
    template = Template.model_validate({"title": "x", "box": {"kind": "column", "children": boxes}})
    assert template.box is not None
    (root,) = grow(template, template.box, Scope(data, "square"))
    return "".join(texts(root))


def texts(element: Element) -> list[str]:
    own = [element.get("text")] if element.kind == "text" else []
    return [*own, *(text for child in element.children for text in texts(child))]


@pytest.mark.parametrize(
    ("slogan", "lead", "rest"),
    [
        (SLOGANS["nguoi-cao-tuoi"], "Hành chính thông minh –", "Tận tâm phục vụ"),
        ("Một cửa: Nhanh", "Một cửa:", "Nhanh"),
        ("Cùng Hà Nội bước vào kỷ nguyên mới", "", "Cùng Hà Nội bước vào kỷ nguyên mới"),
    ],
)
def test_a_slogan_is_cut_behind_its_dash_and_loses_no_letter(slogan: str, lead: str, rest: str) -> None:
    assert (told([{"kind": "text", "text": "{{ s.lead }}"}], {"s": slogan}), rest) == (lead, rest)
    assert told([{"kind": "text", "text": "{{ s.rest }}"}], {"s": slogan}) == rest
    assert f"{lead} {rest}".strip() == slogan


# -- progress


@pytest.mark.parametrize("variant", ["", "elder"])
def test_the_sample_of_progress_stands_in_every_format(ws: Workspace, variant: str) -> None:
    assert problems(ws, PROGRESS, variant) == {}


@pytest.mark.parametrize("count", [1, 2, 5, 8])
@pytest.mark.parametrize("charts", [(), (LINE,), (DONUT,), (LINE, DONUT)])
def test_one_to_eight_targets_with_or_without_charts_find_their_layout(
    ws: Workspace, count: int, charts: tuple[dict[str, Any], ...]
) -> None:
    told = problems(ws, PROGRESS, rows=rows(count), charts=list(charts))
    assert set(told) <= ({"link"} if count >= 5 else set())


@pytest.mark.parametrize("count", [1, 2, 6, 8])
def test_elder_readers_get_every_target_large(ws: Workspace, count: int) -> None:
    told = problems(ws, PROGRESS, "elder", rows=rows(count))
    assert set(told) <= ({"link"} if count >= 5 else set())


def test_what_a_link_card_cannot_hold_is_refused_at_its_place(ws: Workspace) -> None:
    told = check_orders(ws, [order(PROGRESS, "link", rows=rows(8))])
    labels = {row["label"] for row in rows(8)}
    assert any(any(label.startswith(str(problem.params.get("text", ""))[:20]) for label in labels) for problem in told)


def test_a_progress_without_its_source_is_refused(ws: Workspace) -> None:
    (problem,) = check_orders(ws, [order(PROGRESS, "square", source="")])
    assert (problem.code, problem.params["field"]) == ("E403", "source")


@pytest.mark.parametrize("form", ["square", "story", "wide", "a4"])
def test_the_figures_themselves_say_whether_a_target_is_met(ws: Workspace, form: str) -> None:
    placed = laid_out(ws, order(PROGRESS, form))
    said = [text for text in words(placed) if text in {"Đạt", "Sắp đạt", "Chưa đạt"}]
    assert said == ["Đạt", "Sắp đạt", "Đạt", "Chưa đạt"]
    assert [icons(placed).count(name) for name in ("circle-check", "trending-up", "hourglass")] == [2, 1, 1]


def test_a_target_that_is_better_when_lower_says_its_own_state(ws: Workspace) -> None:
    late = {"label": "Hồ sơ trễ hạn", "value": "2", "unit": "%", "target": "5", "status": "dat"}
    assert "Đạt" in words(laid_out(ws, order(PROGRESS, "square", rows=[late], charts=[])))


def test_all_bars_of_a_board_are_equally_long_so_that_they_compare(ws: Workspace) -> None:
    for form, count in itertools.product(("square", "portrait", "wide", "a4"), (3, 8)):
        placed = laid_out(ws, order(PROGRESS, form, rows=rows(count), charts=[]))
        bars = [found.inner.width for found in placed if found.element.kind == "bar"]
        assert len(bars) == count
        assert max(bars) - min(bars) < 1, form


def test_a_count_is_measured_by_its_target_and_a_share_by_a_hundred(ws: Workspace) -> None:
    placed = laid_out(ws, order(PROGRESS, "a4", rows=rows(8), charts=[]))
    wholes = [found.element.get("whole") for found in placed if found.element.kind == "bar"]
    assert wholes == ["", "", "", "", "", "20", "9", "1.500"]


def test_charts_appear_only_where_there_are_figures_for_them(ws: Workspace) -> None:
    kinds = {found.element.kind for found in laid_out(ws, order(PROGRESS, "a4", rows=rows(3), charts=[LINE, DONUT]))}
    assert {"line", "donut"} <= kinds
    assert not {"line", "donut", "bars"} & {
        found.element.kind for found in laid_out(ws, order(PROGRESS, "a4", charts=[]))
    }


def test_the_legend_of_a_donut_has_its_colours_in_its_order(ws: Workspace) -> None:
    placed = laid_out(ws, order(PROGRESS, "a4", rows=rows(3), charts=[LINE, DONUT]))
    swatches = [found.element.accent for found in placed if getattr(found.element.node, "fill", "") == "accent"]
    assert swatches == [0, 1, 2, 3]


# -- slogans


@pytest.mark.parametrize("variant", ["", "elder"])
@pytest.mark.parametrize("tone", SLOGANS)
def test_every_audience_has_its_poster_in_every_format(ws: Workspace, tone: str, variant: str) -> None:
    assert problems(ws, SLOGAN, variant, tone=tone, slogan=SLOGANS[tone], audience="người dân") == {}


@pytest.mark.parametrize("tone", SLOGANS)
def test_every_audience_has_a_scene_of_its_own(ws: Workspace, tone: str) -> None:
    shown = icons(laid_out(ws, order(SLOGAN, "square", tone=tone)))
    assert [name for name in SCENES.values() if name in shown] == [SCENES[tone]]


def test_an_unknown_tone_is_the_poster_for_citizens(ws: Workspace) -> None:
    assert SCENES["nguoi-dan"] in icons(laid_out(ws, order(SLOGAN, "square", tone="khac")))


@pytest.mark.parametrize("form", FORMATS)
def test_the_slogan_stands_letter_by_letter_and_is_the_largest_type(ws: Workspace, form: str) -> None:
    slogan = SLOGANS["doanh-nghiep"]
    placed = [found for found in laid_out(ws, order(SLOGAN, form, slogan=slogan)) if found.text is not None]
    sizes = {found.element.get("text"): found.text.setting.size for found in placed if found.text is not None}
    lead, rest = (text for text in sizes if text in slogan)
    assert f"{lead} {rest}" == slogan
    others = [size for text, size in sizes.items() if text not in {lead, rest, "0238 1022"}]
    assert min(sizes[lead], sizes[rest]) > 1.3 * max(others)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": LONG_TITLE},
        {"unit": {"name": LONG_NAME, "hotline": "0238 3844 123", "portal": "https://dichvucong.gov.vn"}},
        {"unit": {"name": LONG_NAME, "hotline": "", "portal": ""}},
        {"qr": "", "title": "", "source": "", "audience": "", "organiser": ""},
        {"slogan": "Đúng hẹn"},
        {"slogan": "Cùng Hà Nội bước vào kỷ nguyên mới với dịch vụ công trực tuyến"},
    ],
)
@pytest.mark.parametrize("variant", ["", "elder"])
def test_a_poster_stands_with_long_names_and_with_nothing_but_its_slogan(
    ws: Workspace, changes: dict[str, Any], variant: str
) -> None:
    assert problems(ws, SLOGAN, variant, **changes) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": LONG_TITLE},
        {"unit": {"name": LONG_NAME, "hotline": "0238 3844 123", "portal": "https://dichvucong.gov.vn"}},
        {"unit": {"name": LONG_NAME, "hotline": "", "portal": ""}},
        {"qr": ""},
    ],
)
def test_progress_stands_with_long_titles_and_names_and_without_an_address(
    ws: Workspace, changes: dict[str, Any]
) -> None:
    assert problems(ws, PROGRESS, **changes) == {}
