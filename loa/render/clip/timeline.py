"""The timeline of a clip: which scene stands when, and the pose of a node at a moment of its scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from loa.errors import RenderError
from loa.render.picture import Design
from loa.render.template import Scene
from loa.render.tree.fill import Scope
from loa.render.tree.nodes import Enter
from loa.render.tree.paint import STILL, Pose

FPS = 30
SHORTEST, LONGEST = 3.0, 90.0
_READING = 16.0
"""Letters a second that a caption leaves for reading; 17 is where viewers begin to fall behind."""
_NOTICING = 0.5
"""Seconds before the eye has found a new caption."""
_LEAVE = 8
"""Frames in which a scene goes."""
_RISE, _SLIDE, _SMALL, _LIFT = 46.0, 70.0, 0.82, 40.0


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene in its place on the timeline, with the data it shows. Times are frames."""

    scene: Scene
    scope: Scope
    caption: str
    start: int
    end: int
    leaves: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def _endless(_plan: Design, _scene: Scene, _scope: Scope) -> float:
    return float("inf")


def shots(
    plan: Design, least: float = 0, longest: Callable[[Design, Scene, Scope], float] = _endless
) -> tuple[Shot, ...]:
    """The scenes of a clip with this data, one after another.

    Together they last ``least`` seconds or more; none lasts longer than ``longest`` tells of it.

    Raises:
        RenderError: E417, the clip would be too short or too long.
    """
    chosen = list(_chosen(plan))
    captions = [scope.fill(scene.caption) for scene, scope in chosen]
    most = [longest(plan, scene, scope) for scene, scope in chosen]
    seconds = _lengths(plan, [scene for scene, _ in chosen], captions, least)
    seconds = [min(each, end) for each, end in zip(seconds, most, strict=True)]
    _check_length(plan, sum(seconds))
    lengths = [int(each * FPS + 0.5) for each in seconds]
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    last = len(chosen) - 1
    return tuple(
        Shot(scene, scope, caption, start, start + length, index < last or plan.template.loop)
        for index, ((scene, scope), caption, start, length) in enumerate(
            zip(chosen, captions, starts, lengths, strict=True)
        )
    )


def _chosen(plan: Design) -> Iterator[tuple[Scene, Scope]]:
    for scene in plan.template.scenes:
        for scope in plan.scope.each(scene.each) if scene.each else (plan.scope,):
            if scope.holds(scene.when):
                yield scene, scope.with_field("caption", scope.fill(scene.caption))


def _lengths(plan: Design, scenes: Sequence[Scene], captions: Sequence[str], least: float) -> list[float]:
    """Seconds for each scene: its own, more where its caption needs it, more for all where the sound needs it."""
    base = [scene.seconds for scene in scenes]
    extra = [_more_time(caption, seconds) for caption, seconds in zip(captions, base, strict=True)]
    room = max(0.0, plan.template.slowest - sum(base))
    share = min(1.0, room / sum(extra)) if sum(extra) else 0.0
    read = [seconds + more * share for seconds, more in zip(base, extra, strict=True)]
    stretch = max(1.0, least / sum(read)) if read else 1.0
    return [seconds * stretch for seconds in read]


def _more_time(caption: str, seconds: float) -> float:
    """What a caption needs beyond the scene's own length to be read."""
    return max(0.0, len(caption) / _READING + _NOTICING - seconds) if caption else 0.0


def _check_length(plan: Design, seconds: float) -> None:
    if not SHORTEST <= seconds <= LONGEST:
        raise RenderError(
            "E417", template=plan.order.template, seconds=f"{seconds:.1f}", least=f"{SHORTEST:g}", most=f"{LONGEST:g}"
        )


def pose(enter: Enter | None, turn: int, shot: Shot, frame: int) -> Pose:
    """How a node, the ``turn``-th of its kind, stands at this frame of the clip."""
    if enter is None:
        return STILL
    elapsed = (frame - shot.start) / FPS - enter.at - enter.stagger * turn
    on = _ease(elapsed / enter.seconds)
    if enter.by == "draw":
        return Pose(drawn=on)
    return Pose(
        dx=-_SLIDE * (1 - on) if enter.by == "slide" else 0,
        dy=_RISE * (1 - on) if enter.by == "rise" else 0,
        scale=1 - (1 - _SMALL) * (1 - on) if enter.by == "grow" else 1,
        opacity=min(1.0, 1.6 * on),
    )


def leaving(shot: Shot, frame: int) -> float:
    """How much of a scene is still there: 1 but for its last frames."""
    left = shot.end - frame
    return left / (_LEAVE + 1) if shot.leaves and left <= _LEAVE else 1.0


def lifted(left: float) -> float:
    """How far a scene that goes has been lifted: slowly first, then away."""
    return -_LIFT * (1 - left) ** 2


def _ease(x: float) -> float:
    """Quick at first, then very slow: it arrives and does not stop. In steps of 1/512, so that rest is rest."""
    x = min(1.0, max(0.0, x))
    return round((1 - (1 - x) ** 4) * 512) / 512
