"""Charts tell the truth: one axis from 0, heights in proportion, values and labels as texts."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.render.alt import compose
from loa.render.brand import Brand
from loa.render.canvas import SkiaCanvas
from loa.render.template import FormatSpec, Template
from loa.render.tree import nodes
from loa.render.tree.charts import top_of
from loa.render.tree.fill import Point, Scope, grow
from loa.render.tree.layout import Layout
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import Painter
from loa.render.tree.theme import Theme

COLORS = {"ink": "#000000", "line": "#CCCCCC", "alert": "#FF0000"}
BRAND = Brand.model_validate({"colors": COLORS, "accents": ["#0000FF", "#008000"]})
THEME = Theme(BRAND, FormatSpec(width=600, height=400))
ROWS = ({"label": "Quý I", "value": "20", "unit": "%"}, {"label": "Quý II", "value": "62,5", "unit": "%"})


def place(box: Mapping[str, object], rows: object = ROWS) -> Placed:
    template = Template.model_validate({"title": "x", "formats": {"f": {"width": 600, "height": 400}}, "box": box})
    assert template.box is not None
    (root,) = grow(template, template.box, Scope({"rows": rows, "goal": "50"}, "f"))
    return Layout(THEME).place(root, Rect(0, 0, 600, 400))


def texts(root: Placed) -> list[str]:
    return [child.element.get("text") for child in root.children if child.element.kind == "text"]


def columns(root: Placed) -> list[float]:
    """The height of each column: its box times its share."""
    return [
        child.rect.height * float(child.element.get("value")) / 100
        for child in root.children
        if child.element.kind == "bar"
    ]


def test_columns_have_their_values_and_labels_as_texts() -> None:
    assert texts(place({"kind": "bars", "data": "rows"})) == ["20%", "Quý I", "62,5%", "Quý II"]


def test_the_height_of_a_column_is_in_proportion_to_its_value() -> None:
    low, high = columns(place({"kind": "bars", "data": "rows"}))
    assert high / low == pytest.approx(62.5 / 20, rel=1e-3)


def test_a_target_stands_at_its_height_on_the_same_axis() -> None:
    root = place({"kind": "bars", "data": "rows", "most": 100, "target": "{{ goal }}", "target_label": "Chỉ tiêu 50%"})
    bars = [child.rect for child in root.children if child.element.kind == "bar"]
    line = next(child.rect for child in root.children if getattr(child.element.node, "fill", "") == "alert")
    middle = bars[0].y + bars[0].height / 2
    assert line.y + line.height / 2 == pytest.approx(middle, abs=1)
    assert "Chỉ tiêu 50%" in texts(root)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=8), st.floats(0, 1e9))
def test_the_axis_reaches_over_every_value_and_the_target(values: list[float], target: float) -> None:
    node = nodes.Bars(kind="bars", data="rows")
    top = top_of(node, tuple(Point("", value, "") for value in values), f"{target}")
    highest = max([*values, target])
    assert top >= highest * (1 - 1e-9)
    assert highest < 1e-6 or top <= highest * 2.01


def test_figures_of_the_campaign_and_rows_of_the_staff_are_read_alike() -> None:
    rows = ({"label": "a", "value": "1.250", "number": 1250.0}, {"label": "b", "value": "1.250"})
    low, high = columns(place({"kind": "bars", "data": "rows"}, rows))
    assert low == pytest.approx(high)


def test_a_line_goes_through_its_values_and_its_foot_is_zero() -> None:
    root = place({"kind": "line", "data": "rows", "most": 100})
    trace = next(child for child in root.children if child.element.kind == "trace")
    assert [point.number for point in trace.element.series] == pytest.approx([0.2, 0.625])
    assert texts(root) == ["20%", "Quý I", "62,5%", "Quý II"]


def painted(box: Mapping[str, object], rows: object = ROWS) -> SkiaCanvas:
    canvas = SkiaCanvas(600, 400)
    Painter(canvas, THEME).paint(place(box, rows))
    return canvas


def test_a_donut_leaves_open_what_is_missing_to_a_hundred() -> None:
    rows = ({"label": "a", "value": "25"}, {"label": "b", "value": "25"})
    ring = painted({"kind": "donut", "data": "rows", "size": 400}, rows).pixels
    assert tuple(ring[60, 370][:3]) == (0, 0, 255)  # the first quarter, right of the top
    assert tuple(ring[340, 370][:3]) == (0, 128, 0)  # the second, below
    assert tuple(ring[200, 140][:3]) == (204, 204, 204)  # nothing on the left


def test_a_column_is_painted_from_the_axis_up() -> None:
    pixels = painted({"kind": "bars", "data": "rows", "most": 100}).pixels
    column = [tuple(pixel[:3]) == (0, 0, 255) for pixel in pixels[:, 90]]  # beside the value, which is as blue
    foot = max(index for index, blue in enumerate(column) if blue)
    assert sum(column) / sum(tuple(pixel[:3]) == (0, 128, 0) for pixel in pixels[:, 390]) == pytest.approx(
        0.32, abs=0.02
    )
    assert foot > 300


def test_a_chart_is_read_out_in_the_alternative_text() -> None:
    root = place({"kind": "bars", "data": "rows"})
    assert compose("", "", (root.element,)) == "Hình: Quý I: 20%. Quý II: 62,5%"


def test_a_wrap_goes_on_in_the_next_row_when_one_is_full() -> None:
    tag = {"kind": "icon", "name": "check", "size": 250}
    root = place({"kind": "wrap", "gap": 20, "children": [tag, tag, tag]})
    assert [(child.rect.x, child.rect.y) for child in root.children] == [(0, 0), (270, 0), (0, 270)]


def test_a_bar_marks_its_target() -> None:
    bar = {"kind": "bar", "value": "20", "target": "75", "thickness": 40}
    pixels = painted({"kind": "column", "children": [bar]}).pixels
    assert tuple(pixels[20, 450][:3]) == (255, 0, 0)
    assert tuple(pixels[20, 60][:3]) == (0, 0, 255)
