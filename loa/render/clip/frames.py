"""The frames of a clip. Only what changed since the last frame is painted and converted (dirty rectangles)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loa.render.canvas import Pixels, SkiaCanvas
from loa.render.clip.timeline import Shot, leaving, pose
from loa.render.clip.yuv import I420
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import Painter, Pose

_MARGIN = 56
"""Around a sprite: room for its shadow, its way in and letters that hang over."""

Area = tuple[int, int, int, int]
State = tuple[float, tuple[Pose, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A part of a scene that moves as one."""

    placed: Placed
    shot: Shot
    moving: tuple[Placed, ...]
    area: Area

    def state(self, frame: int) -> State:
        """All that decides how the sprite looks at this frame."""
        return leaving(self.shot, frame), tuple(pose(part.element.node.enter, self.shot, frame) for part in self.moving)


def _moving(placed: Placed) -> Iterator[Placed]:
    if placed.element.node.enter is not None:
        yield placed
    for child in placed.children:
        yield from _moving(child)


def sprites(root: Placed, shot: Shot, page: Rect) -> Iterator[Sprite]:
    """The parts of a placed scene, in painting order."""
    node = root.element.node
    if node.enter is None and root.children and not (node.fill or node.border or node.motif):
        for child in root.children:
            yield from sprites(child, shot, page)
    else:
        yield Sprite(root, shot, tuple(_moving(root)), _area(root.rect, page))


def _area(rect: Rect, page: Rect) -> Area:
    """The rectangle of a sprite, on even pixels and inside the page."""
    left = max(0, int(rect.x - _MARGIN) // 2 * 2)
    top = max(0, int(rect.y - _MARGIN) // 2 * 2)
    right = min(int(page.width), -int(-(rect.x + rect.width + _MARGIN) // 2) * 2)
    bottom = min(int(page.height), -int(-(rect.y + rect.height + _MARGIN) // 2) * 2)
    return left, top, right, bottom


def _touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _joined(areas: Sequence[Area]) -> list[Area]:
    """The same areas with those that touch made one, so that nothing is painted twice."""
    joined: list[Area] = []
    for area in areas:
        grown = area
        while touching := [other for other in joined if _touch(grown, other)]:
            joined = [other for other in joined if other not in touching]
            lefts, tops, rights, bottoms = zip(grown, *touching, strict=True)
            grown = min(lefts), min(tops), max(rights), max(bottoms)
        joined.append(grown)
    return joined


class Frames:
    """Paints any frame of a clip into one I420 buffer; cheapest when asked one after another."""

    def __init__(self, canvas: SkiaCanvas, painter: Painter, scenes: Sequence[tuple[Shot, tuple[Sprite, ...]]]) -> None:
        self._canvas = canvas
        self._painter = replace(painter, pose_of=self._pose)
        self._scenes = scenes
        self._ground: Pixels = canvas.pixels.copy()
        height, width = canvas.pixels.shape[:2]
        self._page: Area = (0, 0, width, height)
        self._buffer = I420(width, height)
        self._buffer.update(canvas.pixels, *self._page)
        self._shown: dict[Sprite, State] = {}
        self._frame = 0

    def frame(self, number: int) -> Pixels:
        """The buffer, brought to this frame. It is the same buffer each time."""
        self._frame = number
        wanted = {sprite: sprite.state(number) for sprite in self._scene(number)[1]}
        changed = [sprite for sprite in {**self._shown, **wanted} if self._shown.get(sprite) != wanted.get(sprite)]
        for area in _joined([sprite.area for sprite in changed]):
            self._repaint(area, tuple(wanted))
        self._shown = wanted
        return self._buffer.frame

    def _scene(self, number: int) -> tuple[Shot, tuple[Sprite, ...]]:
        return next((scene for scene in self._scenes if number < scene[0].end), self._scenes[-1])

    def _repaint(self, area: Area, parts: Sequence[Sprite]) -> None:
        left, top, right, bottom = area
        self._canvas.pixels[top:bottom, left:right] = self._ground[top:bottom, left:right]
        with self._canvas.clip(Rect(left, top, right - left, bottom - top)):
            for sprite in parts:
                if _touch(sprite.area, area):
                    self._paint(sprite)
        self._buffer.update(self._canvas.pixels, left, top, right, bottom)

    def _paint(self, sprite: Sprite) -> None:
        opacity = leaving(sprite.shot, self._frame)
        if opacity >= 1:
            self._painter.paint(sprite.placed)
            return
        with self._canvas.moved(0, 0, 1, (0, 0), opacity):
            self._painter.paint(sprite.placed)

    def _pose(self, placed: Placed) -> Pose:
        return pose(placed.element.node.enter, self._scene(self._frame)[0], self._frame)
