"""The frames of a clip. Only what changed since the last frame is painted and converted (dirty rectangles)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from loa.render.canvas import SkiaCanvas
from loa.render.clip.dirty import around
from loa.render.clip.footage import Footage
from loa.render.clip.sprites import Sprite, State
from loa.render.clip.timeline import Shot, lifted
from loa.render.clip.yuv import I420, Area, Layer, layer
from loa.render.pen import Pixels
from loa.render.tree.measure import Placed, Rect
from loa.render.tree.paint import STILL, Painter, Pose

NOWHERE = Rect(0, 0, 0, 0)
_SIGHT = 120
"""How far from a part that is painted anew another may still reach into it, on its way in or out."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene of the clip: its time, what moves in it, and the video behind it if there is one."""

    shot: Shot
    sprites: tuple[Sprite, ...]
    footage: Footage | None = None


@dataclass(frozen=True, slots=True)
class _Part(Painter):
    """A painter that leaves out what lies beyond one part of the page: no text is set to be clipped away."""

    area: Area = (0, 0, 0, 0)
    page: Rect = NOWHERE

    def paint(self, placed: Placed, drawn: float = 1) -> None:
        if _touch(around(placed.rect, self.page, _SIGHT), self.area):
            Painter.paint(self, placed, drawn)


class Frames:
    """Paints any frame of a clip into one I420 buffer; cheapest when asked one after another."""

    def __init__(self, canvas: SkiaCanvas, painter: Painter, stages: Sequence[Stage]) -> None:
        self._canvas = canvas
        self._stages = stages
        self._ground: Pixels = canvas.pixels.copy()
        height, width = canvas.pixels.shape[:2]
        self._whole: Area = (0, 0, width, height)
        self._painter = _Part(
            canvas, painter.theme, painter.pictures, self._pose, self._whole, Rect(0, 0, width, height)
        )
        self._buffer = I420(width, height)
        self._buffer.renew(canvas.pixels)
        self._shown: dict[Sprite, State] = {}
        self._layers: dict[Area, tuple[tuple[State, ...], Layer]] = {}
        self._filmed = False
        self._poses: dict[Placed, Pose] = {}

    def restart(self) -> None:
        """Forget what is shown, so that the next frames do not depend on those before.

        The edge of a curve may come out a shade different when another part of it is painted anew.
        """
        self._filmed = True

    def frame(self, number: int) -> Pixels:
        """The buffer, brought to this frame. It is the same buffer each time."""
        stage = next((stage for stage in self._stages if number < stage.shot.end), self._stages[-1])
        wanted = {sprite: sprite.state(number) for sprite in stage.sprites}
        self._poses = {
            part: pose for sprite, state in wanted.items() for part, pose in zip(sprite.moving, state[1], strict=True)
        }
        if stage.footage is not None:
            self._over(stage.footage.frame(number - stage.shot.start), wanted)
        else:
            self._over_the_ground(wanted)
        return self._buffer.frame

    def _over_the_ground(self, wanted: dict[Sprite, State]) -> None:
        if self._filmed:
            self._canvas.pixels[:] = self._ground
            self._buffer.renew(self._canvas.pixels)
            self._filmed, self._shown = False, {}
        for area in _joined(self._changes(wanted)):
            _cut(self._canvas.pixels, area)[:] = _cut(self._ground, area)
            self._paint(area, wanted)
            self._buffer.update(self._canvas.pixels, area)
        self._shown = wanted

    def _changes(self, wanted: dict[Sprite, State]) -> Iterable[Area]:
        for sprite in {**self._shown, **wanted}:
            before, now = self._shown.get(sprite), wanted.get(sprite)
            if before is None or now is None:
                yield sprite.area
            else:
                yield from sprite.changed(before, now)

    def _over(self, film: Pixels, wanted: dict[Sprite, State]) -> None:
        """The sprites over a frame of a video; what stands still is laid over it as it was set once."""
        self._buffer.frame[:] = film
        for area in _joined([sprite.area for sprite in wanted]):
            states = tuple(state for sprite, state in wanted.items() if _touch(sprite.area, area))
            if self._layers.get(area, ((), None))[0] != states:
                _cut(self._canvas.pixels, area)[:] = 0
                self._paint(area, wanted)
                self._layers[area] = states, layer(self._canvas.pixels, area)
            self._buffer.lay(self._layers[area][1])
        self._filmed = True

    def _paint(self, area: Area, wanted: dict[Sprite, State]) -> None:
        painter = replace(self._painter, area=area)
        for sprite, state in wanted.items():
            if not _touch(sprite.area, area):
                continue
            # clipped to its own area: what comes or goes is painted on a layer, and a layer is as large as the clip
            with self._canvas.clip(_rect(_common(sprite.area, area))):
                if state[0] >= 1:
                    painter.paint(sprite.placed)
                else:
                    with self._canvas.moved(0, lifted(state[0]), 1, (0, 0), state[0]):
                        painter.paint(sprite.placed)

    def _pose(self, placed: Placed) -> Pose:
        return self._poses.get(placed, STILL)


def _cut(pixels: Pixels, area: Area) -> Pixels:
    left, top, right, bottom = area
    return pixels[top:bottom, left:right]


def _common(one: Area, other: Area) -> Area:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _rect(area: Area) -> Rect:
    return Rect(area[0], area[1], area[2] - area[0], area[3] - area[1])


def _touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _joined(areas: Iterable[Area]) -> list[Area]:
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
