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
    template = Template(title="x")
    assert compose(template, Scope({}, "f"), "", (root,)) == "Hình: Quý I: 20%. Quý II: 62,5%"


def test_a_wrap_goes_on_in_the_next_row_when_one_is_full() -> None:
    tag = {"kind": "icon", "name": "check", "size": 250}
    root = place({"kind": "wrap", "gap": 20, "children": [tag, tag, tag]})
    assert [(child.rect.x, child.rect.y) for child in root.children] == [(0, 0), (270, 0), (0, 270)]


def test_a_bar_marks_its_target() -> None:
    bar = {"kind": "bar", "value": "20", "target": "75", "thickness": 40}
    pixels = painted({"kind": "column", "children": [bar]}).pixels
    assert tuple(pixels[20, 450][:3]) == (255, 0, 0)
    assert tuple(pixels[20, 60][:3]) == (0, 0, 255)


def series(*values: str) -> list[dict[str, str]]:
    return [{"label": f"Kỳ {index}", "value": value, "unit": "%"} for index, value in enumerate(values)]


def ink(root: Placed, text: str) -> Rect:
    """Where the letters of a text stand, not the room it was given."""
    child = next(child for child in root.children if child.element.get("text") == text)
    assert child.text is not None
    free = child.rect.width - child.text.setting.width
    share = {"center": 0.5, "end": 1.0}.get(getattr(child.element.node, "align", ""), 0.0)
    height = child.text.setting.size * 0.72
    return Rect(
        child.rect.x + free * share,
        child.rect.y + (child.rect.height - height) / 2,
        child.text.setting.width,
        height,
    )


def meet(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def goal_of(root: Placed) -> float:
    line = next(child.rect for child in root.children if getattr(child.element.node, "fill", "") == "alert")
    return line.y + line.height / 2


@given(st.lists(st.integers(1, 100), min_size=2, max_size=6), st.integers(5, 100), st.sampled_from(["bars", "line"]))
def test_a_target_never_runs_through_a_value(values: list[int], goal: int, kind: str) -> None:
    root = place(
        {"kind": kind, "data": "rows", "most": 100, "target": str(goal), "size": 400}, series(*map(str, values))
    )
    height = goal_of(root)
    for index, value in enumerate(values):
        rects = [ink(Placed(root.element, root.rect, root.inner, 1, None, (child,)), f"{value}%")
                 for child in root.children if child.element.get("text") == f"{value}%"]  # fmt: skip
        assert all(not rect.y + 1 < height < rect.y + rect.height - 1 for rect in rects), (index, value)


@pytest.mark.parametrize("values", [("52", "63", "74"), ("90", "95", "99"), ("85", "20", "85"), ("81", "82", "83")])
def test_the_note_of_a_target_covers_neither_columns_nor_values(values: tuple[str, ...]) -> None:
    box = {"kind": "bars", "data": "rows", "most": 100, "target": "80", "target_label": "Chỉ tiêu 80%", "size": 400}
    root = place(box, series(*values))
    note = ink(root, "Chỉ tiêu 80%")
    assert not any(meet(note, ink(root, f"{value}%")) for value in values)
    for child in root.children:
        if child.element.kind == "bar":
            share = float(child.element.get("value")) / 100
            column = child.rect._replace(
                y=child.rect.y + child.rect.height * (1 - share), height=child.rect.height * share
            )
            assert not meet(note, column)


@pytest.mark.parametrize(
    "values", [("18", "31", "42,5", "54"), ("10", "90", "10"), ("90", "10", "90"), ("5", "50", "95")]
)
def test_values_of_a_line_keep_clear_of_each_other(values: tuple[str, ...]) -> None:
    root = place({"kind": "line", "data": "rows", "most": 100, "size": 400}, series(*values))
    rects = [ink(Placed(root.element, root.rect, root.inner, 1, None, (child,)), child.element.get("text"))
             for child in root.children if child.element.get("text").endswith("%")]  # fmt: skip
    assert len(rects) == len(values)
    assert not any(meet(one, other) for index, one in enumerate(rects) for other in rects[:index])


def test_a_value_in_its_column_is_white_and_checked_against_the_column() -> None:
    root = place({"kind": "bars", "data": "rows", "most": 100, "target": "80"}, series("74"))
    value = next(child.element.node for child in root.children if child.element.get("text") == "74%")
    assert isinstance(value, nodes.Text)
    assert (value.color, value.behind) == ("white", "accent")


def test_a_plot_too_narrow_for_its_labels_says_so() -> None:
    template = Template.model_validate(
        {"title": "x", "formats": {"f": {"width": 600, "height": 400}}, "box": {"kind": "bars", "data": "rows"}}
    )
    assert template.box is not None
    (root,) = grow(template, template.box, Scope({"rows": series("10", "20", "30", "40", "50", "60")}, "f"))
    layout = Layout(THEME)
    assert layout.measure(root, 600, 1).fits
    assert not layout.measure(root, 120, 1).fits


@pytest.mark.parametrize(("value", "whole", "share"), [("50", "", 0.5), ("15", "20", 0.75), ("24", "20", 1.0)])
def test_a_bar_has_a_scale_of_its_own(value: str, whole: str, share: float) -> None:
    pixels = painted({"kind": "column", "children": [{"kind": "bar", "value": value, "whole": whole, "thickness": 40}]})
    blue = [tuple(pixel[:3]) == (0, 0, 255) for pixel in pixels.pixels[20, :]]
    assert sum(blue) / 600 == pytest.approx(share, abs=0.01)


def test_what_passes_its_target_moves_the_end_of_the_scale() -> None:
    bar = {"kind": "bar", "value": "25", "whole": "20", "target": "20", "thickness": 40}
    pixels = painted({"kind": "column", "children": [bar]}).pixels
    assert tuple(pixels[20, 480][:3]) == (255, 0, 0)  # the target at four fifths
    assert tuple(pixels[20, 560][:3]) == (0, 0, 255)
