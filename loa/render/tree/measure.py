"""The first half of the layout, a small flex in pure Python: how big does a box want to be in a given width."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from loa.render.tree import nodes
from loa.render.tree.boxes import Box, Boxes, Memory, boxes_of
from loa.render.tree.charts import has_room
from loa.render.tree.fill import Element
from loa.render.tree.fonts import width_of
from loa.render.tree.setting import KEEPS, Setting, Style, set_text, set_width
from loa.render.tree.theme import Theme

TAIL_LEADING = 1.25
_TAIL_GAP, _TAIL_WEIGHT, _TAIL_BELOW = 0.16, 700, 0.6


class Size(NamedTuple):
    """What a box asks for.

    ``fits`` is False when something inside cannot do with the width, ``tidy`` when a word stands alone on its line.
    """

    width: float
    height: float
    fits: bool = True
    tidy: bool = True


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


class SetText(NamedTuple):
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
    strict: bool = False
    boxes: Boxes = field(init=False)
    _memory: Memory = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "boxes", boxes_of(self.theme))
        object.__setattr__(self, "_memory", self.boxes.memory(self.groups))

    # -- measuring

    def measure(self, element: Element, room: float, scale: float) -> Size:
        key = (element, room, scale)
        known: Size | None = self._memory.sizes.get(key)
        if known is not None:
            return known
        box = self.boxes.box(element.node)
        width = room if box.width is None else box.width * scale
        across = (box.left + box.right) * scale
        inside = (_MEASURES.get(element.kind) or Measure.square)(self, element, width - across, scale, box)
        size = self._memory.sizes[key] = Size(
            inside.width + across if box.width is None else width,
            inside.height + (box.top + box.bottom) * scale if box.height is None else box.height * scale,
            inside.fits and width <= room + 1,
            inside.tidy,
        )
        return size

    def text(self, element: Element, room: float, scale: float, _box: Box) -> Size:
        text = self.set(element, room, scale)
        setting = text.setting
        return Size(
            setting.width + text.tail_width, setting.height, setting.fits and not setting.split, not setting.loose
        )

    def bar(self, element: Element, room: float, scale: float, box: Box) -> Size:
        thickness = box.side * scale
        return Size(thickness, 0) if cast("nodes.Bar", element.node).upright else Size(room, thickness)

    def plot(self, element: Element, room: float, scale: float, box: Box) -> Size:
        return Size(room, box.side * scale, has_room(self, element, room, scale))

    def wrap(self, element: Element, room: float, scale: float, box: Box) -> Size:
        gap = box.gap * scale
        rows = self.wrapped(element, room, scale)
        heights = [max(size.height for _, size in row) for row in rows]
        wide = max((sum(size.width for _, size in row) + gap * (len(row) - 1) for row in rows), default=0.0)
        whole = _largest([size for row in rows for _, size in row])
        high = sum(heights) + gap * max(0, len(heights) - 1)
        return Size(wide, high, whole.fits and wide <= room + 1, whole.tidy)

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

    def whatever(self, _element: Element, room: float, _scale: float, _box: Box) -> Size:
        return Size(room, 0)

    def stack(self, element: Element, room: float, scale: float, _box: Box) -> Size:
        return _largest([self.measure(child, room, scale) for child in element.children])

    def square(self, _element: Element, room: float, scale: float, box: Box) -> Size:
        side = box.side * scale
        return Size(side, side, side <= room + 1)

    # -- words

    def set(self, element: Element, room: float, scale: float) -> SetText:
        """The text in lines and its tail: beside it while it keeps most of its size, else on a line of its own."""
        node = cast("nodes.Text", element.node)
        kind = self.boxes.type(node)
        size = max(kind.floor, kind.size * scale)
        style = Style(size, min(size, kind.smallest), node.lines, *kind.rest)
        if node.group:
            style = self._as_the_group(node.group, style, room)
        text = element.texts["text"]
        if not element.texts.get("tail"):
            return SetText(set_text(text, style, room))
        ems = self._tail(element, node, style)
        size = min(style.size, room / (set_width(text, style) + ems))
        if size >= max(style.smallest, style.size * KEEPS):
            beside = set_text(text, style._replace(size=size, smallest=size, lines=1), room)
            return SetText(beside, size * node.tail_scale, ems * size)
        return self._below(text, style, room, element, node)

    def _as_the_group(self, group: str, style: Style, room: float) -> Style:
        """The style at the size that suits every text of the group: steps side by side look alike."""
        key = (group, style, room)
        known = self._memory.types
        if key not in known:
            known[key] = min(set_text(text, style, room).size for text in self.groups.get(group, ("",)))
        return style._replace(size=known[key], smallest=known[key])

    def _below(self, text: str, style: Style, room: float, element: Element, node: nodes.Text) -> SetText:
        setting = set_text(text, style, room)
        size = setting.size * max(node.tail_scale, _TAIL_BELOW)
        wide = width_of(element.get("tail"), size, tail_weight(node), 0, style.family)
        height = setting.height + size * TAIL_LEADING
        return SetText(setting._replace(height=height, fits=setting.fits and wide <= room + 1), size, 0.0, below=True)

    @staticmethod
    def _tail(element: Element, node: nodes.Text, style: Style) -> float:
        """The width of the tail in ems of the main text, the gap before it included."""
        tail = element.get("tail")
        return tail_gap(element) + width_of(tail, node.tail_scale, tail_weight(node), 0, style.family)

    # -- groups

    def widths(self, element: Element, room: float, scale: float) -> list[float]:
        """The widths of the children of a row: fixed and natural first, then those that grow."""
        children = element.children
        left = room - self.gap(element, scale) * max(0, len(children) - 1)
        grows = [child.node.grow for child in children]
        widths = []
        for child, grow in zip(children, grows, strict=True):
            width = 0.0 if grow else self.measure(child, left, scale).width
            widths.append(width)
            left -= width
        if not any(grows):
            return widths
        part = max(0.0, left) / sum(grows)
        return [grow * part or width for grow, width in zip(grows, widths, strict=True)]

    def row(self, element: Element, room: float, scale: float, box: Box) -> Size:
        widths = self.widths(element, room, scale)
        tallest = _largest([self.measure(*pair, scale) for pair in zip(element.children, widths, strict=True)])
        used = sum(widths) + box.gap * scale * max(0, len(widths) - 1)
        return Size(used, tallest.height, tallest.fits and used <= room + 1, tallest.tidy)

    def column(self, element: Element, room: float, scale: float, box: Box) -> Size:
        sizes = [self.measure(child, room, scale) for child in element.children]
        widest = _largest(sizes)
        gaps = box.gap * scale * max(0, len(sizes) - 1)
        return Size(widest.width, sum([size.height for size in sizes]) + gaps, widest.fits, widest.tidy)

    def grid(self, element: Element, room: float, scale: float, box: Box) -> Size:
        gap = box.gap * scale
        rows = grid_rows(element)
        sizes = [self.measure(child, cell_width(room, gap, len(row)), scale) for row in rows for child in row]
        tallest = _largest(sizes)
        return Size(room, tallest.height * len(rows) + gap * max(0, len(rows) - 1), tallest.fits, tallest.tidy)

    def gap(self, element: Element, scale: float) -> float:
        return self.boxes.box(element.node).gap * scale


_MEASURES: dict[str, Callable[[Measure, Element, float, float, Box], Size]] = {
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
    found: dict[str, list[str]] = {}
    for group, text in sorted({pair for element in elements for pair in element.grouped}):
        found.setdefault(group, []).append(text)
    return {group: tuple(texts) for group, texts in found.items()}


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
    if not sizes:
        return Size(0.0, 0.0)
    widths, heights, fits, tidy = zip(*sizes, strict=True)
    return Size(max(widths), max(heights), all(fits), all(tidy))
