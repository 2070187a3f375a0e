"""What templates share: ``templates/shared.yaml``, and how a template's own words go before it."""

from pathlib import Path

import pytest
from support.pictures import add_template

from loa.errors import Problem, ProblemsFound, RenderError
from loa.render import Order, Renderer
from loa.render.library import load_template
from loa.render.picture import design, settle
from loa.workspace import Workspace

SHARED = """\
tokens: {edge: 10, wide-only: 5}
formats:
  tall: {width: 400, height: 800, shape: tall, tokens: {edge: 20}}
  flat: {width: 800, height: 400, shape: wide}
fields: {title: {required: yes}, note: {default: Ghi chú chung}}
parts:
  page: {kind: column, padding: $edge, children: [{kind: use, part: body}, {kind: use, part: foot}]}
  foot: {kind: text, text: "{{ note }}"}
"""
BODY = 'title: Thử\nparts: {body: {kind: text, text: "{{ title }}", size: 40, lines: 3}}\n'


def share(ws: Workspace, shared: str, text: str) -> None:
    add_template(ws, "infographics/thu", text)
    (ws.templates / "shared.yaml").write_text(shared, encoding="utf-8")


def problems(ws: Workspace, shared: str, text: str) -> tuple[Problem, ...]:
    share(ws, shared, text)
    with pytest.raises(ProblemsFound) as caught:
        load_template(ws, "infographics/thu")
    return caught.value.problems()


def texts(ws: Workspace, form: str = "tall", **data: str) -> list[str]:
    _, placed, _ = settle(design(ws, Order("infographics/thu", form, {"title": "Một việc", **data})))
    return [child.element.get("text") for child in placed[0].children]


def test_a_template_without_a_box_is_the_shared_page_with_its_body(ws: Workspace) -> None:
    share(ws, SHARED, BODY)
    assert texts(ws) == ["Một việc", "Ghi chú chung"]


def test_a_part_of_the_template_goes_before_the_shared_one(ws: Workspace) -> None:
    share(ws, SHARED, BODY + "  # chân riêng\n".replace("  #", "#") + "fields: {note: {default: Ghi chú riêng}}\n")
    assert texts(ws) == ["Một việc", "Ghi chú riêng"]


def test_sizes_of_the_format_go_before_those_of_its_shape_and_the_template(ws: Workspace) -> None:
    share(ws, SHARED, BODY + "tokens: {edge: 1, own: 7}\nsizes: {tall: {edge: 2}, flat: {edge: 3}}\n")
    formats = load_template(ws, "infographics/thu").formats
    assert formats["tall"].tokens == {"edge": 2, "wide-only": 5, "own": 7}
    assert formats["flat"].tokens == {"edge": 3, "wide-only": 5, "own": 7}


def test_a_template_may_keep_to_some_of_the_shared_formats(ws: Workspace) -> None:
    share(ws, SHARED, BODY + "only: [flat]\n")
    assert tuple(load_template(ws, "infographics/thu").formats) == ("flat",)


def test_a_shared_format_that_does_not_exist_is_told_with_those_that_do(ws: Workspace) -> None:
    (found,) = problems(ws, SHARED, BODY + "only: [tall, rong]\n")
    assert (found.code, found.accepted, found.place and found.place.line) == ("E418", ("tall", "flat"), 3)


def test_a_page_whose_body_is_missing_is_told(ws: Workspace) -> None:
    (found,) = problems(ws, SHARED, "title: Thử\n")
    assert (found.code, found.params["part"]) == ("E413", "body")


@pytest.mark.parametrize(
    "parts",
    [
        "{body: {kind: use, part: body}}",
        "{body: {kind: column, children: [{kind: use, part: b}]}, b: {kind: fit, options: [{kind: use, part: body}]}}",
    ],
)
def test_a_part_that_uses_itself_is_refused(ws: Workspace, parts: str) -> None:
    (found,) = problems(ws, SHARED, f"title: Thử\nparts: {parts}\n")
    assert found.code == "E419"


def test_a_fault_of_the_shared_file_is_told_in_the_shared_file(ws: Workspace) -> None:
    (found,) = problems(ws, SHARED.replace("size: 40", "").replace("{{ note }}", "{{ nota }}"), BODY)
    assert (found.code, found.place and found.place.file) == ("E411", "templates/shared.yaml")


def test_a_template_with_formats_of_its_own_stands_alone(ws: Workspace) -> None:
    own = "title: Thử\nformats: {f: {width: 300, height: 300}}\nbox: {kind: text, text: x}\n"
    share(ws, SHARED, own)
    template = load_template(ws, "infographics/thu")
    assert (tuple(template.formats), template.fields, template.parts) == (("f",), {}, {})


def test_the_key_of_an_order_changes_with_the_shared_file(ws: Workspace) -> None:
    share(ws, SHARED, BODY)
    order = Order("infographics/thu", "tall", {"title": "Một việc"})
    before = Renderer(ws).key(order)
    share(ws, SHARED.replace("Ghi chú chung", "Ghi chú khác"), BODY)
    assert Renderer(ws).key(order) != before


def test_a_condition_may_ask_for_the_shape_and_for_the_readers(ws: Workspace) -> None:
    children = (
        "[{kind: text, text: Ngang, when: {shapes: [wide]}}, {kind: text, text: Thường, when: {elder: no}},"
        " {kind: text, text: Cao tuổi, when: {elder: yes}}]"
    )
    share(ws, SHARED, f"title: Thử\nbox: {{kind: column, children: {children}}}\n")

    def shown(form: str, variant: str) -> list[str]:
        order = Order("infographics/thu", form, {"title": "x"}, variant=variant)  # type: ignore[arg-type] - told by hand
        return [child.element.get("text") for child in settle(design(ws, order))[1][0].children]

    assert shown("tall", "") == ["Thường"]
    assert shown("flat", "elder") == ["Ngang", "Cao tuổi"]


def test_a_brand_that_does_not_exist_is_told(ws: Workspace) -> None:
    share(ws, SHARED, BODY)
    with pytest.raises(RenderError) as caught:
        design(ws, Order("infographics/thu", "tall", {"title": "x"}, brand="khong-co"))
    assert caught.value.code == "E420"


def test_a_brand_says_only_what_differs(ws: Workspace, tmp_path: Path) -> None:
    share(ws, SHARED, BODY)
    brands = ws.templates / "brands"
    brands.mkdir()
    (brands / "xanh.yaml").write_text('colors: {ink: "#003300"}\ncorner: 2\n', encoding="utf-8")
    brand = design(ws, Order("infographics/thu", "tall", {"title": "x"}, brand="xanh")).theme.brand
    assert (brand.colors["ink"], brand.corner) == ("#003300", 2)
    assert brand.colors["highlight"] == "#FFC420"
    assert len(brand.accents) > 1


def test_the_elder_variant_has_larger_type_and_nothing_under_its_floor(ws: Workspace) -> None:
    share(ws, SHARED, BODY.replace("size: 40", "size: 22"))
    normal, elder = (
        settle(design(ws, Order("infographics/thu", "tall", {"title": "Một việc"}, variant=variant)))
        for variant in ("", "elder")
    )  # fmt: skip
    sizes = [placed[0].children[0].text.setting.size for _, placed, _ in (normal, elder)]  # type: ignore[union-attr] - a text
    floor = round(20 * 1.35)
    assert (sizes[0], sizes[1]) == (22, floor)  # 22 x 1.18 would be 26
    assert not normal[2]
    assert not elder[2]
