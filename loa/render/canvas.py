"""The canvas interface that painting draws on, and its first face: Skia's raster."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import numpy as np
import skia
from numpy.typing import NDArray

from loa.render.tree.fonts import draw_line
from loa.render.tree.icon_path import Command
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba, Shade

Pixels = NDArray[np.uint8]


class Canvas(Protocol):
    """What a drawing engine must be able to do. Angles are degrees, 0 at twelve o'clock, clockwise."""

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None: ...
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
        self, text: str, x: float, baseline: float, size: float, weight: int, tracking: float, color: Rgba
    ) -> None: ...
    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None: ...
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Any: ...
    def moved(self, dx: float, dy: float, scale: float, about: tuple[float, float], opacity: float) -> Any: ...


def _argb(color: Rgba) -> int:
    return int(skia.ColorSetARGB(color[3], color[0], color[1], color[2]))


def _rounded(rect: Rect, radius: Edges) -> Any:
    shape = skia.RRect()
    corners = [skia.Point(value, value) for value in radius]
    shape.setRectRadii(skia.Rect.MakeXYWH(*rect), corners)
    return shape


def _shader(shade: Shade, rect: Rect) -> Any:
    turn = math.radians(shade.angle)
    dx, dy = math.cos(turn), math.sin(turn)
    reach = (abs(rect.width * dx) + abs(rect.height * dy)) / 2
    middle = (rect.x + rect.width / 2, rect.y + rect.height / 2)
    ends = [skia.Point(middle[0] + sign * dx * reach, middle[1] + sign * dy * reach) for sign in (-1, 1)]
    return skia.GradientShader.MakeLinear(ends, [_argb(shade.start), _argb(shade.end)])


class SkiaCanvas:
    """A raster in memory, RGBA."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        self._surface = skia.Surface.MakeRasterDirect(
            skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType), self.pixels
        )
        self._canvas = self._surface.getCanvas()

    def _fill(self, fill: Rgba | Shade, rect: Rect) -> Any:
        if isinstance(fill, Shade):
            return skia.Paint(AntiAlias=True, Shader=_shader(fill, rect), Dither=True)
        return skia.Paint(AntiAlias=True, Color=_argb(fill))

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None:
        self._canvas.drawRRect(_rounded(rect, radius), self._fill(fill, rect))

    def outline(self, rect: Rect, color: Rgba, width: float, radius: Edges = (0, 0, 0, 0)) -> None:
        half = width / 2
        paint = skia.Paint(AntiAlias=True, Color=_argb(color), Style=skia.Paint.kStroke_Style, StrokeWidth=width)
        left, top, right, bottom = (max(0, value - half) for value in radius)
        corners = (left, top, right, bottom)
        self._canvas.drawRRect(_rounded(rect.inset((half, half, half, half)), corners), paint)

    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None:
        paint = skia.Paint(AntiAlias=True, Color=_argb(color))
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur / 2))
        self._canvas.drawRRect(_rounded(rect._replace(y=rect.y + drop), radius), paint)

    def disc(self, x: float, y: float, radius: float, fill: Rgba) -> None:
        self._canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=_argb(fill)))

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
        cap = skia.Paint.kRound_Cap if round_ends else skia.Paint.kButt_Cap
        paint = skia.Paint(
            AntiAlias=True, Color=_argb(color), Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=cap
        )
        box = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
        if span[1] - span[0] >= 360:  # noqa: PLR2004 (a full turn)
            self._canvas.drawOval(box, paint)
        else:
            self._canvas.drawArc(box, span[0] - 90, span[1] - span[0], False, paint)  # noqa: FBT003 - Skia takes it by place

    def polygon(self, points: Sequence[tuple[float, float]], fill: Rgba) -> None:
        path = skia.Path.Polygon([skia.Point(*point) for point in points], True)  # noqa: FBT003 - Skia takes it by place
        self._canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=_argb(fill)))

    def strokes(self, commands: Sequence[Command], x: float, y: float, scale: float, width: float, color: Rgba) -> None:
        paint = skia.Paint(
            AntiAlias=True, Color=_argb(color), Style=skia.Paint.kStroke_Style, StrokeWidth=width * scale,
            StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
        )  # fmt: skip
        path = skia.Path()
        steps: dict[str, Callable[..., Any]] = {
            "M": path.moveTo,
            "L": path.lineTo,
            "C": path.cubicTo,
            "O": path.addCircle,
        }
        for letter, numbers in commands:
            if letter == "Z":
                path.close()
            elif letter == "O":
                path.addCircle(x + numbers[0] * scale, y + numbers[1] * scale, numbers[2] * scale)
            else:
                steps[letter](*(value * scale + (x, y)[index % 2] for index, value in enumerate(numbers)))
        self._canvas.drawPath(path, paint)

    def line(
        self, text: str, x: float, baseline: float, size: float, weight: int, tracking: float, color: Rgba
    ) -> None:
        draw_line(self._canvas, text, x, baseline, size, weight, tracking, _argb(color))

    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None:
        image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
        with self.clip(rect, radius):
            sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
            self._canvas.drawImageRect(image, skia.Rect.MakeXYWH(*rect), sampling)

    @contextmanager
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Iterator[None]:
        self._canvas.save()
        self._canvas.clipRRect(_rounded(rect, radius), True)  # noqa: FBT003 - Skia takes it by place
        yield
        self._canvas.restore()

    @contextmanager
    def moved(self, dx: float, dy: float, scale: float, about: tuple[float, float], opacity: float) -> Iterator[None]:
        if opacity < 1:
            self._canvas.saveLayerAlpha(None, round(255 * max(0.0, opacity)))
        else:
            self._canvas.save()
        self._canvas.translate(dx + about[0], dy + about[1])
        self._canvas.scale(scale, scale)
        self._canvas.translate(-about[0], -about[1])
        yield
        self._canvas.restore()
