"""Templates and data made to hurt: refused with a message and, for a template, with the place; never a crash."""

import re
from pathlib import Path
from typing import Any

import pytest

from loa.errors import LoaError, Problem
from loa.messages import sentence
from loa.render import Order, Renderer, check_orders
from loa.workspace import Workspace

OURS = {"E426", "E427", "E428", "E429", "E485", "E487", "E488"}
HEAD = "title: Thử\nformats: {f: {width: 400, height: 400, tokens: {gap: 12}}}\nfields: {l: {list: yes}, t: {}}\n"


def found(ws: Workspace, body: str, data: dict[str, Any] | None = None, head: str = HEAD) -> list[Problem]:
    folder = ws.templates / "infographics" / "thu"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.yaml").write_text(head + body, encoding="utf-8")
    problems = check_orders(ws, [Order("infographics/thu", "f", data if data is not None else {"t": "chữ"})])
    told = [sentence(problem.code, problem.params) for problem in problems if problem.code in OURS]
    assert not [text for text in told if re.search(r"\{[a-z]+\}", text)]
    return problems


def codes(ws: Workspace, body: str, data: dict[str, Any] | None = None, head: str = HEAD) -> set[str]:
    return {problem.code for problem in found(ws, body, data, head)}


def with_text(ws: Workspace, text: object) -> set[str]:
    return codes(ws, "box: {kind: column, children: [{kind: text, text: '{{ t }}', lines: 3}]}\n", {"t": text})


def chain(length: int, uses: int = 1) -> str:
    parts = "".join(
        f"  p{at}: {{kind: column, children: [{', '.join([f'{{kind: use, part: p{at + 1}}}'] * uses)}]}}\n"
        for at in range(length)
    )
    return f"parts:\n{parts}  p{length}: {{kind: text, text: a}}\nbox: {{kind: use, part: p0}}\n"


def test_the_sound_template_that_the_others_are_made_of_passes(ws: Workspace) -> None:
    assert codes(ws, chain(3, 2)) == set()
    assert with_text(ws, "Hồ sơ trực tuyến") == set()


@pytest.mark.parametrize("length", [60, 3000])
def test_parts_in_parts_without_end_are_refused_with_the_place(ws: Workspace, length: int) -> None:
    [problem] = found(ws, chain(length))
    assert problem.code == "E428"
    assert problem.place is not None
    assert problem.place.line == length + 6


def test_parts_that_double_at_every_step_are_refused(ws: Workspace) -> None:
    assert codes(ws, chain(18, 2)) == {"E428"}


@pytest.mark.parametrize("back", ["a", "b"])
def test_parts_that_use_themselves_are_refused(ws: Workspace, back: str) -> None:
    parts = f"  a: {{kind: column, children: [{{kind: use, part: {back}}}]}}\n  b: {{kind: use, part: a}}\n"
    assert codes(ws, f"parts:\n{parts}box: {{kind: use, part: a}}\n") == {"E419"}


def test_a_list_in_a_list_in_a_list_is_refused(ws: Workspace) -> None:
    inner = "{kind: text, text: a}"
    for _ in range(4):
        inner = f"{{kind: column, each: l, children: [{inner}]}}"
    assert codes(ws, f"box: {inner}\n", {"l": [{"a": "b"}] * 12}) == {"E427"}


def test_a_list_of_thousands_is_refused(ws: Workspace) -> None:
    assert codes(ws, "box: {kind: column, each: l, children: []}\n", {"l": [{"a": "b"}] * 3000}) == {"E427"}
    assert codes(ws, "box: {kind: column, each: l, children: []}\n", {"l": [{"a": "b"}] * 30_000}) == {"E426"}


def test_a_template_of_tens_of_thousands_of_boxes_is_refused(ws: Workspace) -> None:
    rows = "{kind: row},\n" * 10_000
    assert codes(ws, f"box: {{kind: column, children: [\n{rows}]}}\n") == {"E428"}


def test_a_template_of_a_megabyte_or_of_forty_brackets_is_not_read_at_all(ws: Workspace) -> None:
    rows = "{kind: row},\n" * 90_000
    assert codes(ws, f"box: {{kind: column, children: [\n{rows}]}}\n") == {"E102"}
    assert codes(ws, f"box: {'{kind: row, children: [' * 40}{']}' * 40}\n") == {"E123"}


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "1e5", "-99999", "abc", "0x10"])
@pytest.mark.parametrize("box", ["width: {}", "padding: '{}'", "radius: '1 {}'", "border_width: {}"])
def test_a_length_that_is_none_is_refused_with_its_place(ws: Workspace, box: str, value: str) -> None:
    [problem] = found(ws, f"box: {{kind: column, {box.format(value)}, children: []}}\n")
    assert problem.code == "E485"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column > 20) == (4, True)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e9"])
def test_a_share_of_the_room_is_a_number_within_reason(ws: Workspace, value: str) -> None:
    assert codes(ws, f"box: {{kind: column, children: [{{kind: column, grow: {value}}}]}}\n") <= {"E140", "E141"}
    assert codes(ws, f"box: {{kind: column, children: [{{kind: column, grow: {value}}}]}}\n")


@pytest.mark.parametrize("changed", ["width: 90000", "height: -5", "width: nan", "tokens: {gap: inf}", "safe: 'a b'"])
def test_a_format_without_measure_is_refused(ws: Workspace, changed: str) -> None:
    size = "" if changed.startswith("width") else "width: 400, "
    size += "" if changed.startswith("height") else "height: 400, "
    head = f"title: Thử\nformats: {{f: {{{size}{changed}}}}}\nfields: {{t: {{}}}}\n"
    assert codes(ws, "box: {kind: column, children: []}\n", head=head) <= {"E139", "E140", "E141", "E485"}
    assert codes(ws, "box: {kind: column, children: []}\n", head=head)


@pytest.mark.parametrize(
    "color", ["#zzz", "#12", "#0A21500", "white/abc", "white/-5", "white/999", "white/nan", "/", "khong"]
)
def test_a_colour_that_is_none_is_refused(ws: Workspace, color: str) -> None:
    assert codes(ws, f"box: {{kind: column, fill: '{color}', children: []}}\n") == {"E412"}


@pytest.mark.parametrize("value", ["nan", "inf", "1e308", "abc", "1.2.3", "٣"])
def test_a_chart_of_something_that_is_no_number_is_refused(ws: Workspace, value: str) -> None:
    for kind in ("bars", "donut", "line"):
        rows = [{"label": "a", "value": value}, {"label": "b", "value": "3"}]
        assert codes(ws, f"box: {{kind: column, children: [{{kind: {kind}, data: l}}]}}\n", {"l": rows}) == {"E487"}
    for kind in ("ring", "bar"):
        body = f"box: {{kind: column, children: [{{kind: {kind}, value: '{{{{ t }}}}'}}]}}\n"
        assert codes(ws, body, {"t": value}) == {"E487"}


def test_a_number_of_the_program_itself_that_is_none_draws_nothing_and_breaks_nothing(ws: Workspace) -> None:
    rows = [{"label": "a", "value": "1", "number": float("nan")}, {"label": "b", "value": "3", "number": float("inf")}]
    body = "box: {kind: column, children: [{kind: donut, data: l}]}\n"
    assert codes(ws, body, {"l": rows}) <= {"E431", "E435"}


@pytest.mark.parametrize("text", ["chữ " * 250_000, "a" * 1_000_000])
def test_a_text_of_a_megabyte_is_refused_before_it_is_set(ws: Workspace, text: str) -> None:
    assert with_text(ws, text) == {"E426"}


def test_data_without_a_bottom_is_refused(ws: Workspace) -> None:
    data: Any = "đáy"
    for _ in range(900):
        data = {"a": data}
    assert with_text(ws, data) == {"E426"}


@pytest.mark.parametrize(
    "text",
    ["hồ sơ\u202egpj.exe", "a\u2066b\u2069", "chuông\x07", "\x1b[31mđỏ", "a\x00b", "nửa\ud800chữ", "a" + "\u0301" * 60],
)
def test_letters_that_hide_turn_or_tower_are_refused(ws: Workspace, text: str) -> None:
    assert with_text(ws, text) == {"E429"}


@pytest.mark.parametrize(
    "text", ["Tiếng Việt tháo rời: " + "e\u0302\u0301", "dòng\nmới", "khoảng\u00a0trắng", "nối\u200btừ"]
)
def test_letters_that_come_with_honest_texts_are_not(ws: Workspace, text: str) -> None:
    assert "E429" not in with_text(ws, text)


def test_a_code_of_a_thousand_letters_is_refused(ws: Workspace) -> None:
    assert codes(ws, "box: {kind: column, children: [{kind: qr, value: '{{ t }}'}]}\n", {"t": "a" * 3000}) == {"E488"}


def test_braces_that_are_no_field_do_not_end_in_a_picture(ws: Workspace) -> None:
    assert codes(ws, "box: {kind: text, text: 'Kính gửi {{ tên }}'}\n") == {"E411"}
    assert codes(ws, f"box: {{kind: text, text: '{'{{ a' * 5000}'}}\n") == {"E411"}


LEADS_OUT = ["../../etc", "/etc", "infographics/../../../x", "C:\\x", "\\\\may\\x", "a\0b", "x/" + "a" * 300]


@pytest.mark.parametrize("name", LEADS_OUT)
def test_a_name_that_leads_out_of_the_workspace_is_refused_wherever_it_stands(ws: Workspace, name: str) -> None:
    assert with_text(ws, "chữ") == set()
    picture = "box: {kind: column, children: [{kind: image, value: '{{ t }}', height: 90}]}\n"
    assert [problem.code for problem in check_orders(ws, [Order(name, "f")])] == ["E202"]
    [problem] = check_orders(ws, [Order("infographics/thu", "f", brand=name)])
    assert problem.code in {"E202", "E420"}
    found(ws, picture, {"t": "a"})
    with pytest.raises(LoaError) as caught:
        Renderer(ws).render(Order("infographics/thu", "f", {"t": f"{name}.png"}))
    assert caught.value.code in {"E202", "E429"}


def test_a_template_folder_that_is_a_link_out_is_refused(ws: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "template.yaml").write_text(HEAD + "box: {kind: text, text: a}\n", encoding="utf-8")
    (ws.templates / "infographics").mkdir(parents=True)
    try:
        (ws.templates / "infographics" / "ra").symlink_to(outside)
    except OSError:
        pytest.skip("this account may not make links")
    assert [problem.code for problem in check_orders(ws, [Order("infographics/ra", "f")])] == ["E202"]


BRANDS = [
    ("fonts: {text: ../../../etc/passwd}", "E452"),
    ("fonts: {text: /etc/passwd}", "E452"),
    (f"fonts: {{text: {'x' * 400}}}", "E452"),
    ("fonts: {text: rong.ttf}", "E452"),
    ("fonts: {text: rac.ttf}", "E452"),
    ("corner: nan", "E140"),
    ("corner: 1e9", "E141"),
    ("colors: {ink: red}", "E156"),
    ("gradients: {ground: {from: ink, to: ink, angle: inf}}", "E140"),
]


@pytest.mark.parametrize(("brand", "code"), BRANDS)
def test_a_brand_made_to_hurt_is_refused(ws: Workspace, brand: str, code: str) -> None:
    fonts = ws.templates / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "rong.ttf").write_bytes(b"")
    (fonts / "rac.ttf").write_bytes(b"\0\1\0\0" + bytes(3000))
    (ws.templates / "brand.yaml").write_text(brand + "\n", encoding="utf-8")
    assert codes(ws, "box: {kind: column, children: [{kind: text, text: '{{ t }}'}]}\n") == {code}


LOGOS = [("../ngoai.png", "E202"), ("/etc/passwd", "E202"), ("khong.png", "E421"), ("loa.yaml", "E422")]


@pytest.mark.parametrize(("logo", "code"), LOGOS)
def test_a_brand_whose_logo_is_none_is_refused(ws: Workspace, logo: str, code: str) -> None:
    ws.templates.mkdir(exist_ok=True)
    (ws.templates / "brand.yaml").write_text(f"logo: {logo}\n", encoding="utf-8")
    body = HEAD + "box: {kind: column, fill: white, children: [{kind: logo}]}\n"
    folder = ws.templates / "infographics" / "thu"
    folder.mkdir(parents=True)
    (folder / "template.yaml").write_text(body, encoding="utf-8")
    with pytest.raises(LoaError) as caught:
        Renderer(ws).render(Order("infographics/thu", "f", {"t": "chữ"}))
    assert caught.value.code == code
