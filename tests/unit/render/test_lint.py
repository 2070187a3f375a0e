import pytest
from support.pictures import BRAND, add_template, order

from loa.render import Order, check_orders
from loa.workspace import Workspace

FRAME = """\
title: Thử
formats: {square: {width: 300, height: 300, safe: "20"}}
fields: {title: {required: yes}}
box:
  kind: column
  padding: "24"
  children:
"""


def codes(ws: Workspace, node: str, title: str = "Một hai ba", brand: str = BRAND) -> set[str]:
    add_template(ws, "infographics/thu", f"{FRAME}    - {node}\n", brand)
    return {problem.code for problem in check_orders(ws, [Order("infographics/thu", "square", {"title": title})])}


def test_a_sound_picture_has_no_problem(ws: Workspace) -> None:
    assert codes(ws, '{kind: text, text: "{{ title }}", size: 30}') == set()


@pytest.mark.parametrize(
    ("node", "code"),
    [
        ('{kind: text, text: "{{ title }}", size: 90}', "E431"),
        ('{kind: column, height: 400, children: [{kind: text, text: "{{ title }}"}]}', "E431"),
        ('{kind: text, text: "{{ title }} 漢", size: 30}', "E432"),
        ('{kind: text, text: "{{ title }}", size: 30, color: gold}', "E433"),
        ('{kind: qr, value: "https://dichvucong.gov.vn/p/home/dvc-trang-chu.html", size: 90}', "E434"),
        ('{kind: text, text: "{{ title }}", size: 14}', "E435"),
        ("{kind: fit, grow: 1, options: [{kind: text, text: x, when: {given: note}}]}", "E439"),
    ],
)
def test_the_lint_finds(ws: Workspace, node: str, code: str) -> None:
    assert code in codes(ws, node)


def test_text_outside_the_safe_area_is_found(ws: Workspace) -> None:
    add_template(ws, "infographics/thu", FRAME.replace('"24"', '"4"') + '    - {kind: text, text: "{{ title }}"}\n')
    (found,) = check_orders(ws, [Order("infographics/thu", "square", {"title": "Một"})])
    assert found.code == "E436"


def test_missing_data_is_told_with_the_words_of_the_template(ws: Workspace) -> None:
    found = check_orders(ws, [order(title="", facts=[])])
    assert [(problem.code, problem.params["field"]) for problem in found] == [("E403", "title"), ("E403", "facts")]


def test_too_much_data_is_told(ws: Workspace) -> None:
    (found,) = check_orders(ws, [order(title="dài " * 30)])
    assert (found.code, found.params["most"]) == ("E405", "110")


def test_too_few_rows_are_told(ws: Workspace) -> None:
    (found,) = check_orders(ws, [order("infographics/cac-buoc", steps=[{"title": "Một bước"}])])
    assert (found.code, found.params["field"], found.params["least"]) == ("E438", "steps", "2")


def test_a_list_where_a_line_belongs_is_told(ws: Workspace) -> None:
    assert [problem.code for problem in check_orders(ws, [order(title=["a"], facts="50")])] == ["E404", "E404"]


def test_an_unknown_format_names_those_that_exist(ws: Workspace) -> None:
    (found,) = check_orders(ws, [order(form="a9")])
    assert found.code == "E402"
    assert found.params["accepted"].startswith("square, portrait, story, link, wide, a5")


@pytest.mark.parametrize(("name", "found"), [("phone", set()), ("", set()), ("dien-thoai", {"E414"})])
def test_an_icon_that_the_data_names_must_exist_and_may_be_missing(ws: Workspace, name: str, found: set[str]) -> None:
    add_template(ws, "infographics/thu", FRAME + '    - {kind: icon, name: "{{ unit.icon }}"}\n')
    problems = check_orders(ws, [Order("infographics/thu", "square", {"title": "Một", "unit": {"icon": name}})])
    assert {problem.code for problem in problems} == found
