"""A picture as a list of strokes, so that two pictures can be compared before either is painted.

The recorder is a canvas that draws nothing. Every stroke tells what it is (two that tell the same look the same) and
which pixels it may touch, generously.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple, cast

from loa.render.fontfiles import FAMILY
from loa.render.pen import Pixels, SkiaPen
from loa.render.tree.boxes import boxes_of
from loa.render.tree.fonts import em_reach, width_of
from loa.render.tree.icon_path import Command
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import Painter
from loa.render.tree.theme import Edges, Rgba, Shade, Theme

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_RIM = 2.0
"""Pixels: how far the soft edge of a shape may reach."""
_ASIDE = 0.15
"""Of the size of type: letters that lean out."""
_BLUR = 1.55
_MOST_MARKS, _MOST_SKETCHES = 50_000, 20_000


class Stroke(NamedTuple):
    """One act of drawing: ``draw`` does it, and two with the same ``mark`` look the same."""

    mark: int
    bounds: Bounds
    draw: Callable[[SkiaPen], None]


_marks: dict[Hashable, int] = {}
_next_mark = count()


def _mark(*told: Hashable) -> int:
    """A number for what a stroke looks like. Numbers are never used twice, so that forgetting them does no harm."""
    mark = _marks.get(told)
    if mark is None:
        if len(_marks) >= _MOST_MARKS:
            _marks.clear()
        mark = _marks[told] = next(_next_mark)
    return mark


def _around(rect: Rect, by: float = _RIM) -> Bounds:
    return rect.x - by, rect.y - by, rect.x + rect.width + by, rect.y + rect.height + by


def _about(points: Iterable[tuple[float, float]], by: float) -> Bounds:
    across, down = zip(*points, strict=True)
    return min(across) - by, min(down) - by, max(across) + by, max(down) + by


class Recorder:
    """A canvas that notes strokes."""

    def __init__(self) -> None:
        self.strokes_made: list[Stroke] = []
        self.pictures_shown = 0

    def _note(self, bounds: Bounds, name: str, *args: Any) -> None:
        self.strokes_made.append(Stroke(_mark(name, *args), bounds, lambda pen: getattr(pen, name)(*args)))

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None:
        self._note(_around(rect), "rect", rect, fill, radius)

    def tiles(self, rects: Iterable[Rect], fill: Rgba) -> None:
        tiles = tuple(rects)
        corners = [(x, y) for rect in tiles for x, y in (rect[:2], (rect.x + rect.width, rect.y + rect.height))]
        self._note(_about(corners or [(0, 0)], _RIM), "tiles", tiles, fill)

    def outline(self, rect: Rect, color: Rgba, width: float, radius: Edges = (0, 0, 0, 0)) -> None:
        self._note(_around(rect), "outline", rect, color, width, radius)

    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None:
        self._note(_around(rect, blur * _BLUR + abs(drop) + _RIM), "shadow", rect, radius, blur, drop, color)

    def disc(self, x: float, y: float, radius: float, fill: Rgba) -> None:
        self._note(_about([(x, y)], radius + _RIM), "disc", x, y, radius, fill)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        width: float,
        span: tuple[float, float],
        color: Rgba,
        *,
        round_ends: bool,
    ) -> None:
        mark = _mark("arc", x, y, radius, width, span, color, round_ends)
        bounds = _about([(x, y)], radius + width + _RIM)
        self.strokes_made.append(
            Stroke(mark, bounds, lambda pen: pen.arc(x, y, radius, width, span, color, round_ends=round_ends))
        )

    def polygon(self, points: Sequence[tuple[float, float]], fill: Rgba) -> None:
        self._note(_about(points, _RIM), "polygon", tuple(points), fill)

    def strokes(self, commands: Sequence[Command], x: float, y: float, scale: float, width: float, color: Rgba) -> None:
        reach = max((abs(value) for _, numbers in commands for value in numbers), default=0.0)
        by = (2 * reach + width) * abs(scale) + _RIM
        self._note(_about([(x, y)], by), "strokes", tuple(commands), x, y, scale, width, color)

    def line(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float,
        weight: int,
        tracking: float,
        color: Rgba,
        family: str = FAMILY,
    ) -> None:
        aside = size * _ASIDE + _RIM
        wide = width_of(text, size, weight, tracking, family)
        above, below = em_reach(text, weight, family)
        bounds = (x - aside, baseline - size * above - _RIM, x + wide + aside, baseline + size * below + _RIM)
        self._note(bounds, "line", text, x, baseline, size, weight, tracking, color, family)

    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None:
        self.pictures_shown += 1  # pixels are not compared: a picture is a mark of its own
        self.strokes_made.append(Stroke(next(_next_mark), _around(rect), lambda pen: pen.picture(pixels, rect, radius)))

    def kept(self, key: Hashable, rect: Rect, draw: Callable[[Any], None]) -> None:
        self.strokes_made.append(Stroke(_mark("kept", key, rect), _around(rect), lambda pen: pen.kept(key, rect, draw)))

    @contextmanager
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Iterator[None]:
        """What is drawn within a clip is one stroke: it ends where the clip ends."""
        outer, self.strokes_made = self.strokes_made, []
        yield
        inner, self.strokes_made = self.strokes_made, outer

        def draw(pen: SkiaPen) -> None:
            with pen.clip(rect, radius):
                for stroke in inner:
                    stroke.draw(pen)

        mark = _mark("clip", rect, radius, tuple(stroke.mark for stroke in inner))
        self.strokes_made.append(Stroke(mark, _around(rect), draw))

    def moved(self, dx: float, dy: float, scale: float, about: tuple[float, float], opacity: float) -> Any:
        """Moving is for clips, whose frames are painted as they come."""
        raise NotImplementedError


class Sketcher(Painter):
    """A painter that notes strokes. Boxes that stand where they stood in an earlier picture are not drawn anew."""

    def _pose(self, placed: Placed, drawn: float) -> None:
        recorder, known = cast("Recorder", self.canvas), boxes_of(self.theme).sketches
        if (strokes := known.get(placed)) is not None:
            recorder.strokes_made.extend(strokes)
            return
        start, shown = len(recorder.strokes_made), recorder.pictures_shown
        Painter._pose(self, placed, drawn)  # noqa: SLF001 (its own; super() has no class in a dataclass with slots)
        if shown == recorder.pictures_shown:
            if len(known) > _MOST_SKETCHES:
                known.clear()
            known[placed] = recorder.strokes_made[start:]


def strokes_of(theme: Theme, placed: Sequence[Placed], pictures: Mapping[str, Pixels]) -> list[Stroke]:
    """The strokes that paint a picture, in their order."""
    recorder = Recorder()
    sketcher = Sketcher(recorder, theme, pictures)
    for root in placed:
        sketcher.paint(root)
    return recorder.strokes_made
