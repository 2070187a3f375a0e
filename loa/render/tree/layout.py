"""The second half of the layout: where everything goes. ``fit`` tries its options and keeps the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from loa.render.tree import nodes
from loa.render.tree.charts import plots
from loa.render.tree.fill import Element
from loa.render.tree.measure import Measure, Placed, Rect, cell_width, grid_rows

_STEPS, _POWER = 128, 0.72
_RUNGS = (0.0, 0.12, 0.25, 0.4)
_NEVER = float("-inf")
_SQUARES = frozenset({"ring", "donut", "icon", "qr", "logo"})
_LOOSE = 0.6
"""How much a box that leaves room empty loses against one that fills it."""
_EASY = 0.92
"""Below this scale a body is crowded: smaller headings leave it more room than smaller type would."""
_FIRST_CHOICE = 0.7
"""An option preferred less than this leaves something out: it waits until the sizes for much content were tried."""
_TIDIER, _UNTIDY = (0.98, 0.96, 0.93, 0.9, 0.87), 0.9


class CrowdedError(Exception):
    """No option of a ``fit`` has room; the sizes for much content may have."""


@dataclass(frozen=True, slots=True)
class Layout(Measure):
    """Lays out one tree in one format. A strict one gives up as soon as a ``fit`` is too full."""

    def place(self, element: Element, rect: Rect, scale: float = 1, push: float = 0) -> Placed:
        """Put an element into a rectangle, and everything in it; ``push`` moves its content down."""
        key = (element, rect, scale, push, self.strict)  # what a patient layout found is not strict enough
        known: Placed | None = self._memory.places.get(key)
        if known is None:
            known = self._memory.places[key] = self._place(element, rect, scale, push)
        return known

    def _place(self, element: Element, rect: Rect, scale: float, push: float) -> Placed:
        box = self.boxes.box(element.node)
        inner = rect.inset((box.top * scale + push, box.right * scale, box.bottom * scale + push, box.left * scale))
        if element.kind in _SQUARES:
            inner = _square(inner)
        if element.kind == "text":
            return Placed(element, rect, inner, scale, self.set(element, inner.width, scale))
        spread = _PLACES.get(element.kind)
        children = () if spread is None else tuple(spread(self, element, inner, scale))
        return Placed(element, rect, inner, scale, None, children)

    def best(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        """The option that fills the box best at the largest scale; none if conditions left no option."""
        node = cast("nodes.Fit", element.node)
        low, high = node.smallest * scale, node.largest * scale
        best, score = None, _NEVER
        for option in element.children:
            # an option filled to the brim scores its preference times its scale: below this scale it cannot win
            least = max(low, score / option.node.prefer) if score > 0 else low
            if least > high or (least > low and not self._fits(option, rect, least)):
                continue
            factor = self._largest_scale(option, rect, least, high)
            if (tried := self._score(option, factor, rect)) > score:
                best, score = (option, factor), tried
        if best is None:
            return []
        second_best = best[0].node.prefer < _FIRST_CHOICE
        if self.strict and (score < 0 or second_best or best[1] < min(_EASY, node.largest) * scale):
            raise CrowdedError
        return [self.place(best[0], rect, best[1])]

    def _score(self, option: Element, factor: float, rect: Rect) -> float:
        """How well an option looks at this scale; below zero if it does not fit, the less so the closer it is."""
        size = self.measure(option, rect.width, factor)
        if not size.fits or size.height > rect.height + 1:
            return -size.height
        full = min(1.0, size.height / max(1.0, rect.height))
        return option.node.prefer * factor * (_LOOSE + (1 - _LOOSE) * full) * (1 if size.tidy else _UNTIDY)

    def _fits(self, option: Element, rect: Rect, factor: float) -> bool:
        size = self.measure(option, rect.width, factor)
        return size.fits and size.height <= rect.height and size.width <= rect.width + 1

    def _largest_scale(self, option: Element, rect: Rect, low: float, high: float) -> float:
        """The largest of evenly spaced scales at which an option fits, or the lowest if none does.

        Heights grow with a power of the scale that is much the same everywhere: guesses find it in a few steps.
        """
        if (lowest := self._lowest_scale(option, rect, low, high)) is None:
            return low
        low = lowest
        step = (high - low) / _STEPS
        fits, fails = 0, _STEPS + 1
        while fails - fits > 1:
            guess = (fits + fails) // 2
            scale = low + fits * step
            under = self.measure(option, rect.width, scale).height
            if fails > _STEPS:  # nothing is known above: the power of the scale tells how far there is room
                reach = scale * (rect.height / max(1.0, under)) ** _POWER
                guess = max(fits + 1, min(_STEPS, int((reach - low) / step)))
            elif (over := self.measure(option, rect.width, low + fails * step).height) > rect.height > under:
                share = (rect.height - under) / (over - under)
                guess = max(fits + 1, min(fails - 1, fits + int(share * (fails - fits))))
            if self._fits(option, rect, low + guess * step):
                fits = guess
            else:
                fails = guess
        return self._tidier(option, rect, low, low + fits * step)

    def _lowest_scale(self, option: Element, rect: Rect, low: float, high: float) -> float | None:
        """Where the search begins: type stops shrinking before boxes do, which may then be too narrow for it."""
        for share in _RUNGS:
            scale = low + (high - low) * share
            if self._fits(option, rect, scale):
                return scale
            if self.measure(option, rect.width, scale).height > rect.height:
                return None
        return None

    def _tidier(self, option: Element, rect: Rect, low: float, scale: float) -> float:
        """A little smaller, if that saves a word from standing alone on its line."""
        if self.measure(option, rect.width, scale).tidy:
            return scale
        for smaller in (scale * share for share in _TIDIER):
            if smaller >= low and self._fits(option, rect, smaller) and self.measure(option, rect.width, smaller).tidy:
                return smaller
        return scale

    def along_row(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        node = cast("nodes.Row", element.node)
        widths = self.widths(element, rect.width, scale)
        starts = _spread(widths, self.gap(element, scale), rect.width, node.justify)
        return [
            self.place(
                child, self._across_row(child, node, Rect(rect.x + start, rect.y, width, rect.height), scale), scale
            )
            for child, start, width in zip(element.children, starts, widths, strict=True)
        ]

    def _across_row(self, child: Element, node: nodes.Row, rect: Rect, scale: float) -> Rect:
        align = child.node.self_align or node.align
        if align == "stretch":
            return rect
        height = min(self.measure(child, rect.width, scale).height, rect.height)
        return rect._replace(y=rect.y + _offset(align, rect.height - height), height=height)

    def down_column(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        node = cast("nodes.Column", element.node)
        gap = self.gap(element, scale)
        heights = [
            0.0 if child.node.grow else self.measure(child, rect.width, scale).height for child in element.children
        ]
        left = rect.height - sum(heights) - gap * max(0, len(heights) - 1)
        shares = sum(child.node.grow for child in element.children)
        heights = [
            max(0.0, left) * child.node.grow / shares if child.node.grow else height
            for child, height in zip(element.children, heights, strict=True)
        ]
        starts = _spread(heights, gap, rect.height, node.justify)
        return [
            self.place(
                child, self._across_column(child, node, Rect(rect.x, rect.y + start, rect.width, height), scale), scale
            )
            for child, start, height in zip(element.children, starts, heights, strict=True)
        ]

    def _across_column(self, child: Element, node: nodes.Column, rect: Rect, scale: float) -> Rect:
        align = child.node.self_align or node.align
        if align == "stretch":
            return rect
        width = min(self.measure(child, rect.width, scale).width + 0.5, rect.width)
        return rect._replace(x=rect.x + _offset(align, rect.width - width), width=width)

    def over_one_another(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        node = cast("nodes.Stack", element.node)
        return [self._over(child, node, rect, scale) for child in element.children]

    def _over(self, child: Element, node: nodes.Stack, rect: Rect, scale: float) -> Placed:
        align = child.node.self_align or node.align
        if align == "stretch":
            return self.place(child, rect, scale)
        size = self.measure(child, rect.width, scale)
        x = rect.x + _offset(align, rect.width - size.width)
        y = rect.y + _offset(node.justify, rect.height - size.height)
        return self.place(child, Rect(x, y, size.width + 0.5, size.height), scale)

    def in_cells(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        gap = self.gap(element, scale)
        lines = grid_rows(element)
        height = (rect.height - gap * max(0, len(lines) - 1)) / max(1, len(lines))
        placed: list[Placed] = []
        for down, row in enumerate(lines):
            width = cell_width(rect.width, gap, len(row))
            push = self._push(element, row, width, height, scale)
            for across, child in enumerate(row):
                cell = Rect(rect.x + across * (width + gap), rect.y + down * (height + gap), width, height)
                placed.append(self.place(child, cell, scale, push))
        return placed

    def in_rows(self, element: Element, rect: Rect, scale: float) -> list[Placed]:
        gap, y = self.gap(element, scale), rect.y
        placed: list[Placed] = []
        for row in self.wrapped(element, rect.width, scale):
            height = max(size.height for _, size in row)
            used = sum(size.width for _, size in row) + gap * (len(row) - 1)
            x = rect.x + _offset(element.node.align, rect.width - used)
            for child, size in row:
                drop = (height - size.height) / 2
                placed.append(self.place(child, Rect(x, y + drop, size.width + 0.5, size.height), scale))
                x += size.width + gap
            y += height + gap
        return placed

    def _push(self, element: Element, row: Sequence[Element], width: float, height: float, scale: float) -> float:
        """How far down the cells of a row begin so that the tallest stands in the middle."""
        if not cast("nodes.Grid", element.node).level:
            return 0.0
        tallest = max(self.measure(child, width, scale).height for child in row)
        return max(0.0, (height - tallest) / 2)


_PLACES: dict[str, Callable[[Layout, Element, Rect, float], list[Placed]]] = {
    "fit": Layout.best, "row": Layout.along_row, "grid": Layout.in_cells,
    "column": Layout.down_column, "stack": Layout.over_one_another,
    "wrap": Layout.in_rows, "bars": plots, "line": plots,
}  # fmt: skip


def _square(rect: Rect) -> Rect:
    """The square in the middle: a stretched ring or code stays as wide as it is high."""
    side = min(rect.width, rect.height)
    return Rect(rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side)


def _offset(align: str, free: float) -> float:
    return {"center": free / 2, "end": free}.get(align, 0.0)


def _spread(lengths: Sequence[float], gap: float, room: float, justify: str) -> list[float]:
    """Where each child starts along the main axis."""
    free = room - sum(lengths) - gap * max(0, len(lengths) - 1)
    if justify == "between" and len(lengths) > 1:
        gap += max(0.0, free) / (len(lengths) - 1)
        free = 0.0
    starts, at = [], _offset(justify, free)
    for length in lengths:
        starts.append(at)
        at += length + gap
    return starts
