"""The canvas interface that painting draws on, and its first face: Skia's raster."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import skia

from loa.render.fontfiles import FAMILY
from loa.render.pen import Pixels, SkiaPen
from loa.render.tree.icon_path import Command
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba, Shade

__all__ = ["Canvas", "Pixels", "SkiaCanvas"]
_MOST_KEPT = 5_000_000
"""Pixels of grounds that a process remembers, four bytes each: those of two or three formats."""


class Canvas(Protocol):
    """What a drawing engine must be able to do. Angles are degrees, 0 at twelve o'clock, clockwise."""

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None: ...
    def tiles(self, rects: Iterable[Rect], fill: Rgba) -> None: ...
    def outline(self, rect: Rect, color: Rgba, width: float, radius: Edges = (0, 0, 0, 0)) -> None: ...
    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None: ...
    def disc(self, x: float, y: float, radius: float, fill: Rgba) -> None: ...
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
    ) -> None: ...
    def polygon(self, points: Sequence[tuple[float, float]], fill: Rgba) -> None: ...
    def strokes(
        self, commands: Sequence[Command], x: float, y: float, scale: float, width: float, color: Rgba
    ) -> None: ...
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
    ) -> None: ...
    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None: ...
    def kept(self, key: Hashable, rect: Rect, draw: Callable[[Any], None]) -> None: ...
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Any: ...
    def moved(self, dx: float, dy: float, scale: float, about: tuple[float, float], opacity: float) -> Any: ...


class _Grounds:
    """Grounds painted once and laid down many times; those not used for longest are forgotten first."""

    def __init__(self) -> None:
        self._images: OrderedDict[Hashable, Any] = OrderedDict()
        self._pixels = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, width: int, height: int, draw: Callable[[SkiaPen], None]) -> Any:
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
            return self._add(key, width, height, draw)

    def _add(self, key: Hashable, width: int, height: int, draw: Callable[[SkiaPen], None]) -> Any:
        canvas = SkiaCanvas(width, height)
        draw(canvas)
        image = skia.Image.fromarray(canvas.pixels, skia.kRGBA_8888_ColorType, skia.kOpaque_AlphaType)
        self._images[key] = image
        self._pixels += width * height
        while self._pixels > _MOST_KEPT and len(self._images) > 1:
            _, forgotten = self._images.popitem(last=False)
            self._pixels -= forgotten.width() * forgotten.height()
        return image


_GROUNDS = _Grounds()


class SkiaCanvas(SkiaPen):
    """A raster in memory, RGBA."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        self._surface = skia.Surface.MakeRasterDirect(
            skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType), self.pixels
        )
        super().__init__(self._surface.getCanvas())

    def kept(self, key: Hashable, rect: Rect, draw: Callable[[SkiaPen], None]) -> None:
        """Draw an opaque ground that fills the whole picture, from memory if it was drawn before.

        A gradient over a picture takes longer than all the words on it.
        """
        height, width = self.pixels.shape[:2]
        if rect == (0, 0, width, height):
            self._canvas.drawImage(_GROUNDS.get((width, height, key), width, height, draw), 0, 0)
        else:
            draw(self)
