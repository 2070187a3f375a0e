"""Columns and lines become ordinary boxes: values and labels are texts like any other, so they are linted and read out.

The axis of a plot begins at 0 and all columns of a plot share it. A value stands where neither the target nor the line
of the plot runs through it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from loa.render.tree import nodes
from loa.render.tree.chart_texts import child, figures_of, ink_of, labels_of, note_of, rule
from loa.render.tree.figures import figure
from loa.render.tree.fill import Element, Point

if TYPE_CHECKING:
    from loa.render.tree.layout import Layout
    from loa.render.tree.measure import Measure, Placed, Rect

_WIDEST, _SHARE, _BASE = 150.0, 0.62, 3.0
_GAP, _LIFT, _INSIDE, _STROKE, _NOTE = 8.0, 14.0, 10.0, 5.0, 3.0
_HEAD, _PART, _CELL = 1.3, 0.84, 0.96
"""The room over the axis for the highest value, in sizes of its type; how much of its column a value takes, and
a label of its cell."""
_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def plots(layout: Layout, element: Element, rect: Rect, scale: float) -> list[Placed]:
    """The boxes of a plot: base line, columns or trace, target, values and labels."""
    if not element.series:
        return []
    node = cast("nodes.Plot", element.node)
    high = layout.theme.type(node.value_size, scale) * _HEAD
    plot = _Plot.within(layout, element, rect, scale, high)
    if plot.note is not None and not plot.note_sides():
        plot = _Plot.within(layout, element, rect, scale, high + plot.note_height() + _NOTE * scale)
    return list(plot.boxes())


def has_room(measure: Measure, element: Element, room: float, scale: float) -> bool:
    """Whether every label and every value of a plot has its place in this width."""
    cell, floor = room / max(1, len(element.series)) * _CELL, measure.theme.spec.smallest
    texts = (*labels_of(element, floor), *figures_of(element, floor))
    return all(measure.measure(text, cell, scale).fits for text in texts)


def top_of(node: nodes.Plot, points: tuple[Point, ...], target: str) -> float:
    """The value at the upper end of the axis: given, or the next round number."""
    highest = max([point.number for point in points] + [figure(target), 1e-9])
    if node.most:
        return max(node.most, highest)
    size = 10.0 ** math.floor(math.log10(highest))
    return next(step * size for step in _STEPS if step * size >= highest - 1e-9)


@dataclass(frozen=True, slots=True)
class _Plot:
    """One plot: ``rect`` is all of it, ``ground`` what lies between the axis and its top, ``low`` is for labels."""

    layout: Layout
    element: Element
    rect: Rect
    ground: Rect
    low: float
    scale: float

    @classmethod
    def within(cls, layout: Layout, element: Element, rect: Rect, scale: float, high: float) -> _Plot:
        cell = rect.width / len(element.series) * _CELL
        low = max(layout.measure(label, cell, scale).height for label in labels_of(element, layout.theme.spec.smallest))
        ground = rect._replace(y=rect.y + high, height=max(1.0, rect.height - high - low - _GAP * scale))
        return cls(layout, element, rect, ground, low, scale)

    @property
    def node(self) -> nodes.Plot:
        return cast("nodes.Plot", self.element.node)

    @property
    def floor(self) -> float:
        return self.layout.theme.spec.smallest

    @property
    def is_line(self) -> bool:
        return isinstance(self.node, nodes.Line)

    @property
    def top(self) -> float:
        return top_of(self.node, self.element.series, self.element.get("target"))

    @property
    def goal(self) -> float | None:
        """How high up the page the target runs."""
        return self.level(figure(self.element.get("target"))) if self.element.get("target") else None

    def level(self, number: float) -> float:
        return self.ground.y + self.ground.height * (1 - number / self.top)

    def cell(self, index: int) -> Rect:
        width = self.ground.width / len(self.element.series)
        return self.ground._replace(x=self.ground.x + index * width, width=width)

    def place(self, element: Element, rect: Rect) -> Placed:
        return self.layout.place(element, rect, self.scale)

    def boxes(self) -> Iterator[Placed]:
        """Everything, from the back to the front."""
        foot = self._foot
        thick = _BASE * self.scale
        yield self.place(rule(self.element, "ink/30"), self.ground._replace(y=foot - thick / 2, height=thick))
        if self.is_line:
            shares = tuple(replace(point, number=point.number / self.top) for point in self.element.series)
            trace = Element(self.element.node, "trace", {}, (), self.element.accent, series=shares)
            yield self.place(trace, self.ground)
        for index, point in enumerate(self.element.series):
            if not self.is_line:
                yield self._column(index, point)
            yield self._value(index)
            label = self.cell(index)._replace(y=foot + _GAP * self.scale, height=self.low)
            yield self.place(labels_of(self.element, self.floor)[index], label)
        yield from self._target()

    def _column(self, index: int, point: Point) -> Placed:
        cell, share = self.cell(index), f"{point.number / self.top * 100:.4f}"
        width = self._column_width
        bar = nodes.Bar(kind="bar", value=share, upright=True, color=ink_of(self.node), track="")
        rect = cell._replace(x=cell.x + (cell.width - width) / 2, width=width)
        return self.place(child(self.element, bar, {"value": share}, index), rect)

    # -- values

    def _value(self, index: int) -> Placed:
        above = self._plain(index)
        if self.is_line:
            return self.place(above, self._along()[index])
        rect = self._over(index, above)
        if self._is_free(rect) and not self._inside:
            return self.place(above, rect)
        room = self._top_of_column(index, rect.height)
        inside = figures_of(self.element, self.floor, inside=True)[index]
        fits = self.layout.measure(inside, room.width, self.scale).fits
        if fits and room.y + room.height <= self._foot and self._is_free(room):
            return self.place(inside, room)
        return self.place(above, rect if self._is_free(rect) else self._over_goal(rect))

    def _along(self) -> list[Rect]:
        """Where the values of a line stand: clear of the line, of the target, and of each other."""
        taken: list[Rect] = []
        for index in range(len(self.element.series)):
            over = self._over(index, self._plain(index))
            free = (place for place in self._beside(index, over) if self._is_free(place))
            last = over if self.goal is None else self._over_goal(over)
            taken.append(next((place for place in free if not any(_meet(place, other) for other in taken)), last))
        return taken

    @property
    def _foot(self) -> float:
        return self.ground.y + self.ground.height

    @property
    def _inside(self) -> bool:
        """Whether the values stand in their columns: all do as soon as the target runs through one over its column."""
        return any(
            not self._is_free(self._over(index, self._plain(index))) for index in range(len(self.element.series))
        )

    def _plain(self, index: int) -> Element:
        return figures_of(self.element, self.floor)[index]

    def _top_of_column(self, index: int, height: float) -> Rect:
        cell = self.cell(index)
        width = self._column_width * _PART
        y = self.level(self.element.series[index].number) + _INSIDE * self.scale
        return cell._replace(x=cell.x + (cell.width - width) / 2, y=y, width=width, height=height)

    @property
    def _column_width(self) -> float:
        return min(self.cell(0).width * _SHARE, _WIDEST * self.scale)

    def _over(self, index: int, value: Element) -> Rect:
        """Where a value stands if nothing is in its way: over its point."""
        cell = self.cell(index)
        height = self.layout.measure(value, cell.width, self.scale).height
        lift = _LIFT * self.scale if self.is_line else 2 * self.scale
        return cell._replace(y=self.level(self.element.series[index].number) - height - lift, height=height)

    def _beside(self, index: int, over: Rect) -> Iterator[Rect]:
        """Places of a value at a point of a line: over it, to the left or the right above, below."""
        width = min(self.layout.measure(self._plain(index), over.width, self.scale).width + 4 * self.scale, over.width)
        middle = over.x + over.width / 2
        aside = over._replace(y=over.y + _LIFT * self.scale, width=width)
        yield over._replace(x=middle - width / 2, width=width)
        yield aside._replace(x=max(self.rect.x, middle - width - _LIFT * self.scale))
        right = self.rect.x + self.rect.width - width
        yield aside._replace(x=min(right, middle + _LIFT * self.scale))
        below = over.y + over.height + 2 * _LIFT * self.scale
        if below + over.height <= self._foot:
            yield over._replace(x=middle - width / 2, y=below, width=width)
        if self.goal is not None:
            yield self._over_goal(over._replace(x=middle - width / 2, width=width))

    def _over_goal(self, rect: Rect) -> Rect:
        return rect._replace(y=min(rect.y, cast("float", self.goal) - rect.height - _STROKE * self.scale))

    def _is_free(self, rect: Rect) -> bool:
        """Neither the target nor the line runs through this place."""
        edge = _STROKE * self.scale
        low, high = rect.y - edge / 2, rect.y + rect.height - rect.height * 0.12
        if self.goal is not None and low < self.goal < high:
            return False
        return not self.is_line or not any(low < y < high for y in self._trace_at(rect))

    def _trace_at(self, rect: Rect) -> Iterator[float]:
        """The heights of the line over a stretch of the page, close enough together to find where it passes."""
        width = self.cell(0).width
        levels = [self.level(point.number) for point in self.element.series]
        for step in range(25):
            at = (rect.x + rect.width * step / 24 - self.ground.x) / width - 0.5
            if 0 <= at <= len(levels) - 1:
                left = min(int(at), len(levels) - 2) if len(levels) > 1 else 0
                right = min(left + 1, len(levels) - 1)
                yield levels[left] + (levels[right] - levels[left]) * (at - left)

    # -- target

    @property
    def note(self) -> Element | None:
        return note_of(self.element, self.floor) if self.element.get("target_label") and self.goal is not None else None

    def note_height(self) -> float:
        return self.layout.measure(cast("Element", self.note), self.ground.width, self.scale).height

    def note_sides(self) -> list[Rect]:
        """The ends of the target, right before left, where its note covers neither a column nor a value."""
        size = self.layout.measure(cast("Element", self.note), self.ground.width, self.scale)
        y = cast("float", self.goal) - size.height - _NOTE * self.scale
        right = self.ground.x + self.ground.width - size.width
        sides = (self.ground._replace(x=x, y=y, width=size.width, height=size.height) for x in (right, self.ground.x))
        return [side for side in sides if not self._is_taken(side)]

    def _is_taken(self, side: Rect) -> bool:
        if self.is_line and any(side.y < y < side.y + side.height for y in self._trace_at(side)):
            return True
        for index, point in enumerate(self.element.series):
            value = self._value(index)
            wide = self.layout.measure(value.element, value.rect.width, self.scale).width
            ink = value.rect._replace(x=value.rect.x + (value.rect.width - wide) / 2, width=wide)
            column = ink._replace(y=self.level(point.number), height=self.ground.height)
            if _meet(side, ink) or (not self.is_line and _meet(side, column)):
                return True
        return False

    def _target(self) -> Iterator[Placed]:
        if self.goal is None:
            return
        scale = self.scale
        line = self.ground._replace(y=self.goal - scale, height=2.5 * scale)
        yield self.place(rule(self.element, self.node.target_color), line)
        if self.note is not None:
            size = self.layout.measure(self.note, self.ground.width, scale)
            corner = self.rect._replace(
                x=self.rect.x + self.rect.width - size.width, width=size.width, height=size.height
            )
            yield self.place(self.note, next(iter(self.note_sides()), corner))


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
