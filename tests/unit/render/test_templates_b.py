"""Templates of questions, safety, comparison, praise, notices, time and contacts; and rules of the engine they need."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
import yaml
from support.pictures import add_template, sample

from loa.errors import LoaError
from loa.render import Order, check_orders
from loa.render.picture import design, settle
from loa.render.renderer import Renderer, make
from loa.render.tree.measure import Placed
from loa.workspace import Workspace, bundled

FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "a4", "a3", "a2", "standee", "banner")
LISTS = {
    "hoi-dap": ("pairs", 1, 4),
    "an-toan": ("tips", 3, 6),
    "so-sanh": ("rows", 2, 6),
    "guong-dien-hinh": ("facts", 0, 3),
    "thong-bao": ("services", 0, 6),
    "dong-thoi-gian": ("milestones", 3, 7),
    "danh-ba": ("contacts", 3, 16),
}
"""Of each template, its list with the least and the most rows."""
LONG_TITLE = (
    "Hướng dẫn bà con các thôn, tổ dân phố nộp hồ sơ, theo dõi và nhận kết quả thủ tục hành chính tại nhà năm 2026"
)
LONG_NAME = "Ủy ban nhân dân phường Đông Hưng Thuận – Nghĩa Lộ Bắc Trung"


def order(name: str, form: str, variant: str = "", **changes: Any) -> Order:
    template = f"infographics/{name}"
    return Order(template, form, {**sample(template), **changes}, variant=variant)  # type: ignore[arg-type] - "" or elder


def rows(name: str, count: int) -> dict[str, Any]:
    """The rows of the sample, so many times over."""
    key, *_ = LISTS[name]
    own = sample(f"infographics/{name}")[key]
    return {key: [copy.deepcopy(own[at % len(own)]) for at in range(count)]}


def codes(ws: Workspace, *orders: Order) -> set[str]:
    return {problem.code for problem in check_orders(ws, orders)}


def laid_out(ws: Workspace, made: Order) -> tuple[Placed, ...]:
    return settle(design(ws, made))[1]


def everything(placed: Placed) -> list[Placed]:
    return [placed, *(found for child in placed.children for found in everything(child))]


def words(placed: Placed) -> list[Placed]:
    """The texts of a placed tree."""
    return [found for found in everything(placed) if found.text is not None]


def told(roots: tuple[Placed, ...]) -> str:
    return " | ".join(found.element.get("text") for root in roots for found in words(root))


def icons(roots: tuple[Placed, ...]) -> list[str]:
    return [found.element.get("name") for root in roots for found in everything(root) if found.element.kind == "icon"]


LONG_OR_SHORT = """\
title: Thử
formats: {square: {width: 400, height: 200, smallest: 20}}
fields: {title: {required: yes}}
box:
  kind: column
  children:
    - kind: fit
      grow: 1
      smallest: 0.3
      options:
        - {kind: text, text: "{{ title }} {{ title }} {{ title }}", size: 30, lines: 20}
        - {kind: text, text: "{{ title }}", size: 30, lines: 20, prefer: 0.1}
"""


def test_a_fit_takes_another_option_rather_than_type_that_is_too_small(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", LONG_OR_SHORT)
    order = Order("infographics/thu", "square", {"title": "Nộp hồ sơ trực tuyến tại nhà " * 6})
    _, (root,), problems = settle(design(ws, order))
    (shown,) = words(root)
    assert not problems
    assert shown.text is not None
    assert shown.text.setting.size >= 20
    assert shown.element.get("text").count("Nộp") == 6


NARROW_WHEN_SMALL = """\
title: Thử
formats: {square: {width: 800, height: 300, smallest: 20}}
fields: {title: {required: yes}}
box:
  kind: column
  children:
    - kind: fit
      grow: 1
      smallest: 0.4
      largest: 1.6
      options:
        - {kind: row, children: [{kind: text, width: 220, text: "{{ title }}", size: 30}]}
"""


def test_a_fit_grows_past_a_scale_whose_boxes_are_too_narrow_for_legible_type(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", NARROW_WHEN_SMALL)
    order = Order("infographics/thu", "square", {"title": "Tháng 4/2025"})  # at 0.4 a box of 88 for 20-pixel type
    _, (root,), problems = settle(design(ws, order))
    (shown,) = words(root)
    assert not problems
    assert shown.scale == pytest.approx(1.6)


# -- every template, every format


@pytest.mark.parametrize("variant", ["", "elder"])
@pytest.mark.parametrize("name", LISTS)
def test_the_sample_data_stand_in_every_format(ws: Workspace, name: str, variant: str) -> None:
    found = check_orders(ws, [order(name, form, variant) for form in FORMATS])
    assert [(problem.code, dict(problem.params)) for problem in found] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_long_title_and_a_long_name_stand_in_the_formats_of_the_feed(ws: Workspace, name: str) -> None:
    assert len(LONG_TITLE) <= 110
    unit = {**sample(f"infographics/{name}")["unit"], "name": LONG_NAME}
    forms = ("square", "portrait", "story", "a4", "standee")
    assert codes(ws, *(order(name, form, title=LONG_TITLE) for form in forms)) == set()
    assert codes(ws, *(order(name, form, unit=unit) for form in forms)) == set()


@pytest.mark.parametrize("missing", ["hotline", "portal", "qr", "slogan", "source", "subtitle", "kicker", "organiser"])
@pytest.mark.parametrize("name", LISTS)
def test_what_is_missing_leaves_no_hole_that_breaks_the_picture(ws: Workspace, name: str, missing: str) -> None:
    unit = {key: value for key, value in sample(f"infographics/{name}")["unit"].items() if key != missing}
    assert (
        codes(ws, *(order(name, form, unit=unit, **{missing: ""}) for form in ("square", "portrait", "wide"))) == set()
    )


@pytest.mark.parametrize("name", LISTS)
def test_the_fewest_and_the_most_rows_stand_in_the_formats_of_the_feed(ws: Workspace, name: str) -> None:
    _, least, most = LISTS[name]
    forms = ("portrait", "story", "a4", "wide")
    assert codes(ws, *(order(name, form, **rows(name, least)) for form in forms)) == set()
    assert codes(ws, *(order(name, form, **rows(name, most)) for form in forms)) == set()


@pytest.mark.parametrize("name", LISTS)
def test_more_rows_than_a_template_holds_are_refused(ws: Workspace, name: str) -> None:
    _, _, most = LISTS[name]
    assert codes(ws, order(name, "portrait", **rows(name, most + 1))) == {"E405"}


@pytest.mark.parametrize("name", LISTS)
def test_rows_too_full_to_be_legible_are_refused_and_told_by_their_words(ws: Workspace, name: str) -> None:
    key, *_ = LISTS[name]
    wordy = "Một câu dài đến mức không tấm hình nào chứa nổi mà chữ vẫn đọc được từ xa " * 8
    own = sample(f"infographics/{name}")[key]
    full = [wordy if isinstance(row, str) else {**row, **dict.fromkeys(set(row) & TEXTS, wordy)} for row in own]
    found = check_orders(ws, [order(name, "square", **{key: full})])
    assert found
    assert {problem.code for problem in found} <= {"E431", "E435", "E436", "E450"}
    assert any(problem.params["text"].startswith(("Một câu dài", *(_first(row) for row in own))) for problem in found)


TEXTS = {"question", "answer", "title", "text", "before", "after", "label", "name", "note"}


def _first(row: Any) -> str:
    return row if isinstance(row, str) else str(next(iter(row.values())))


@pytest.mark.parametrize("name", LISTS)
def test_every_field_is_explained(ws: Workspace, name: str) -> None:
    fields = design(ws, order(name, "square")).template.fields
    assert [field for field, spec in fields.items() if not spec.about] == []
    assert fields[LISTS[name][0]].most == LISTS[name][2]


@pytest.mark.parametrize("name", LISTS)
def test_the_example_of_the_docs_makes_its_pictures(ws: Workspace, name: str) -> None:
    page = bundled("docs", "mau", f"{name}.md").read_text("utf-8")
    (made,) = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0])["make"]
    data = {**made["data"], "unit": sample(f"infographics/{name}")["unit"]}
    assert made["template"] == f"infographics/{name}"
    assert codes(ws, *(Order(made["template"], form, data) for form in made["formats"])) == set()


# -- what each is for


def test_questions_stand_above_their_answers_and_keep_their_order(ws: Workspace) -> None:
    seen = told(laid_out(ws, order("hoi-dap", "portrait")))
    pairs = sample("infographics/hoi-dap")["pairs"]
    spots = [seen.index(pair[part]) for pair in pairs for part in ("question", "answer")]
    assert spots == sorted(spots)


def test_a_tip_is_told_as_do_or_do_not_in_words_and_not_by_colour_alone(ws: Workspace) -> None:
    seen = told(laid_out(ws, order("an-toan", "portrait")))
    kinds = [tip["kind"] for tip in sample("infographics/an-toan")["tips"]]
    assert (seen.count("NÊN"), seen.count("KHÔNG")) == (kinds.count("nen"), kinds.count("khong"))


def test_the_alternative_text_says_before_each_tip_whether_to_do_it(ws: Workspace) -> None:
    told_aloud = make(ws, order("an-toan", "link")).alt_text
    for tip in sample("infographics/an-toan")["tips"]:
        assert f"{'KHÔNG' if tip['kind'] == 'khong' else 'NÊN'}. {tip['title']}" in told_aloud


def test_without_a_number_to_call_there_is_no_red_strip(ws: Workspace) -> None:
    assert "shield-alert" in icons(laid_out(ws, order("an-toan", "portrait")))
    assert "shield-alert" not in icons(laid_out(ws, order("an-toan", "portrait", report_phone="")))


def test_a_tip_with_an_unknown_icon_is_refused_by_its_name(ws: Workspace) -> None:
    tips = [{"kind": "nen", "icon": "bieu-tuong-la", "title": "Vào đúng địa chỉ"}] * 3
    (found, *_) = check_orders(ws, [order("an-toan", "portrait", tips=tips)])
    assert (found.code, found.params["icon"]) == ("E414", "bieu-tuong-la")


def test_long_sides_of_a_comparison_are_stacked_in_a_tall_format(ws: Workspace) -> None:
    def widest(text: str) -> float:
        two = [{"label": "Việc", "before": text, "after": text}] * 2
        (root,) = laid_out(ws, order("so-sanh", "portrait", rows=two))
        return max(found.rect.width for found in words(root) if found.element.get("text") == text)

    long = "Chuẩn bị đủ giấy tờ, đến trụ sở, lấy số, chờ đến lượt rồi mới được hướng dẫn từng bước"
    longer = f"{long}, có khi phải về nhà lấy thêm giấy tờ rồi hôm sau trở lại"
    assert widest("Đến tận nơi") < 480
    assert widest(longer) > 600


def test_the_praised_are_shown_with_their_photo_or_led_by_their_words(ws: Workspace) -> None:
    def pictures(made: Order) -> int:
        return sum(found.element.kind == "image" for root in laid_out(ws, made) for found in everything(root))

    assert pictures(order("guong-dien-hinh", "portrait")) == 1
    assert pictures(order("guong-dien-hinh", "portrait", photo="")) == 0
    assert sample("infographics/guong-dien-hinh")["quote"] in told(
        laid_out(ws, order("guong-dien-hinh", "portrait", photo=""))
    )


def test_the_sample_photo_comes_with_the_program_and_gives_way_to_the_one_of_the_workspace(ws: Workspace) -> None:
    made = order("guong-dien-hinh", "link")
    before = Renderer(ws).key(made)
    assert make(ws, made).data
    own = ws.root / made.data["photo"]
    own.parent.mkdir(parents=True)
    for file in ("template.yaml", "preview.yaml"):
        (own.parent / file).write_bytes(bundled("templates", "infographics", "guong-dien-hinh", file).read_bytes())
    own.write_bytes(bundled("templates", "infographics", "guong-dien-hinh", "mau.jpg").read_bytes()[:-400])
    assert Renderer(ws).key(made) != before


def test_a_photo_that_is_nowhere_is_told(ws: Workspace) -> None:
    with pytest.raises(LoaError) as caught:
        make(ws, order("guong-dien-hinh", "square", photo="content/anh/khong-co.jpg"))
    assert caught.value.code == "E421"


def test_a_notice_bears_its_number_its_date_and_the_motto_of_the_state(ws: Workspace) -> None:
    seen = told(laid_out(ws, order("thong-bao", "portrait")))
    assert all(part in seen for part in ("Số: 45/TB-UBND", "ngày 12 tháng 10 năm 2026", "Độc lập – Tự do – Hạnh phúc"))
    plain = told(laid_out(ws, order("thong-bao", "portrait", national="khong")))
    assert "Độc lập" not in plain
    assert "ngày 12 tháng 10 năm 2026" in plain


def milestones(ws: Workspace, form: str) -> list[Placed]:
    dates = [row["date"] for row in sample("infographics/dong-thoi-gian")["milestones"]]
    seen = [found for root in laid_out(ws, order("dong-thoi-gian", form)) for found in words(root)]
    return [next(found for found in seen if found.element.get("text") == date) for date in dates]


def test_time_runs_down_in_a_tall_format_and_to_the_right_in_a_wide_one(ws: Workspace) -> None:
    down, across = milestones(ws, "portrait"), milestones(ws, "wide")
    assert [found.rect.y for found in down] == sorted({found.rect.y for found in down})
    assert len({found.rect.y for found in across}) == 1
    assert [found.rect.x for found in across] == sorted({found.rect.x for found in across})


@pytest.mark.parametrize("count", [3, 5, 7])
def test_the_thread_of_time_runs_between_milestones_and_ends_at_the_last(ws: Workspace, count: int) -> None:
    def threads(form: str) -> int:
        (root,) = laid_out(ws, order("dong-thoi-gian", form, **rows("dong-thoi-gian", count)))
        return sum(found.element.node.fill == "primary/40" for found in everything(root))

    assert threads("wide") == count - 1
    assert threads("portrait") == 2 * (count - 1)  # above and below each


def test_the_numbers_of_a_directory_begin_in_one_column(ws: Workspace) -> None:
    (root,) = laid_out(ws, order("danh-ba", "portrait"))
    phones = {row["phone"] for row in sample("infographics/danh-ba")["contacts"]}
    starts = {round(found.inner.x, 1) for found in words(root) if found.element.get("text") in phones}
    assert len(starts) == 1
