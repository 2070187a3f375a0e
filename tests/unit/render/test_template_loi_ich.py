"""Template of benefits: two to six, with or without the band of before and after."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.pictures import order, sample

from loa.render import Order, check_orders
from loa.render.order import Variant
from loa.render.picture import design, settle
from loa.render.tree.measure import Placed
from loa.workspace import Workspace

NAME = "infographics/loi-ich"
FORMATS = ("square", "portrait", "story", "link", "wide", "a5", "standee", "banner")
LONG = "Hướng dẫn bà con nộp hồ sơ đăng ký khai sinh, cấp đổi căn cước và thanh toán trực tuyến ngay tại nhà năm 2025"


def benefits(count: int) -> list[dict[str, str]]:
    return list(itertools.islice(itertools.cycle(sample(NAME)["benefits"]), count))


def said(ws: Workspace, form: str, variant: Variant = "", **changes: Any) -> list[str]:
    """Every text of the picture, which must be in order."""
    _, placed, problems = settle(design(ws, order(NAME, form, variant, **changes)))
    assert [(problem.code, problem.params) for problem in problems] == []

    def texts(at: Placed) -> list[str]:
        own = at.element.get("text")
        return [own] * bool(own) + [text for child in at.children for text in texts(child)]

    return [text for root in placed for text in texts(root)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_two_to_six_benefits_stand_in_every_format(ws: Workspace, form: str, count: int) -> None:
    texts = said(ws, form, benefits=benefits(count))
    titles = [row["title"] for row in benefits(count)]
    assert form == "banner" or [text for text in texts if text in titles] == titles


@pytest.mark.parametrize("form", FORMATS)
def test_elder_readers_get_every_benefit_too(ws: Workspace, form: str) -> None:
    texts = said(ws, form, "elder")
    assert form == "banner" or {row["title"] for row in benefits(4)} <= set(texts)


@pytest.mark.parametrize("form", ["square", "portrait", "story", "wide", "a5", "standee"])
def test_what_changed_stands_as_two_figures_with_their_meaning(ws: Workspace, form: str) -> None:
    texts = said(ws, form)
    assert [text for text in texts if text.endswith("lượt")] == ["3 lượt", "0 lượt"]
    assert "đi lại cho một hồ sơ đăng ký khai sinh" in texts


def test_without_a_figure_of_today_there_is_no_band(ws: Workspace) -> None:
    assert "Trước đây" not in said(ws, "portrait", after="")


def test_seven_benefits_are_refused(ws: Workspace) -> None:
    (found,) = check_orders(ws, [order(NAME, "portrait", benefits=benefits(7))])
    assert (found.code, found.params["field"]) == ("E405", "benefits")


@pytest.mark.parametrize("form", FORMATS)
def test_a_long_title_and_missing_contacts_keep_their_place(ws: Workspace, form: str) -> None:
    unit = {"name": "Ủy ban nhân dân phường Đông Hưng Thuận – Nghĩa Lộ Bắc", "hotline": "", "portal": ""}
    assert LONG in said(ws, form, title=LONG, unit=unit, qr="", slogan="", source="")


def test_the_example_of_the_docs_makes_its_pictures(ws: Workspace) -> None:
    page = (Path(__file__).parents[3] / "docs" / "mau" / "loi-ich.md").read_text("utf-8")
    (made,) = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0])["make"]
    data = {**made["data"], "unit": sample(NAME)["unit"]}
    assert check_orders(ws, [Order(made["template"], form, data) for form in made["formats"]]) == []
