"""Painting many pictures that have much in common: what the last ones shared is painted once and laid under the next.

A picture is a list of strokes, painted in their order. Strokes that touch no common pixel may change places, so a
picture may begin with the strokes it shares with others, if none of the rest that came before reaches under one of
them. The result is the same to the byte as painting everything, in whatever order pictures are asked for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from math import ceil, floor
from typing import NamedTuple

from loa.render.canvas import Pixels, SkiaCanvas
from loa.render.display import Bounds, Stroke
from loa.render.finish import QUALITY, jpeg
from loa.render.strips import Strips, apart, renewed, together

_MOST_EASELS = 3
_EVERYWHERE: Bounds = (0, 0, 100_000, 100_000)
_WORTH = 0.5
"""The share of its strokes that a picture must have in common with others for their ground to be kept."""


class Ground(NamedTuple):
    """Strokes that pictures share, and what they look like together."""

    marks: tuple[int, ...]
    known: frozenset[int]
    pixels: Pixels


class Sheet(NamedTuple):
    """A painted picture. It is the next one's as soon as its block ends."""

    pixels: Pixels
    jpeg: Callable[[], bytes]


class Easel:
    """Paints the pictures of one template in one format, one after the other on the same canvas."""

    def __init__(self, width: int, height: int) -> None:
        self._canvas = SkiaCanvas(width, height)
        self._ground: Ground | None = None
        self._strips: Strips | None = None
        self._last: frozenset[int] = frozenset()
        self._touched: list[Bounds] = []
        self._lock = threading.Lock()

    @contextmanager
    def painted(self, strokes: Sequence[Stroke]) -> Iterator[Sheet]:
        """A sheet with these strokes on it."""
        with self._lock:
            on_ground = self._paint(strokes)
            yield Sheet(self._canvas.pixels, self._jpeg if on_ground else lambda: jpeg(self._canvas.pixels))

    def _paint(self, strokes: Sequence[Stroke]) -> bool:
        """Paint; whether the ground of earlier pictures lies under it."""
        ground = self._ground
        shared, rest = _parted(strokes, ground.known if ground is not None else self._last)
        marks = tuple(stroke.mark for stroke in shared)
        on_ground = ground is not None and marks == ground.marks
        if on_ground and ground is not None:
            for bounds in self._touched:
                _cut(self._canvas.pixels, bounds)[:] = _cut(ground.pixels, bounds)
            self._touched = [stroke.bounds for stroke in rest]
        else:
            self._begin(shared, rest)
            self._last = frozenset(stroke.mark for stroke in strokes)
        _draw(self._canvas, rest)
        return on_ground

    def _begin(self, shared: Sequence[Stroke], rest: Sequence[Stroke]) -> None:
        """Paint from nothing, and keep what is shared if it is worth keeping."""
        if self._touched:  # a new canvas is clear already
            self._canvas.pixels[:] = 0
        _draw(self._canvas, shared)
        self._touched = [_EVERYWHERE]
        if len(shared) >= _WORTH * (len(shared) + len(rest)):
            marks = tuple(stroke.mark for stroke in shared)
            self._ground, self._strips = Ground(marks, frozenset(marks), self._canvas.pixels.copy()), None
            self._touched = [stroke.bounds for stroke in rest]

    def _jpeg(self) -> bytes:
        """The picture in strips: those of the ground, and new ones where something was painted on it."""
        if self._ground is None:
            return jpeg(self._canvas.pixels)
        if self._strips is None:
            self._strips = apart(jpeg(self._ground.pixels))
        rows = [(top, bottom) for _, top, _, bottom in self._touched]
        return together(renewed(self._strips, self._canvas.pixels, rows, QUALITY))


def _draw(canvas: SkiaCanvas, strokes: Sequence[Stroke]) -> None:
    for stroke in strokes:
        stroke.draw(canvas)


def _parted(strokes: Sequence[Stroke], known: frozenset[Hashable]) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes that may go first because they are known and nothing before them reaches under them, and the rest."""
    shared: list[Stroke] = []
    rest: list[Stroke] = []
    for stroke in strokes:
        if stroke.mark in known and not any(_touch(stroke.bounds, other.bounds) for other in rest):
            shared.append(stroke)
        else:
            rest.append(stroke)
    return shared, rest


def _cut(pixels: Pixels, bounds: Bounds) -> Pixels:
    left, top, right, bottom = bounds
    return pixels[max(0, floor(top)) : max(0, ceil(bottom)), max(0, floor(left)) : max(0, ceil(right))]


def _touch(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


_easels: OrderedDict[Hashable, Easel] = OrderedDict()
_door = threading.Lock()


def easel_for(key: Hashable, width: int, height: int) -> Easel:
    """The easel of a template in one format; those not used for longest are put away."""
    with _door:
        if key not in _easels:
            _easels[key] = Easel(width, height)
            if len(_easels) > _MOST_EASELS:
                _easels.popitem(last=False)
        _easels.move_to_end(key)
        return _easels[key]


def forget() -> None:
    """Put all easels away: the next picture is painted from nothing."""
    with _door:
        _easels.clear()
