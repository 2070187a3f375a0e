"""The first half of the layout, a small flex in pure Python: how big does a box want to be in a given width."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

from loa.render.tree import nodes
from loa.render.tree.fill import Element
from loa.render.tree.fonts import width_of
from loa.render.tree.setting import KEEPS, Setting, Style, set_text
from loa.render.tree.theme import Theme

TAIL_LEADING = 1.25
_TAIL_GAP, _TAIL_WEIGHT, _TAIL_BELOW = 0.16, 700, 0.6
_STEP = 0.95


class Size(NamedTuple):
    """What a box asks for. ``fits`` is False when something inside cannot do with the width."""

    width: float
    height: float
    fits: bool = True


class Rect(NamedTuple):
    """Where a box is."""

    x: float
    y: float
    width: float
    height: float

    def inset(self, edges: tuple[float, float, float, float]) -> Rect:
        top, right, bottom, left = edges
        return Rect(
            self.x + left, self.y + top, max(0.0, self.width - left - right), max(0.0, self.height - top - bottom)
        )


@dataclass(frozen=True, slots=True)
class SetText:
    """A text in lines with its tail (a unit after a figure)."""

    setting: Setting
    tail_size: float = 0
    tail_width: float = 0
    below: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """An element in its place; ``scale`` multiplies every length of it."""

    element: Element
    rect: Rect
    inner: Rect
    scale: float
    text: SetText | None = None
    children: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """How big boxes are in one format. Answers are remembered: ``fit`` asks for the same box many times."""

    theme: Theme
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[tuple[int, float, float], Size] = field(default_factory=dict)

    # -- measuring

    def measure(self, element: Element, room: float, scale: float) -> Size:
        key = (id(element), round(room, 2), round(scale, 4))
        if key not in self._known:
            self._known[key] = self._measure(element, room, scale)
        return self._known[key]

    def _measure(self, element: Element, room: float, scale: float) -> Size:
        node = element.node
        top, right, bottom, left = self.theme.sides(node.padding, scale)
        width = room if node.width is None else self.theme.length(node.width, scale)
        inside = self._inside(element, width - left - right, scale)
        return Size(
            inside.width + left + right if node.width is None else width,
            inside.height + top + bottom if node.height is None else self.theme.length(node.height, scale),
            inside.fits and width <= room + 1,
        )

    def _inside(self, element: Element, room: float, scale: float) -> Size:
        return _MEASURES.get(element.kind, Measure.square)(self, element, room, scale)

    def text(self, element: Element, room: float, scale: float) -> Size:
        text = self.set(element, room, scale)
        return Size(
            text.setting.width + text.tail_width, text.setting.height, text.setting.fits and not text.setting.loose
        )

    def bar(self, element: Element, room: float, scale: float) -> Size:
        node = cast("nodes.Bar", element.node)
        thickness = self.theme.length(node.thickness, scale)
        return Size(thickness, 0) if node.upright else Size(room, thickness)

    def plot(self, element: Element, room: float, scale: float) -> Size:
        return Size(room, self.theme.length(cast("nodes.Plot", element.node).size, scale))

    def wrap(self, element: Element, room: float, scale: float) -> Size:
        gap = self.gap(element, scale)
        rows = self.wrapped(element, room, scale)
        heights = [max(size.height for _, size in row) for row in rows]
        wide = max((sum(size.width for _, size in row) + gap * (len(row) - 1) for row in rows), default=0.0)
        fits = all(size.fits for row in rows for _, size in row)
        return Size(wide, sum(heights) + gap * max(0, len(heights) - 1), fits and wide <= room + 1)

    def wrapped(self, element: Element, room: float, scale: float) -> list[list[tuple[Element, Size]]]:
        """The children of a wrap row by row, each with the size it asks for."""
        gap, used = self.gap(element, scale), room + 1
        rows: list[list[tuple[Element, Size]]] = []
        for child in element.children:
            size = self.measure(child, room, scale)
            if used + gap + size.width > room + 1:
                rows.append([])
                used = -gap
            rows[-1].append((child, size))
            used += gap + size.width
        return rows

    def whatever(self, _element: Element, room: float, _scale: float) -> Size:
        return Size(room, 0)

    def stack(self, element: Element, room: float, scale: float) -> Size:
        return _largest([self.measure(child, room, scale) for child in element.children])

    def square(self, element: Element, room: float, scale: float) -> Size:
        side = self.theme.length(cast("nodes.Icon", element.node).size, scale)
        return Size(side, side, side <= room + 1)

    def set(self, element: Element, room: float, scale: float) -> SetText:
        """The text in lines and its tail: beside it while it keeps most of its size, else on a line of its own."""
        node = cast("nodes.Text", element.node)
        size = self.theme.type(node.size, scale)
        smallest = size if node.smallest is None else min(size, self.theme.type(node.smallest))
        text = element.get("text").upper() if node.uppercase else element.get("text")
        style = Style(size, smallest, node.lines, node.weight, node.leading, node.tracking, node.balance)
        if node.group:
            style = self._as_the_group(node.group, style, room)
        if not element.get("tail"):
            return SetText(set_text(text, style, room))
        tail = self._tail(element, node)
        beside = self._beside(text, style, room, tail)
        if beside is not None:
            return SetText(beside, beside.size * node.tail_scale, tail * beside.size)
        return self._below(text, style, room, element, node)

    def _as_the_group(self, group: str, style: Style, room: float) -> Style:
        """The style at the size that suits every text of the group: steps side by side look alike."""
        size = min(set_text(text, style, room).size for text in self.groups.get(group, ("",)))
        return replace(style, size=size, smallest=size)

    @staticmethod
    def _beside(text: str, style: Style, room: float, tail: float) -> Setting | None:
        size = style.size
        while size >= max(style.smallest, style.size * KEEPS):
            setting = set_text(text, replace(style, size=size, smallest=size, lines=1), room - tail * size)
            if setting.fits:
                return setting
            size *= _STEP
        return None

    def _below(self, text: str, style: Style, room: float, element: Element, node: nodes.Text) -> SetText:
        setting = set_text(text, style, room)
        size = setting.size * max(node.tail_scale, _TAIL_BELOW)
        wide = width_of(element.get("tail"), size, tail_weight(node))
        height = setting.height + size * TAIL_LEADING
        return SetText(replace(setting, height=height, fits=setting.fits and wide <= room + 1), size, 0.0, below=True)

    def _tail(self, element: Element, node: nodes.Text) -> float:
        """The width of the tail in ems of the main text, the gap before it included."""
        return tail_gap(element) + width_of(element.get("tail"), node.tail_scale, tail_weight(node))

    def widths(self, element: Element, room: float, scale: float) -> list[float]:
        """The widths of the children of a row: fixed and natural first, then those that grow."""
        gap = self.gap(element, scale)
        left = room - gap * max(0, len(element.children) - 1)
        widths: dict[int, float] = {}
        for index, child in enumerate(element.children):
            if not child.node.grow:
                widths[index] = self.measure(child, left, scale).width
                left -= widths[index]
        shares = sum(child.node.grow for child in element.children)
        return [
            widths.get(index, max(0.0, left) * child.node.grow / (shares or 1))
            for index, child in enumerate(element.children)
        ]

    def row(self, element: Element, room: float, scale: float) -> Size:
        widths = self.widths(element, room, scale)
        sizes = [self.measure(child, width, scale) for child, width in zip(element.children, widths, strict=True)]
        used = sum(widths) + self.gap(element, scale) * max(0, len(widths) - 1)
        return Size(used, _largest(sizes).height, _largest(sizes).fits and used <= room + 1)

    def column(self, element: Element, room: float, scale: float) -> Size:
        sizes = [self.measure(child, room, scale) for child in element.children]
        gaps = self.gap(element, scale) * max(0, len(sizes) - 1)
        return Size(_largest(sizes).width, sum(size.height for size in sizes) + gaps, _largest(sizes).fits)

    def grid(self, element: Element, room: float, scale: float) -> Size:
        gap = self.gap(element, scale)
        rows = grid_rows(element)
        sizes = [self.measure(child, cell_width(room, gap, len(row)), scale) for row in rows for child in row]
        tallest = _largest(sizes)
        return Size(room, tallest.height * len(rows) + gap * max(0, len(rows) - 1), tallest.fits)

    def gap(self, element: Element, scale: float) -> float:
        return self.theme.length(getattr(element.node, "gap", 0), scale)


_MEASURES: dict[str, Callable[[Measure, Element, float, float], Size]] = {
    "text": Measure.text, "bar": Measure.bar, "fit": Measure.whatever, "image": Measure.whatever,
    "row": Measure.row, "grid": Measure.grid, "column": Measure.column, "stack": Measure.stack,
    "wrap": Measure.wrap, "bars": Measure.plot, "line": Measure.plot, "trace": Measure.whatever,
}  # fmt: skip


def grid_rows(element: Element) -> list[tuple[Element, ...]]:
    """The children of a grid row by row; an odd one out leads if the grid says so, else it closes."""
    node = cast("nodes.Grid", element.node)
    cells, columns = element.children, node.columns
    over = len(cells) % columns
    first = over if node.lead and over else 0
    rows = [cells[:first]] if first else []
    return rows + [cells[at : at + columns] for at in range(first, len(cells), columns)]


def groups_of(elements: Sequence[Element]) -> dict[str, tuple[str, ...]]:
    """The texts of each group of a tree."""
    found: dict[str, tuple[str, ...]] = {}
    for element in _every(elements):
        if isinstance(element.node, nodes.Text) and element.node.group:
            found[element.node.group] = (*found.get(element.node.group, ()), element.get("text"))
    return found


def _every(elements: Sequence[Element]) -> Iterator[Element]:
    for element in elements:
        yield element
        yield from _every(element.children)


def tail_gap(element: Element) -> float:
    """The gap between a figure and its unit, in ems; a per cent sign stands close."""
    return 0.0 if element.get("tail") == "%" else _TAIL_GAP


def tail_weight(node: nodes.Text) -> int:
    """A tail is never heavier than bold."""
    return min(node.weight, _TAIL_WEIGHT)


def cell_width(room: float, gap: float, count: int) -> float:
    """The width of one of ``count`` cells in a row."""
    return (room - gap * (count - 1)) / count


def _largest(sizes: Sequence[Size]) -> Size:
    return Size(
        max((size.width for size in sizes), default=0.0),
        max((size.height for size in sizes), default=0.0),
        all(size.fits for size in sizes),
    )
