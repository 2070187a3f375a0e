"""Painting a placed tree on a canvas."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from loa.render.brand import Motif
from loa.render.canvas import Canvas, Pixels
from loa.render.tree import nodes
from loa.render.tree.figures import figure
from loa.render.tree.fill import Element
from loa.render.tree.icon_path import icon
from loa.render.tree.lettering import draw_text
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.ornament import motif, star_mark
from loa.render.tree.qr import QUIET, modules
from loa.render.tree.theme import Edges, Rgba, Shade, Theme

_SHADOW: Rgba = (12, 38, 82, 34)
_FULL = 360.0
_OPAQUE = 255
_Wave = tuple[Motif, str, Rgba]
"""The motif of a box: which one, from which corner, in which colour."""
_SLIT = 2.0
"""Degrees of ground between two shares of a donut."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How a node of a clip stands at one moment: ``drawn`` from 0 to 1 is how far it has counted or drawn."""

    dx: float = 0
    dy: float = 0
    scale: float = 1
    opacity: float = 1
    drawn: float = 1

    @property
    def is_still(self) -> bool:
        return (self.dx, self.dy, self.scale, self.opacity) == (0, 0, 1, 1)


STILL = Pose()


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws placed elements. ``pictures`` holds the pixels of logos and photos by field value."""

    canvas: Canvas
    theme: Theme
    pictures: Mapping[str, Pixels] = field(default_factory=dict)
    pose_of: Callable[[Placed], Pose] = lambda _: STILL

    def paint(self, placed: Placed, drawn: float = 1) -> None:
        """Draw a box and all that is in it."""
        self._shadow(placed, still=True)
        self._pose(placed, drawn)

    def _pose(self, placed: Placed, drawn: float) -> None:
        pose = self.pose_of(placed)
        drawn = min(drawn, pose.drawn)
        if pose.is_still:
            self._paint(placed, drawn)
        elif pose.opacity > 0:
            x, y, width, height = placed.rect
            with self.canvas.moved(pose.dx, pose.dy, pose.scale, (x + width / 2, y + height / 2), pose.opacity):
                self._shadow(placed, still=False)
                self._paint(placed, drawn)

    def _paint(self, placed: Placed, drawn: float) -> None:
        self._ground(placed)
        draw = _DRAW.get(placed.element.kind)
        if draw is not None:
            draw(self, placed, drawn)
        for child in placed.children:  # no card stands in the shadow of the next one
            self._shadow(child, still=True)
        for child in placed.children:
            self._pose(child, drawn)

    def _shadow(self, placed: Placed, *, still: bool) -> None:
        """The shadow of a box, if it stands still as asked: one that moves takes its shadow along."""
        node = placed.element.node
        if node.shadow and self.pose_of(placed).is_still == still:
            radius = self.theme.radius(node.radius, placed.scale)
            self.canvas.shadow(placed.rect, radius, 28 * placed.scale, 8 * placed.scale, _SHADOW)

    def _ground(self, placed: Placed) -> None:
        node, accent = placed.element.node, placed.element.accent
        radius = self.theme.radius(node.radius, placed.scale)
        fill = self.theme.fill(node.fill, accent) if node.fill else None
        if isinstance(fill, Shade) and fill.start[3] == fill.end[3] == _OPAQUE and not any(radius):
            wave = self._motif_of(placed)
            self.canvas.kept((fill, wave), placed.rect, lambda canvas: _backdrop(canvas, placed.rect, fill, wave))
        else:
            if fill is not None:
                self.canvas.rect(placed.rect, fill, radius)
            _waves(self.canvas, placed.rect, radius, self._motif_of(placed))
        if node.border:
            width = self.theme.length(node.border_width)
            self.canvas.outline(placed.rect, self.theme.color(node.border, accent), width, radius)

    def _motif_of(self, placed: Placed) -> _Wave | None:
        node = placed.element.node
        if node.motif is None or not placed.element.motif:
            return None
        return self.theme.brand.motif, node.motif, self.theme.color(node.motif_color, placed.element.accent)

    # -- leaves

    def color(self, placed: Placed, name: str) -> Rgba:
        return self.theme.color(name, placed.element.accent)

    def ring(self, placed: Placed, drawn: float) -> None:
        node = cast("nodes.Ring", placed.element.node)
        size = min(placed.inner.width, placed.inner.height)
        width = size * node.thickness
        radius = (size - width) / 2
        x, y = placed.inner.x + placed.inner.width / 2, placed.inner.y + placed.inner.height / 2
        self.canvas.arc(x, y, radius, width, (0, _FULL), self.color(placed, node.track), round_ends=False)
        share = _share(placed.element.get("value")) * drawn
        self._ring_value(x, y, radius, width, share, self.color(placed, node.color))

    def _ring_value(self, x: float, y: float, radius: float, width: float, share: float, color: Rgba) -> None:
        """Round ends lie inside the value, so that 95 per cent never looks closed and 2 per cent is still seen."""
        turn = _FULL * share
        cap = math.degrees(width / 2 / radius)
        if share >= 1:
            self.canvas.arc(x, y, radius, width, (0, _FULL), color, round_ends=False)
        elif turn > 2 * cap:
            self.canvas.arc(x, y, radius, width, (cap, turn - cap), color, round_ends=True)
        elif turn > 0:
            self.canvas.arc(x, y, radius, width, (0, turn), color, round_ends=False)

    def bar(self, placed: Placed, drawn: float) -> None:
        node, rect = cast("nodes.Bar", placed.element.node), placed.inner
        whole = _end_of(placed.element)
        share = _share(placed.element.get("value"), whole) * drawn
        if node.upright:
            self._upright(rect, share, self.color(placed, node.color), placed.scale)
            return
        half = rect.height / 2
        if node.track:
            self.canvas.rect(rect, self.color(placed, node.track), (half,) * 4)
        if share > 0:
            filled = rect._replace(width=max(rect.height, rect.width * share))
            self.canvas.rect(filled, self.color(placed, node.color), (half,) * 4)
        if placed.element.get("target"):
            x = rect.x + rect.width * _share(placed.element.get("target"), whole)
            mark = Rect(x - 2 * placed.scale, rect.y - half * 0.7, 4 * placed.scale, rect.height + half * 1.4)
            self.canvas.rect(mark, self.color(placed, node.target_color), (2 * placed.scale,) * 4)

    def _upright(self, rect: Rect, share: float, color: Rgba, scale: float) -> None:
        """A column from the base line up; its foot is flat, for it stands on the axis."""
        height = rect.height * share
        round_ = min(self.theme.brand.corner * 10 * scale, height / 2, rect.width / 2)
        if height > 0:
            column = rect._replace(y=rect.y + rect.height - height, height=height)
            self.canvas.rect(column, color, (round_, round_, 0, 0))

    def donut(self, placed: Placed, drawn: float) -> None:
        node, rect = cast("nodes.Donut", placed.element.node), placed.inner
        width = rect.width * node.thickness
        radius = (rect.width - width) / 2
        x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
        self.canvas.arc(x, y, radius, width, (0, _FULL), self.color(placed, node.track), round_ends=False)
        points = placed.element.series
        whole = max(100.0, sum(point.number for point in points))
        start = 0.0
        for index, point in enumerate(points):
            end = start + _FULL * point.number / whole * drawn
            color = self.theme.color("accent", index)  # as its legend counts, wherever the donut stands
            self.canvas.arc(x, y, radius, width, (start, max(start, end - _SLIT)), color, round_ends=False)
            start = end

    def trace(self, placed: Placed, drawn: float) -> None:
        node, rect = cast("nodes.Line", placed.element.node), placed.rect
        color = self.color(placed, node.color or "accent")
        cell = rect.width / len(placed.element.series)
        low = rect.y + rect.height
        dots = [
            (rect.x + cell * (index + 0.5), low - rect.height * point.number * drawn)
            for index, point in enumerate(placed.element.series)
        ]
        under = [(dots[0][0], low), *dots, (dots[-1][0], low)]
        self.canvas.polygon(under, (*color[:3], 30))
        steps = [("M" if index == 0 else "L", dot) for index, dot in enumerate(dots)]
        self.canvas.strokes(steps, 0, 0, 1, 6 * placed.scale, color)
        for x, y in dots:
            self.canvas.disc(x, y, 10 * placed.scale, color)
            self.canvas.disc(x, y, 5 * placed.scale, (255, 255, 255, 255))

    def icon(self, placed: Placed, _drawn: float) -> None:
        node, rect = cast("nodes.Icon", placed.element.node), placed.inner
        self.canvas.strokes(
            icon(placed.element.get("name")),
            rect.x,
            rect.y,
            rect.width / 24,
            node.stroke,
            self.color(placed, node.color),
        )

    def qr(self, placed: Placed, _drawn: float) -> None:
        node, rect = cast("nodes.Qr", placed.element.node), placed.inner
        matrix = modules(placed.element.get("value"))
        cell, ox, oy = qr_grid(rect, len(matrix))
        tiles = (
            Rect(ox + start * cell, oy + down * cell, (end - start) * cell, cell)
            for down, row in enumerate(matrix)
            for start, end in _runs(row)
        )
        self.canvas.tiles(tiles, self.color(placed, node.color))

    def logo(self, placed: Placed, _drawn: float) -> None:
        pixels = self.pictures.get(placed.element.get("value") or self.theme.brand.logo)
        if pixels is None:
            star_mark(self.canvas, placed.inner)
        else:
            self.canvas.picture(pixels, _contained(pixels, placed.inner))

    def image(self, placed: Placed, _drawn: float) -> None:
        node = cast("nodes.Image", placed.element.node)
        pixels = self.pictures.get(placed.element.get("value"))
        if pixels is not None:
            radius = self.theme.radius(placed.element.node.radius, placed.scale)
            with self.canvas.clip(placed.inner, radius):
                self.canvas.picture(pixels, _covering(pixels, placed.inner, node.focus))


_DRAW: dict[str, Callable[[Painter, Placed, float], None]] = {
    "text": draw_text, "ring": Painter.ring, "bar": Painter.bar, "icon": Painter.icon,
    "qr": Painter.qr, "logo": Painter.logo, "image": Painter.image, "donut": Painter.donut, "trace": Painter.trace,
}  # fmt: skip


def _waves(canvas: Canvas, rect: Rect, radius: Edges, wave: _Wave | None) -> None:
    if wave is not None:
        kind, corner, color = wave
        motif(canvas, kind, corner, rect, radius, color)


def _backdrop(canvas: Canvas, rect: Rect, fill: Shade, wave: _Wave | None) -> None:
    """A gradient and the motif on it: what a page stands on, the same in every picture of a format."""
    canvas.rect(rect, fill)
    _waves(canvas, rect, (0, 0, 0, 0), wave)


def qr_grid(rect: Rect, count: int) -> tuple[float, float, float]:
    """The side of a module in whole pixels, and where the first one starts: sharp edges decode best."""
    cell = max(1, int(rect.width // (count + 2 * QUIET)))
    edge = (rect.width - cell * count) / 2
    return cell, round(rect.x + edge), round(rect.y + edge)


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif dark:
            runs.append((at, at + 1))
    return runs


def _share(value: str, whole: float = 100) -> float:
    return min(1.0, max(0.0, figure(value) / whole))


def _end_of(element: Element) -> float:
    """The value at the end of a bar. What passes it moves it on: 24 of 20 does not look like 20 of 20."""
    return max(figure(element.get("whole")) or 100.0, figure(element.get("value")), figure(element.get("target")))


def _contained(pixels: Pixels, rect: Rect) -> Rect:
    height, width = pixels.shape[:2]
    scale = min(rect.width / width, rect.height / height)
    return _centred(rect, width * scale, height * scale)


def _covering(pixels: Pixels, rect: Rect, focus: str) -> Rect:
    """Fills the box; what does not fit goes at the sides, and below only where the top matters (portraits)."""
    height, width = pixels.shape[:2]
    scale = max(rect.width / width, rect.height / height)
    covering = _centred(rect, width * scale, height * scale)
    return covering._replace(y=rect.y) if focus == "top" else covering


def _centred(rect: Rect, width: float, height: float) -> Rect:
    return Rect(rect.x + (rect.width - width) / 2, rect.y + (rect.height - height) / 2, width, height)
