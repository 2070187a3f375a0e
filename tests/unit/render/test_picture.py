import io
import unicodedata
from typing import Any

import numpy as np
import pytest
from PIL import Image
from support.pictures import add_template, facts, make_studio, order, sample

from loa.render import Order, Renderer, check_orders
from loa.render.library import load_brand
from loa.render.picture import design, make_picture, settle
from loa.render.tree.measure import Placed
from loa.render.tree.paint import qr_grid
from loa.render.tree.qr import modules
from loa.render.tree.theme import parse_hex
from loa.workspace import Workspace

FORMATS = {"square": (1080, 1080), "portrait": (1080, 1350), "story": (1080, 1920)}
LONG_UNIT = "Ủy ban nhân dân phường Đông Hưng Thuận Nghĩa Lộ"
LONG_TITLE = "Đẩy mạnh tuyên truyền, hướng dẫn người dân sử dụng dịch vụ công trực tuyến toàn trình 2026"


def pixels(data: bytes) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_is_a_jpeg_of_its_format_with_a_colour_profile(ws: Workspace, form: str) -> None:
    made = make_picture(ws, order(form=form))
    picture = Image.open(io.BytesIO(made.data))
    assert (picture.format, picture.size, made.extension) == ("JPEG", FORMATS[form], "jpg")
    assert picture.info["icc_profile"]


def test_a_png_when_asked(ws: Workspace) -> None:
    assert make_picture(ws, order(), "png").data.startswith(b"\x89PNG")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("steps", [0, 3, 4])
def test_one_to_six_figures_fit_with_short_and_long_words(ws: Workspace, form: str, steps: int) -> None:
    four = [*sample()["steps"], {"title": "Đánh giá", "text": "Cho biết mức độ hài lòng"}]
    orders = [
        order(form=form, facts=facts(count), steps=four[:steps], title=title, unit={**sample()["unit"], "name": unit})
        for count in range(1, 7)
        for title, unit in (("Chạm là xong", "Xã Ea Kao"), (LONG_TITLE, LONG_UNIT))
    ]
    assert check_orders(ws, orders) == []


def test_composed_and_decomposed_text_give_the_same_bytes(ws: Workspace) -> None:
    words = {name: value for name, value in sample().items() if isinstance(value, str)}
    apart = {name: unicodedata.normalize("NFD", value) for name, value in words.items()}
    assert apart != words
    assert make_picture(ws, order(**apart)).data == make_picture(ws, order()).data
    assert Renderer(ws).key(order(**apart)) == Renderer(ws).key(order())


def test_flat_brand_colours_survive_jpeg(ws: Workspace) -> None:
    picture = pixels(make_picture(ws, order()).data).astype(int)
    brand = load_brand(ws)
    for name, (x, y) in {"highlight": (12, 1118), "deep": (1060, 1340), "card": (520, 590)}.items():
        expected = parse_hex(brand.colors[name])[:3]
        assert np.abs(picture[y, x] - expected).max() <= 1, name


def find_qr(placed: Placed) -> Placed | None:
    if placed.element.kind == "qr":
        return placed
    return next((found for child in placed.children if (found := find_qr(child))), None)


@pytest.mark.parametrize("form", FORMATS)
def test_every_module_of_the_qr_code_can_be_read_back_from_the_jpeg(ws: Workspace, form: str) -> None:
    address = "https://dichvucong.gov.vn/p/home/dvc-trang-chu.html"
    asked = order(form=form, qr=address)
    _, (root,), _ = settle(design(ws, asked))
    code = find_qr(root)
    assert code is not None
    matrix = modules(address)
    cell, left, top = qr_grid(code.inner, len(matrix))
    luma = pixels(make_picture(ws, asked).data).mean(axis=2)
    middle = (np.arange(len(matrix)) + 0.5) * cell
    seen = luma[np.ix_((top + middle).astype(int), (left + middle).astype(int))] < 128
    assert seen.tolist() == [list(row) for row in matrix]


def test_alternative_text_is_what_was_given_or_what_stands_in_the_picture(ws: Workspace) -> None:
    plain = make_picture(ws, order()).alt_text
    assert plain.startswith("Hình: ")
    assert ". 50% người dân trưởng thành sử dụng dịch vụ công trực tuyến. 80% hồ sơ" in plain
    given = order()
    assert (
        make_picture(ws, type(given)(given.template, given.format, given.data, "Mô tả riêng")).alt_text == "Mô tả riêng"
    )


def test_the_countdown_fits_from_a_year_to_today(ws: Workspace) -> None:
    name = "infographics/dem-nguoc"
    orders = [
        order(name, form, days=days, title=title)
        for form in FORMATS
        for days in ("0", "1", "10", "365")
        for title in ("Tết", LONG_TITLE)
    ]
    assert check_orders(ws, orders) == []
    assert make_picture(ws, order(name, days="10")).alt_text.startswith("Hình: còn 10 ngày đến Ngày Chuyển đổi số")


def test_much_content_takes_the_dense_sizes_and_little_does_not(ws: Workspace) -> None:
    full, _, _ = settle(design(ws, order(form="square", facts=facts(6))))
    light, _, _ = settle(design(ws, order(form="square", facts=facts(1), steps=[])))
    assert (full.scope.roomy, light.scope.roomy) == (False, True)


def test_two_workspaces_give_the_same_bytes(ws: Workspace, tmp_path: Any) -> None:
    other = make_studio(tmp_path / "other")
    assert make_picture(ws, order()).data == make_picture(other, order()).data


@pytest.mark.parametrize(
    ("days", "today", "told"),
    [
        ("7", "", "Hình: còn 7 ngày đến Ngày hội."),
        ("0", "là Ngày hội", "Hình: hôm nay là Ngày hội."),
        ("0", "", "Hình: hôm nay. đến Ngày hội."),
    ],
)
def test_the_alternative_text_of_a_countdown_knows_the_day_itself(
    ws: Workspace, days: str, today: str, told: str
) -> None:
    asked = order("infographics/dem-nguoc", days=days, title="đến Ngày hội", title_today=today)
    assert make_picture(ws, asked).alt_text.startswith(told)


def test_the_alternative_text_says_only_what_was_laid_out(ws: Workspace) -> None:
    long, short = "{kind: text, text: Dài quá khổ này, size: 90}", "{kind: text, text: Ngắn, size: 40, color: deep}"
    text = f"box: {{kind: column, children: [{{kind: fit, grow: 1, smallest: 1, options: [{long}, {short}]}}]}}"
    add_template(ws, "infographics/thu", f"title: Thử\nformats: {{f: {{width: 300, height: 300}}}}\n{text}\n")
    assert make_picture(ws, Order("infographics/thu", "f")).alt_text == "Hình: Ngắn"
