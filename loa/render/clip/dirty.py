"""What has to be painted again when a part of a scene moves, counts or draws: as little as possible."""

from __future__ import annotations

import math

from loa.render.clip.yuv import Area
from loa.render.tree import nodes
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import Pose

MARGIN = 56
"""Around what moves: room for its shadow, its way in and letters that hang over."""
_SNUG = 16
"""Around what only counts or draws."""
_STEP = 4.0
"""Degrees that are painted again beyond the end of a ring's stretch."""


def dirty(part: Placed, before: Pose, now: Pose, page: Rect) -> Area:
    """The rectangle in which a part looks different in two poses.

    A ring is painted again where it grew, and all of it when it has come to rest: its edge shifts by a shade with it.
    """
    if not (before.is_still and now.is_still):
        return around(part.rect, page, MARGIN)
    if isinstance(part.element.node, nodes.Ring) and now.drawn < 1:
        return around(_stretch(part, part.element.node, before.drawn, now.drawn), page, _SNUG)
    return widest(part, page)


def widest(part: Placed, page: Rect) -> Area:
    """All that a part covers while it stands still; a figure on its way up may be wider than it is in the end."""
    rect = part.rect
    if isinstance(part.element.node, nodes.Text):
        wider = rect.height / 2
        rect = Rect(rect.x - wider, rect.y, rect.width + 2 * wider, rect.height)
    return around(rect, page, _SNUG)


def _stretch(part: Placed, node: nodes.Ring, before: float, now: float) -> Rect:
    """The box around the stretch of a ring between two states; all of it where the ring begins or closes."""
    size = min(part.inner.width, part.inner.height)
    width = size * node.thickness
    radius = (size - width) / 2
    cap = math.degrees(width / 2 / radius)
    turns = [3.6 * _number(part.element.get("value")) * drawn for drawn in (before, now)]
    start, end = min(turns) - 2 * cap - _STEP, max(turns) + cap
    if start < cap or end > 360 - cap:
        return part.rect
    x, y = part.inner.x + part.inner.width / 2, part.inner.y + part.inner.height / 2
    angles = [math.radians(start + (end - start) * step / 24) for step in range(25)]
    reaches = (radius - width / 2, radius + width / 2)
    points = [(x + math.sin(turn) * reach, y - math.cos(turn) * reach) for turn in angles for reach in reaches]
    left, top = min(point[0] for point in points), min(point[1] for point in points)
    return Rect(left, top, max(point[0] for point in points) - left, max(point[1] for point in points) - top)


def _number(value: str) -> float:
    try:
        return min(100.0, max(0.0, float(value.replace(",", "."))))
    except ValueError:
        return 0.0


def around(rect: Rect, page: Rect, margin: int) -> Area:
    """A rectangle and its margin, on even pixels and inside the page."""
    left = max(0, int(rect.x - margin) // 2 * 2)
    top = max(0, int(rect.y - margin) // 2 * 2)
    right = min(int(page.width), -int(-(rect.x + rect.width + margin) // 2) * 2)
    bottom = min(int(page.height), -int(-(rect.y + rect.height + margin) // 2) * 2)
    return left, top, max(left, right), max(top, bottom)
