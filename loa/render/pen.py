"""Drawing with Skia on a canvas that lies ready: of a raster, or of a page of a PDF."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from loa.render.fontfiles import FAMILY
from loa.render.tree.fonts import draw_line
from loa.render.tree.icon_path import Command
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba, Shade

Pixels = NDArray[np.uint8]


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


def stroke_paint(color: Rgba, width: float, *, round_ends: bool = False) -> Any:
    """The paint of a line of this width."""
    cap = skia.Paint.kRound_Cap if round_ends else skia.Paint.kButt_Cap
    return skia.Paint(
        AntiAlias=True, Color=_argb(color), Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=cap
    )


class SkiaPen:
    """Draws on any canvas of Skia. Angles are degrees, 0 at twelve o'clock, clockwise."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def _fill(self, fill: Rgba | Shade, rect: Rect) -> Any:
        if isinstance(fill, Shade):
            return skia.Paint(AntiAlias=True, Shader=_shader(fill, rect), Dither=True)
        return skia.Paint(AntiAlias=True, Color=_argb(fill))

    def rect(self, rect: Rect, fill: Rgba | Shade, radius: Edges = (0, 0, 0, 0)) -> None:
        if any(radius):
            self._canvas.drawRRect(_rounded(rect, radius), self._fill(fill, rect))
        else:
            self._canvas.drawRect(skia.Rect.MakeXYWH(*rect), self._fill(fill, rect))

    def tiles(self, rects: Iterable[Rect], fill: Rgba) -> None:
        """Many sharp boxes of one colour, such as the modules of a code."""
        paint = skia.Paint(AntiAlias=False, Color=_argb(fill))
        for rect in rects:
            self._canvas.drawRect(skia.Rect.MakeXYWH(*rect), paint)

    def outline(self, rect: Rect, color: Rgba, width: float, radius: Edges = (0, 0, 0, 0)) -> None:
        half = width / 2
        left, top, right, bottom = (max(0, value - half) for value in radius)
        corners = (left, top, right, bottom)
        self._canvas.drawRRect(_rounded(rect.inset((half, half, half, half)), corners), stroke_paint(color, width))

    def shadow(self, rect: Rect, radius: Edges, blur: float, drop: float, color: Rgba) -> None:
        """A shadow on the ground around a box. Under the box nothing is drawn: it would never be seen."""
        paint = skia.Paint(AntiAlias=True, Color=_argb(color))
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur / 2))
        under = rect.inset((max(radius),) * 4)
        self._canvas.save()
        if under.width > 0 and under.height > 0:
            self._canvas.clipRect(skia.Rect.MakeXYWH(*under), skia.ClipOp.kDifference, False)  # noqa: FBT003 - Skia takes it by place
        self._canvas.drawRRect(_rounded(rect._replace(y=rect.y + drop), radius), paint)
        self._canvas.restore()

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
        paint = stroke_paint(color, width, round_ends=round_ends)
        box = skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius)
        if span[1] - span[0] >= 360:  # noqa: PLR2004 (a full turn)
            self._canvas.drawOval(box, paint)
        else:
            self._canvas.drawArc(box, span[0] - 90, span[1] - span[0], False, paint)  # noqa: FBT003 - Skia takes it by place

    def polygon(self, points: Sequence[tuple[float, float]], fill: Rgba) -> None:
        path = skia.Path.Polygon([skia.Point(*point) for point in points], True)  # noqa: FBT003 - Skia takes it by place
        self._canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=_argb(fill)))

    def strokes(self, commands: Sequence[Command], x: float, y: float, scale: float, width: float, color: Rgba) -> None:
        paint = stroke_paint(color, width * scale, round_ends=True)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        path = skia.Path()
        steps: dict[str, Callable[..., Any]] = {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo}
        for letter, numbers in commands:
            if letter == "Z":
                path.close()
            elif letter == "O":
                path.addCircle(x + numbers[0] * scale, y + numbers[1] * scale, numbers[2] * scale)
            else:
                steps[letter](*(value * scale + (x, y)[index % 2] for index, value in enumerate(numbers)))
        self._canvas.drawPath(path, paint)

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
        draw_line(self._canvas, text, x, baseline, size, weight, tracking, _argb(color), family)

    def picture(self, pixels: Pixels, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> None:
        image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
        with self.clip(rect, radius):
            sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
            self._canvas.drawImageRect(image, skia.Rect.MakeXYWH(*rect), sampling)

    def kept(self, _key: Hashable, _rect: Rect, draw: Callable[[SkiaPen], None]) -> None:
        """Draw what looks the same in many pictures. Only a raster has something to gain from keeping it."""
        draw(self)

    @contextmanager
    def clip(self, rect: Rect, radius: Edges = (0, 0, 0, 0)) -> Iterator[None]:
        self._canvas.save()
        if any(radius):
            self._canvas.clipRRect(_rounded(rect, radius), True)  # noqa: FBT003 - Skia takes it by place
        else:
            self._canvas.clipRect(skia.Rect.MakeXYWH(*rect), True)  # noqa: FBT003 - Skia takes it by place
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
