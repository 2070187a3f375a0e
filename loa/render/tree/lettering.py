"""Painting a text that is set: its lines, and the unit after a figure."""

from __future__ import annotations

from typing import Protocol, cast

from loa.render.canvas import Canvas
from loa.render.tree import nodes
from loa.render.tree.fonts import ASCENT, DESCENT, em_bearing, width_of
from loa.render.tree.measure import TAIL_LEADING, Placed, SetText, tail_gap, tail_weight
from loa.render.tree.theme import Rgba, Theme


class Pen(Protocol):
    """What lettering needs of a painter."""

    @property
    def canvas(self) -> Canvas: ...
    @property
    def theme(self) -> Theme: ...
    def color(self, placed: Placed, name: str) -> Rgba: ...


def draw_text(painter: Pen, placed: Placed, drawn: float) -> None:
    """Draw the lines of a text; a figure that counts is ``drawn`` so far on its way."""
    node, text = cast("nodes.Text", placed.element.node), placed.text
    if text is None:
        return
    size = text.setting.size
    baseline = placed.inner.y + _first_baseline(size, node.leading)
    for line in text.setting.lines:
        shown = _counting(line, placed.element.number, drawn) if node.counts else line
        _line(painter, placed, node, text, (line, shown), baseline)
        baseline += size * node.leading
    if text.below:
        baseline += text.tail_size * TAIL_LEADING - size * node.leading * 0.98 + size * 0.12
        tail = placed.element.get("tail")
        width = width_of(tail, text.tail_size, tail_weight(node), 0, painter.theme.family(node.face))
        _tail(painter, placed, node, text, _start(painter, placed, node, tail, width, text.tail_size), baseline)


def _line(
    painter: Pen, placed: Placed, node: nodes.Text, text: SetText, lines: tuple[str, str], baseline: float
) -> None:
    """One line. A figure on its way up starts where the final one will stand, so that it does not tremble."""
    final, shown = lines
    size, family = text.setting.size, painter.theme.family(node.face)
    beside = bool(text.tail_size) and not text.below
    width = width_of(shown, size, node.weight, node.tracking, family) if beside or node.align != "start" else 0.0
    x = _start(painter, placed, node, final, width + text.tail_width, size)
    color = painter.color(placed, node.color)
    painter.canvas.line(shown, x, baseline, size, node.weight, node.tracking, color, family)
    if beside:
        _tail(painter, placed, node, text, x + width + tail_gap(placed.element) * size, baseline)


def _tail(painter: Pen, placed: Placed, node: nodes.Text, text: SetText, x: float, baseline: float) -> None:
    color, family = painter.color(placed, node.color), painter.theme.family(node.face)
    painter.canvas.line(placed.element.get("tail"), x, baseline, text.tail_size, tail_weight(node), 0, color, family)


def _start(painter: Pen, placed: Placed, node: nodes.Text, line: str, width: float, size: float) -> float:
    """Where a line begins. Its ink, not its first letter's empty side, stands on the left edge."""
    if node.align in {"start", "stretch"}:
        return placed.inner.x - em_bearing(line[:1], node.weight, painter.theme.family(node.face)) * size
    return placed.inner.x + {"center": 0.5, "end": 1.0}[node.align] * (placed.inner.width - width)


def _first_baseline(size: float, leading: float) -> float:
    return (size * leading - (ASCENT + DESCENT) * size) / 2 + ASCENT * size


def _counting(final: str, number: float | None, drawn: float) -> str:
    """The figure on its way up, written like the final one: ``1.234,5``."""
    if number is None or drawn >= 1:
        return final
    decimals = len(final.partition(",")[2])
    grouped = f"{number * drawn:,.{decimals}f}"
    return grouped.translate(str.maketrans(",.", ".,"))
