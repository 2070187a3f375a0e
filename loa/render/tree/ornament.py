"""The ornaments of a brand: its motif in the corner of a box, and our neutral mark where there is no logo."""

from __future__ import annotations

import math
from collections.abc import Callable

from loa.render.brand import Motif
from loa.render.canvas import Canvas
from loa.render.tree.measure import Rect
from loa.render.tree.theme import Edges, Rgba

_FULL = 360.0
_GOLD: Rgba = (255, 205, 0, 255)
_RED: Rgba = (213, 32, 40, 255)
_CORNERS = 5


def motif(canvas: Canvas, kind: Motif, corner: str, rect: Rect, radius: Edges, color: Rgba) -> None:
    """The brand's pattern, growing out of one corner of a box."""
    draw = _MOTIFS.get(kind)
    if draw is None:
        return
    x = rect.x + rect.width * (0.96 if "right" in corner else 0.04)
    y = rect.y + (rect.height * 1.02 if "bottom" in corner else -rect.height * 0.02)
    step = max(24.0, min(rect.width, rect.height) * 0.17)
    with canvas.clip(rect, radius):
        draw(canvas, x, y, step, color)


def _waves(canvas: Canvas, x: float, y: float, step: float, color: Rgba) -> None:
    """The waves of a loudspeaker."""
    for ring in range(5):
        canvas.arc(x, y, step * (ring + 0.75), step * 0.36, (0, _FULL), color, round_ends=False)


def _drum(canvas: Canvas, x: float, y: float, step: float, color: Rgba) -> None:
    """The face of a bronze drum: a star of fourteen rays, rings, and a band of dashes."""
    star = []
    for corner in range(28):
        turn = math.radians(corner * _FULL / 28)
        reach = step * (1.5 if corner % 2 == 0 else 0.62)
        star.append((x + math.cos(turn) * reach, y + math.sin(turn) * reach))
    canvas.polygon(star, color)
    for radius, width in ((1.9, 0.07), (2.1, 0.07), (3.0, 0.07), (3.2, 0.07), (4.4, 0.12)):
        canvas.arc(x, y, step * radius, step * width, (0, _FULL), color, round_ends=False)
    for dash in range(36):
        canvas.arc(x, y, step * 2.55, step * 0.5, (dash * 10, dash * 10 + 4), color, round_ends=False)
    for dash in range(60):
        canvas.arc(x, y, step * 3.8, step * 0.7, (dash * 6, dash * 6 + 2.4), color, round_ends=False)


def _rays(canvas: Canvas, x: float, y: float, step: float, color: Rgba) -> None:
    """The rays of a rising sun."""
    reach = step * 12
    for ray in range(20):
        first, second = (math.radians(ray * 18 + edge) for edge in (0, 8))
        points = [(x, y), *((x + math.cos(turn) * reach, y + math.sin(turn) * reach) for turn in (first, second))]
        canvas.polygon(points, color)


_MOTIFS: dict[str, Callable[[Canvas, float, float, float, Rgba], None]] = {
    "waves": _waves, "drum": _drum, "rays": _rays,
}  # fmt: skip


def star_mark(canvas: Canvas, rect: Rect) -> None:
    """A star in a ringed disc."""
    x, y, half = rect.x + rect.width / 2, rect.y + rect.height / 2, rect.width / 2
    canvas.disc(x, y, half, _GOLD)
    canvas.disc(x, y, half * 0.925, _RED)
    points = []
    for corner in range(2 * _CORNERS):
        turn = math.radians(corner * _FULL / (2 * _CORNERS) - 90)
        reach = half * (0.60 if corner % 2 == 0 else 0.60 * 0.382)
        points.append((x + math.cos(turn) * reach, y + half * 0.03 + math.sin(turn) * reach))
    canvas.polygon(points, _GOLD)
