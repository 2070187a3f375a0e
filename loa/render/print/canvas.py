"""The canvas for paper: what reaches the trimmed edge runs on into the bleed, and no shadow is blurred."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import skia

from loa.render.fontfiles import FAMILY
from loa.render.pen import Pixels, SkiaPen, stroke_paint
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba, Shade

_NEAR = 0.5
"""Units: a box that ends this close to the trimmed edge was meant to end on it."""
_HAIRLINE = 1.5
_FULL = 360.0
_INSIDE = 1.0
_SHADOW_AS_LINE = 1.6
"""How much denser the thin line is than the shadow it stands for."""


class PrintCanvas(SkiaPen):
    """Draws one page, in units of its format, on a canvas of Skia that lies ready: of a PDF, or a raster."""

    def __init__(self, canvas: Any, page: Rect, bleed: float, letters: Callable[[Rgba], Rgba] | None = None) -> None:
        super().__init__(canvas)
        self._letters = letters
        self._page = page
        self._bleed = bleed

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None:
        grown, corners, reach = self._outgrown(rect, radius)
        if any(corners) and any(reach):
            self._canvas.drawPath(_with_strips(rect, corners, reach), self._fill(fill, rect))
        elif any(corners):
            super().rect(rect, fill, corners)
        else:
            self._canvas.drawRect(skia.Rect.MakeXYWH(*grown), self._fill(fill, rect))

    def tiles(self, rects: Iterable[Rect], fill: Rgba) -> None:
        """All boxes as one shape: between neighbours drawn one by one a viewer shows hairlines."""
        path = skia.Path()
        for rect in rects:
            path.addRect(skia.Rect.MakeXYWH(*rect))
        self._canvas.drawPath(path, self._fill(fill, self._page))

    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None:
        """A hairline: a blur would reach the press as a coarse picture under sharp type."""
        del blur, drop
        alpha = min(255, round(color[3] * _SHADOW_AS_LINE))
        self.outline(rect.inset((-_HAIRLINE,) * 4), (*color[:3], alpha), _HAIRLINE, radius)

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
        shown = self._letters(color) if self._letters is not None else color
        super().line(text, x, baseline, size, weight, tracking, shown, family)

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
        self._canvas.drawPath(_circle(x, y, radius, span), stroke_paint(color, width, round_ends=round_ends))

    def disc(self, x: float, y: float, radius: float, fill: Rgba) -> None:
        self._canvas.drawPath(_circle(x, y, radius, (0, _FULL)), self._fill(fill, self._page))

    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None:
        with self.clip(rect, radius):
            super().picture(pixels, self._grown(rect))

    @contextmanager
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Iterator[None]:
        grown, corners, reach = self._outgrown(rect, radius)
        if not any(corners) or not any(reach):
            with super().clip(grown, corners):
                yield
            return
        self._canvas.save()
        self._canvas.clipPath(_with_strips(rect, corners, reach), True)  # noqa: FBT003 - Skia takes it by place
        yield
        self._canvas.restore()

    def _reach(self, rect: Rect) -> Edges:
        """How far a box runs on at each side: the bleed where it reaches the trimmed edge, else nothing."""
        page = self._page
        return (
            self._bleed * (rect.y <= page.y + _NEAR),
            self._bleed * (rect.x + rect.width >= page.x + page.width - _NEAR),
            self._bleed * (rect.y + rect.height >= page.y + page.height - _NEAR),
            self._bleed * (rect.x <= page.x + _NEAR),
        )

    def _outgrown(self, rect: Rect, radius: Edges) -> tuple[Rect, Edges, Edges]:
        """A box with its bleed, the corners that stay round (those of the page never do), and how far it runs on."""
        top, right, bottom, left = reach = self._reach(rect)
        sides = ((top, left), (top, right), (bottom, right), (bottom, left))
        first, second, third, fourth = (
            0.0 if one and other else value for value, (one, other) in zip(radius, sides, strict=True)
        )
        return rect.inset((-top, -right, -bottom, -left)), (first, second, third, fourth), reach

    def _grown(self, rect: Rect) -> Rect:
        """A picture that reaches the edge, larger about its middle, so that it covers the bleed undistorted."""
        top, right, bottom, left = self._reach(rect)
        factor = max(1 + 2 * max(left, right) / rect.width, 1 + 2 * max(top, bottom) / rect.height)
        across, down = rect.width * (factor - 1) / 2, rect.height * (factor - 1) / 2
        return rect.inset((-down, -across, -down, -across))


def _circle(x: float, y: float, radius: float, span: tuple[float, float]) -> Any:
    """A circle or a part of one in as few curves as a press needs: Skia would write it in sixteen times as many."""
    path = skia.Path()
    parts = max(1, math.ceil((span[1] - span[0]) / 90 - 1e-6))
    step = math.radians((span[1] - span[0]) / parts)
    pull = 4 / 3 * math.tan(step / 4) * radius
    turn = math.radians(span[0] - 90)
    path.moveTo(x + radius * math.cos(turn), y + radius * math.sin(turn))
    for _ in range(parts):
        before, turn = (math.cos(turn), math.sin(turn)), turn + step
        after = (math.cos(turn), math.sin(turn))
        path.cubicTo(
            x + radius * before[0] - pull * before[1],
            y + radius * before[1] + pull * before[0],
            x + radius * after[0] + pull * after[1],
            y + radius * after[1] - pull * after[0],
            x + radius * after[0],
            y + radius * after[1],
        )
    if span[1] - span[0] >= _FULL:
        path.close()
    return path


def _with_strips(rect: Rect, corners: Edges, reach: Edges) -> Any:
    """A rounded box and the strips that carry it into the bleed, as one shape: a round corner stays where it was."""
    top, right, bottom, left = reach
    path = skia.Path()
    shape = skia.RRect()
    shape.setRectRadii(skia.Rect.MakeXYWH(*rect), [skia.Point(value, value) for value in corners])
    path.addRRect(shape)
    x, y, end, foot = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
    top_left, top_right, low_right, low_left = corners
    strips = (
        (left, (x - left, y - top + top_left * (not top), x + _INSIDE, foot + bottom - low_left * (not bottom))),
        (
            right,
            (end - _INSIDE, y - top + top_right * (not top), end + right, foot + bottom - low_right * (not bottom)),
        ),
        (top, (x - left + top_left * (not left), y - top, end + right - top_right * (not right), y + _INSIDE)),
        (
            bottom,
            (x - left + low_left * (not left), foot - _INSIDE, end + right - low_right * (not right), foot + bottom),
        ),
    )
    for wanted, strip in strips:
        if wanted:
            path.addRect(skia.Rect.MakeLTRB(*strip))
    return path
