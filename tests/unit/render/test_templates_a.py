"""Templates of key figures, countdown, steps and events, and the frames that every template stands in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from support.pictures import sample

from loa.render import Order, check_orders
from loa.render.order import Variant
from loa.render.picture import design, make_picture, settle
from loa.render.tree import nodes
from loa.render.tree.measure import Placed
from loa.workspace import Workspace

NAMES = ("chi-so", "dem-nguoc", "cac-buoc", "su-kien")
FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "a4", "a3", "a2", "standee", "banner")
TALL = ("square", "portrait", "story", "wide", "a5", "a4", "standee")
VARIANTS: tuple[Variant, ...] = ("", "elder")
LONG_NAME = "Ủy ban nhân dân phường Đông Hưng Thuận – Nghĩa Lộ Bắc Trung"
LONG_TITLE = (
    "Hướng dẫn bà con nộp hồ sơ đăng ký khai sinh, cấp đổi căn cước và thanh toán trực tuyến ngay tại nhà năm 2025"
)
FACTS = (
    ("50", "%", "người dân trưởng thành sử dụng dịch vụ công trực tuyến", 50.0),
    ("80", "%", "hồ sơ được xử lý hoàn toàn trực tuyến", 80.0),
    ("90", "%", "người dân hài lòng khi sử dụng", 90.0),
    ("100", "%", "thủ tục đủ điều kiện được cung cấp toàn trình", 100.0),
    ("10", "nhóm", "giải pháp thực hiện", 10.0),
    ("52", "nhiệm vụ", "giao từng cơ quan chủ trì", 52.0),
    ("1.234.567", "lượt", "giao dịch trên Cổng Dịch vụ công quốc gia", 1234567.0),
    ("62,5", "%", "hồ sơ nộp từ xa, tại nhà", 62.5),
)


def order(name: str, form: str = "portrait", variant: Variant = "", **changes: Any) -> Order:
    template = f"infographics/{name}"
    return Order(template, form, {**sample(template), **changes}, variant=variant)


def facts(count: int) -> list[dict[str, Any]]:
    return [
        {"value": value, "unit": unit, "label": label, "number": number} for value, unit, label, number in FACTS[:count]
    ]


def steps(count: int, key: str = "text") -> list[dict[str, str]]:
    own = sample("infographics/cac-buoc")["steps"]
    return [{"title": own[at % 5]["title"], key: own[at % 5][key], "icon": own[at % 5]["icon"]} for at in range(count)]


def codes(ws: Workspace, *orders: Order) -> set[str]:
    return {problem.code for problem in check_orders(ws, orders)}


def everything(placed: Placed) -> Iterator[Placed]:
    yield placed
    for child in placed.children:
        yield from everything(child)


def placed_of(ws: Workspace, made: Order) -> list[Placed]:
    plan, roots, problems = settle(design(ws, made))
    assert problems == [], (plan.order.format, problems)
    return [found for root in roots for found in everything(root)]


def texts(ws: Workspace, made: Order) -> list[str]:
    return [found.element.get("text") for found in placed_of(ws, made) if isinstance(found.element.node, nodes.Text)]


def text_of(ws: Workspace, made: Order, text: str) -> Placed:
    return next(found for found in placed_of(ws, made) if found.element.get("text") == text)


def charts(ws: Workspace, made: Order) -> list[str]:
    """The shares that are drawn, as rings or bars."""
    drawn = [found for found in placed_of(ws, made) if isinstance(found.element.node, nodes.Ring | nodes.Bar)]
    return [found.element.get("value") for found in drawn]


# -- all four


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_sample_stands_in_every_format(ws: Workspace, name: str, variant: Variant) -> None:
    assert codes(ws, *(order(name, form, variant) for form in FORMATS)) == set()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_a_unit_with_a_long_name_or_of_one_letter_keeps_its_frame(ws: Workspace, name: str, form: str) -> None:
    unit = sample(f"infographics/{name}")["unit"]
    named = [order(name, form, unit={**unit, "name": wide}) for wide in (LONG_NAME, "Y")]
    assert codes(ws, *named) == set()


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_the_name_of_the_unit_is_needed_around_the_body(
    ws: Workspace, name: str, form: str, variant: Variant
) -> None:
    bare = dict.fromkeys(("qr", "slogan", "source", "organiser", "kicker", "subtitle"), "")
    assert codes(ws, order(name, form, variant, unit={"name": "Ủy ban nhân dân xã Ea Kao"}, **bare)) == set()


@pytest.mark.parametrize("form", FORMATS)
def test_a_contact_stands_even_where_there_is_no_code_to_scan(ws: Workspace, form: str) -> None:
    for name, slogan in itertools.product(NAMES, ("", "Hành chính thông minh – Tận tâm phục vụ")):
        assert "1022" in texts(ws, order(name, form, qr="", slogan=slogan)), name


@pytest.mark.parametrize("form", ["square", "portrait", "story", "link", "a4"])
def test_a_title_of_110_letters_is_set_whole(ws: Workspace, form: str) -> None:
    assert len(LONG_TITLE) <= 110
    for name in NAMES:
        assert LONG_TITLE in texts(ws, order(name, form, title=LONG_TITLE)), name


@pytest.mark.parametrize("name", NAMES)
def test_a_long_address_in_the_code_can_be_scanned_from_every_picture(ws: Workspace, name: str) -> None:
    address = "https://dichvucong.gov.vn/p/home/dvc-trang-chu.html"
    for form in ("square", "portrait", "story", "link", "wide"):
        make_picture(ws, order(name, form, qr=address))


def test_the_banner_shows_the_slogan_and_the_hotline_in_one_band(ws: Workspace) -> None:
    made = order("chi-so", "banner")
    slogan, hotline = (text_of(ws, made, text).rect for text in (made.data["slogan"], "1022"))
    assert slogan.x < hotline.x
    assert hotline.y < slogan.y + slogan.height
    assert slogan.y < hotline.y + hotline.height


# -- key figures


@pytest.mark.parametrize("form", TALL)
@pytest.mark.parametrize("count", range(1, 9))
def test_one_to_eight_figures_with_up_to_four_steps_stand_in_every_format(ws: Workspace, form: str, count: int) -> None:
    made = [order("chi-so", form, facts=facts(count), steps=steps(many)) for many in (0, 2, 3, 4)]
    assert codes(ws, *made) == set()
    for one in made:
        assert all(fact["value"] in texts(ws, one) for fact in one.data["facts"])


@pytest.mark.parametrize("count", range(1, 9))
def test_only_shares_of_a_hundred_are_drawn(ws: Workspace, count: int) -> None:
    made = order("chi-so", facts=facts(count))
    shares = [str(fact["number"]).removesuffix(".0") for fact in made.data["facts"] if fact["unit"] == "%"]
    assert [value.removesuffix(".0") for value in charts(ws, made)] == shares


def test_eight_figures_too_many_for_elder_readers_are_refused_and_not_shrunk(ws: Workspace) -> None:
    crowded = order("chi-so", "square", "elder", facts=facts(8), steps=steps(4))
    assert codes(ws, crowded) <= {"E431", "E435"}
    assert codes(ws, crowded)


# -- countdown


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("days", ["0", "1", "30", "365"])
def test_any_number_of_days_stands_in_its_dial(ws: Workspace, form: str, days: str, variant: Variant) -> None:
    placed = placed_of(ws, order("dem-nguoc", form, variant, days=days))
    dial = next(found for found in placed if isinstance(found.element.node, nodes.Ring))
    figure = next(found for found in placed if found.element.get("text") == ("NAY" if days == "0" else days))
    assert figure.text is not None
    assert figure.text.setting.width <= dial.rect.width * 0.8


def test_the_day_itself_is_today_and_has_a_title_of_its_own(ws: Workspace) -> None:
    seen = texts(ws, order("dem-nguoc", days="0"))
    assert {"HÔM", "NAY", "là Ngày Chuyển đổi số quốc gia 10/10"} <= set(seen)
    assert not {"CÒN", "NGÀY", "0", "đến Ngày Chuyển đổi số quốc gia 10/10"} & set(seen)
    plain = texts(ws, order("dem-nguoc", days="0", title_today=""))
    assert "đến Ngày Chuyển đổi số quốc gia 10/10" in plain


@pytest.mark.parametrize("form", ["wide", "link", "banner"])
def test_the_dial_stands_beside_the_words_where_there_is_width(ws: Workspace, form: str) -> None:
    placed = placed_of(ws, order("dem-nguoc", form))
    dial = next(found.rect for found in placed if isinstance(found.element.node, nodes.Ring))
    title = next(found.rect for found in placed if found.element.get("text").startswith("đến Ngày"))
    assert dial.x + dial.width <= title.x


def test_the_number_on_a_banner_is_a_third_of_its_height(ws: Workspace) -> None:
    days = text_of(ws, order("dem-nguoc", "banner"), "7")
    assert days.text is not None
    assert days.text.setting.size >= 800 / 3


# -- steps


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", range(2, 8))
def test_two_to_seven_steps_stand_in_every_format(ws: Workspace, form: str, count: int, variant: Variant) -> None:
    if (form, count, variant) == ("link", 7, ""):
        return  # seven sentences do not go on a link card: see the next test
    assert codes(ws, order("cac-buoc", form, variant, steps=steps(count))) == set()


def test_seven_sentences_on_a_link_card_are_refused_and_seven_names_are_not(ws: Workspace) -> None:
    assert codes(ws, order("cac-buoc", "link", steps=steps(7))) == {"E431"}
    assert codes(ws, order("cac-buoc", "link", steps=[{"title": step["title"]} for step in steps(7)])) == set()


@pytest.mark.parametrize("count", range(2, 6))
def test_the_path_joins_every_step_to_the_next_and_ends_with_the_last(ws: Workspace, count: int) -> None:
    placed = placed_of(ws, order("cac-buoc", steps=steps(count)))
    dots = [found.rect for found in placed if isinstance(found.element.node, nodes.Text) and found.element.node.decor]
    threads = [found.rect for found in placed if found.element.node.fill == "primary/35"]
    assert len(dots) == count
    assert len(threads) == 2 * (count - 1)
    assert min(thread.y for thread in threads) > dots[0].y
    assert max(thread.y + thread.height for thread in threads) < dots[-1].y + dots[-1].height
    for above, below in zip(threads[::2], threads[1::2], strict=True):
        assert below.y == pytest.approx(above.y + above.height, abs=0.5)


def test_three_steps_flow_from_left_to_right_where_there_is_width(ws: Workspace) -> None:
    made = order("cac-buoc", "wide", steps=steps(3))
    across = [text_of(ws, made, step["title"]).rect for step in made.data["steps"]]
    assert across[0].x < across[1].x < across[2].x
    down = [text_of(ws, order("cac-buoc", "a4", steps=steps(3)), step["title"]).rect for step in made.data["steps"]]
    assert down[0].y < down[1].y < down[2].y


def test_steps_without_icons_leave_no_empty_tile(ws: Workspace) -> None:
    bare = [{"title": step["title"], "text": step["text"]} for step in steps(4)]
    placed = placed_of(ws, order("cac-buoc", steps=bare))
    assert not [found for found in placed if found.element.node.fill == "primary/10"]


def test_crowded_steps_for_elder_readers_keep_their_names(ws: Workspace) -> None:
    made = order("cac-buoc", "square", "elder", steps=steps(5))
    seen = texts(ws, made)
    assert all(step["title"] in seen for step in made.data["steps"])


# -- event


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", FORMATS)
def test_day_time_and_place_are_on_every_invitation(ws: Workspace, form: str, variant: Variant) -> None:
    seen = " | ".join(texts(ws, order("su-kien", form, variant)))
    for needed in ("10", "tháng 10", "7 giờ 30 – 11 giờ", "Nhà văn hóa thôn 2"):
        assert needed in seen


def test_what_is_not_given_leaves_no_label_behind(ws: Workspace) -> None:
    seen = texts(ws, order("su-kien", bring="", ask="", address=""))
    assert "Mời dự" in seen
    assert not {"Mang theo", "Liên hệ"} & set(seen)


@pytest.mark.parametrize("form", ["portrait", "wide", "a3", "standee"])
def test_an_event_of_several_days_fits_the_leaf(ws: Workspace, form: str) -> None:
    assert codes(ws, order("su-kien", form, day="10–12", time="Từ 13 giờ 30 đến 16 giờ 30 mỗi ngày")) == set()


def test_an_invitation_without_a_place_is_refused(ws: Workspace) -> None:
    assert codes(ws, order("su-kien", place="")) == {"E403"}
