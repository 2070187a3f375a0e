"""The canvas for paper: what reaches the trimmed edge runs on into the bleed, and no shadow is blurred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import skia

from loa.render.pen import Pixels, SkiaPen
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba, Shade

_NEAR = 0.5
"""Units: a box that ends this close to the trimmed edge was meant to end on it."""
_HAIRLINE = 1.5
_INSIDE = 1.0
_SHADOW_AS_LINE = 1.6
"""How much denser the thin line is than the shadow it stands for."""


class PrintCanvas(SkiaPen):
    """Draws one page, in units of its format, on a canvas of Skia that lies ready: of a PDF, or a raster."""

    def __init__(self, canvas: Any, page: Rect, bleed: float) -> None:
        super().__init__(canvas)
        self._page = page
        self._bleed = bleed

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None:
        if any(reach := self._reach(rect)):
            self._canvas.drawPath(_outgrown(rect, radius, reach), self._fill(fill, rect))
        else:
            super().rect(rect, fill, radius)

    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None:
        """A hairline: a blur would reach the press as a coarse picture under sharp type."""
        del blur, drop
        alpha = min(255, round(color[3] * _SHADOW_AS_LINE))
        self.outline(rect.inset((-_HAIRLINE,) * 4), (*color[:3], alpha), _HAIRLINE, radius)

    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None:
        wide = self._grown(rect)
        opaque = bool(np.all(pixels[..., 3] == 255))  # noqa: PLR2004 (an opaque photo goes into the PDF as JPEG)
        alpha = skia.kOpaque_AlphaType if opaque else skia.kUnpremul_AlphaType
        image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=alpha)
        with self.clip(rect, radius):
            sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
            self._canvas.drawImageRect(image, skia.Rect.MakeXYWH(*wide), sampling)

    @contextmanager
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Iterator[None]:
        reach = self._reach(rect)
        if not any(reach):
            with super().clip(rect, radius):
                yield
            return
        self._canvas.save()
        self._canvas.clipPath(_outgrown(rect, radius, reach), True)  # noqa: FBT003 - Skia takes it by place
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

    def _grown(self, rect: Rect) -> Rect:
        """A picture that reaches the edge, larger about its middle, so that it covers the bleed undistorted."""
        top, right, bottom, left = self._reach(rect)
        factor = max(1 + 2 * max(left, right) / rect.width, 1 + 2 * max(top, bottom) / rect.height)
        across, down = rect.width * (factor - 1) / 2, rect.height * (factor - 1) / 2
        return rect.inset((-down, -across, -down, -across))


def _outgrown(rect: Rect, radius: Edges, reach: Edges) -> Any:
    """A rounded box and the strips that carry it into the bleed, as one shape: a round corner stays where it was."""
    top, right, bottom, left = reach
    sides = ((top, left), (top, right), (bottom, right), (bottom, left))
    corners = [0.0 if one and other else value for value, (one, other) in zip(radius, sides, strict=True)]
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
