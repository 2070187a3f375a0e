"""Columns and lines become ordinary boxes: values and labels are texts like any other, so they are linted and read out.

The axis of a plot begins at 0 and all columns of a plot share it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from loa.render.tree import nodes
from loa.render.tree.fill import Element, Point

if TYPE_CHECKING:
    from loa.render.tree.layout import Layout
    from loa.render.tree.measure import Placed, Rect

_WIDEST, _SHARE, _BASE = 150.0, 0.62, 3.0
_GAP = 8.0
_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def plots(layout: Layout, element: Element, rect: Rect, scale: float) -> list[Placed]:
    """The boxes of a plot: base line, columns or trace, target, values and labels."""
    node = cast("nodes.Plot", element.node)
    points = element.series
    if not points:
        return []
    cell = rect.width / len(points)
    labels = [_label(element, node, point) for point in points]
    low = max(layout.measure(label, cell * 0.96, scale).height for label in labels)
    high = layout.theme.type(node.value_size, scale) * 1.3
    ground = rect._replace(y=rect.y + high, height=max(1.0, rect.height - high - low - _GAP * scale))
    top = top_of(node, points, element.get("target"))
    placed = [_base(layout, element, ground, scale)]
    if isinstance(node, nodes.Line):
        placed.append(_trace(layout, element, ground, top, scale))
    for index, (point, label) in enumerate(zip(points, labels, strict=True)):
        column = ground._replace(x=ground.x + index * cell, width=cell)
        if isinstance(node, nodes.Bars):
            placed.append(_column(layout, element, index, column, point.number / top, scale))
        placed.append(_value(layout, element, index, column, point, point.number / top, scale))
        placed.append(
            layout.place(label, column._replace(y=ground.y + ground.height + _GAP * scale, height=low), scale)
        )
    if element.get("target"):
        placed.extend(_target(layout, element, ground, top, scale))
    return placed


def top_of(node: nodes.Plot, points: tuple[Point, ...], target: str) -> float:
    """The value at the upper end of the axis: given, or the next round number."""
    highest = max([point.number for point in points] + [_number(target), 1e-9])
    if node.most:
        return max(node.most, highest)
    size = 10.0 ** math.floor(math.log10(highest))
    return next(step * size for step in _STEPS if step * size >= highest - 1e-9)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ".") or 0)
    except ValueError:
        return 0.0


def _child(element: Element, node: nodes.Node, texts: Mapping[str, str], accent: int = 0) -> Element:
    return Element(node, node.__class__.__name__.lower(), texts, (), accent or element.accent)


def _label(element: Element, node: nodes.Plot, point: Point) -> Element:
    text = nodes.Text(
        kind="text", text=point.label, size=node.label_size, smallest=20, lines=3, weight=600, leading=1.22,
        color=node.label_color, align="center",
    )  # fmt: skip
    return _child(element, text, {"text": point.label})


def _ink(node: nodes.Plot) -> str:
    return node.color or "accent"


def _column(layout: Layout, element: Element, index: int, cell: Rect, share: float, scale: float) -> Placed:
    node = cast("nodes.Plot", element.node)
    width = min(cell.width * _SHARE, _WIDEST * scale)
    bar = nodes.Bar(kind="bar", value=f"{share * 100}", upright=True, color=_ink(node), track="")
    rect = cell._replace(x=cell.x + (cell.width - width) / 2, width=width)
    return layout.place(_child(element, bar, {"value": f"{share * 100:.4f}"}, index), rect, scale)


def _value(
    layout: Layout, element: Element, index: int, cell: Rect, point: Point, share: float, scale: float
) -> Placed:
    node = cast("nodes.Plot", element.node)
    text = nodes.Text(
        kind="text", text=point.shown, size=node.value_size, smallest=20, weight=800, leading=1.12, tracking=-10,
        color=_ink(node), align="center", face="title",
    )  # fmt: skip
    made = _child(element, text, {"text": point.shown}, index)
    height = layout.measure(made, cell.width, scale).height
    lift = 14 * scale if isinstance(node, nodes.Line) else 2 * scale
    y = cell.y + cell.height * (1 - share) - height - lift
    return layout.place(made, cell._replace(y=y, height=height), scale)


def _base(layout: Layout, element: Element, ground: Rect, scale: float) -> Placed:
    line = nodes.Column(kind="column", fill="ink/30")
    rect = ground._replace(y=ground.y + ground.height - _BASE * scale / 2, height=_BASE * scale)
    return layout.place(_child(element, line, {}), rect, scale)


def _trace(layout: Layout, element: Element, ground: Rect, top: float, scale: float) -> Placed:
    shares = tuple(replace(point, number=point.number / top) for point in element.series)
    return layout.place(Element(element.node, "trace", {}, (), element.accent, series=shares), ground, scale)


def _target(layout: Layout, element: Element, ground: Rect, top: float, scale: float) -> list[Placed]:
    node = cast("nodes.Plot", element.node)
    y = ground.y + ground.height * (1 - _number(element.get("target")) / top)
    line = nodes.Column(kind="column", fill=node.target_color)
    placed = [layout.place(_child(element, line, {}), ground._replace(y=y - scale, height=2.5 * scale), scale)]
    if label := element.get("target_label"):
        text = nodes.Text(
            kind="text", text=label, size=node.label_size, smallest=20, weight=700, leading=1.2,
            color=node.target_color, align="end",
        )  # fmt: skip
        made = _child(element, text, {"text": label})
        height = layout.measure(made, ground.width, scale).height
        placed.append(layout.place(made, ground._replace(y=y - height - 2 * scale, height=height), scale))
    return placed
