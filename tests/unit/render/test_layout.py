from collections.abc import Mapping

from loa.render.brand import Brand
from loa.render.template import FormatSpec, Template
from loa.render.tree.fill import Element, Scope, grow
from loa.render.tree.layout import Layout
from loa.render.tree.measure import Placed, Rect, Size
from loa.render.tree.theme import Theme

BRAND = Brand.model_validate({"colors": {"ink": "#000000"}, "accents": ["#000000"]})


def place(box: Mapping[str, object], width: float = 400, height: float = 300) -> Placed:
    template = Template.model_validate({
        "title": "Thử", "formats": {"f": {"width": "400", "height": "300", "tokens": {"edge": "10"}}},
        "fields": {}, "box": box,
    })  # fmt: skip
    assert template.box is not None
    (root,) = grow(template, template.box, Scope({"list": [{}, {}, {}]}, "f"))
    spec = FormatSpec(width=400, height=300, tokens={"edge": 10})
    return Layout(Theme(BRAND, spec)).place(root, Rect(0, 0, width, height))


def block(size: int = 50, **more: object) -> dict[str, object]:
    return {"kind": "icon", "name": "check", "size": str(size), **more}


def rects(placed: Placed) -> list[tuple[float, float, float, float]]:
    return [tuple(round(value, 1) for value in child.rect) for child in placed.children]  # type: ignore[misc] - four numbers each


def test_a_row_gives_what_is_left_to_those_that_grow() -> None:
    row = place({"kind": "row", "gap": "10", "children": [block(), {"kind": "column", "grow": "1"}, block(30)]})
    assert [rect[2] for rect in rects(row)] == [50, 300, 30]
    assert [rect[0] for rect in rects(row)] == [0, 60, 370]


def test_a_row_centres_across() -> None:
    assert rects(place({"kind": "row", "children": [block(100)]}))[0][1] == 100


def test_padding_takes_tokens_and_up_to_four_sides() -> None:
    inner = place({"kind": "column", "padding": "$edge 20 30 40"}).inner
    assert inner == Rect(40, 10, 340, 260)


def test_a_column_spreads_between_its_ends() -> None:
    column = {"kind": "column", "align": "start", "justify": "between", "children": [block(), block(), block()]}
    assert [rect[1] for rect in rects(place(column))] == [0, 125, 250]


def test_a_grid_has_equal_cells_and_an_odd_one_leads() -> None:
    cell = {"kind": "column", "each": "list"}
    grid = place({"kind": "grid", "columns": "2", "gap": "20", "lead": "yes", "children": [cell]})
    assert rects(grid) == [(0, 0, 400, 140), (0, 160, 190, 140), (210, 160, 190, 140)]


def test_a_stack_lays_its_children_over_one_another() -> None:
    stack = place({"kind": "stack", "align": "center", "justify": "center", "children": [block(100), block(40)]})
    assert [rect[:2] for rect in rects(stack)] == [(150, 100), (180, 130)]


def test_fit_takes_the_largest_scale_that_fits() -> None:
    column = {"kind": "column", "align": "start", "children": [block(100), block(100)]}
    fit = place({"kind": "fit", "smallest": "0.5", "largest": "3", "options": [column]})
    assert fit.children[0].scale > 1.49
    assert sum(child.rect.height for child in fit.children[0].children) <= 300


def test_what_says_the_same_is_the_same_box_and_is_placed_once() -> None:
    column = {"kind": "column", "children": [block(20), block(30)]}
    first, second = (place({"kind": "row", "children": [column]}) for _ in range(2))
    assert first.element.children[0].kind == "column"
    assert first is not second  # another template, another tree
    template = Template.model_validate({
        "title": "Thử", "formats": {"f": {"width": "400", "height": "300"}},
        "fields": {}, "box": {"kind": "row", "children": [{"kind": "text", "text": "{{ list }}"}, column]},
    })  # fmt: skip
    assert template.box is not None
    (one,), (other,) = (grow(template, template.box, Scope({"list": words}, "f")) for words in ("một", "hai"))
    assert one.children[0] is not other.children[0]
    assert one.children[1] is other.children[1]


def test_fit_asks_for_few_scales() -> None:
    asked: set[float] = set()

    class Counting(Layout):
        def measure(self, element: Element, room: float, scale: float) -> Size:
            asked.add(scale)
            return Layout.measure(self, element, room, scale)

    box = {"kind": "fit", "smallest": "0.5", "largest": "3", "options": [
        {"kind": "column", "align": "start", "children": [block(93), block(101)]},
        {"kind": "column", "align": "start", "children": [block(93), block(201)]},
    ]}  # fmt: skip
    template = Template.model_validate({
        "title": "Thử", "formats": {"f": {"width": "400", "height": "300"}}, "fields": {}, "box": box,
    })  # fmt: skip
    assert template.box is not None
    (root,) = grow(template, template.box, Scope({}, "f"))
    Counting(Theme(BRAND, FormatSpec(width=400, height=300))).place(root, Rect(0, 0, 400, 300))
    assert len(asked) <= 9


def test_fit_prefers_the_option_that_fills_its_box() -> None:
    thin = {"kind": "column", "children": [{"kind": "bar", "value": "50", "thickness": "10"}]}
    full = {"kind": "column", "align": "start", "children": [block(150)]}
    fit = place({"kind": "fit", "largest": "1.4", "options": [thin, full]})
    assert fit.children[0].children[0].element.kind == "icon"
