"""The timeline of a clip: which scene stands when, and the pose of a node at a moment of its scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loa.errors import RenderError
from loa.render.picture import Design
from loa.render.template import Scene
from loa.render.tree.fill import Scope
from loa.render.tree.nodes import Enter
from loa.render.tree.paint import STILL, Pose

FPS = 30
SHORTEST, LONGEST = 3.0, 90.0
_READING = 20.0
"""Letters a second that a caption leaves for reading."""
_STRETCH = 0.6
_LEAVE = 7
"""Frames in which a scene fades out."""
_RISE, _SLIDE, _SMALL = 46.0, 70.0, 0.82


@dataclass(frozen=True, slots=True)
class Shot:
    """A scene in its place on the timeline, with the data it shows. Times are frames."""

    scene: Scene
    scope: Scope
    caption: str
    start: int
    end: int
    leaves: bool


def shots(plan: Design) -> tuple[Shot, ...]:
    """The scenes of a clip with this data, one after another.

    Raises:
        RenderError: E417, the clip would be too short or too long.
    """
    chosen = list(_chosen(plan))
    captions = [scope.fill(scene.caption) for scene, scope in chosen]
    base = [scene.seconds for scene, _ in chosen]
    extra = [_more_time(caption, seconds) for caption, seconds in zip(captions, base, strict=True)]
    room = max(0.0, plan.template.slowest - sum(base))
    share = min(1.0, room / sum(extra)) if sum(extra) else 0.0
    lengths = [round((seconds + more * share) * FPS) for seconds, more in zip(base, extra, strict=True)]
    _check_length(plan, sum(lengths) / FPS)
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    return tuple(
        Shot(scene, scope, caption, start, start + length, index + 1 < len(chosen))
        for index, ((scene, scope), caption, start, length) in enumerate(
            zip(chosen, captions, starts, lengths, strict=True)
        )
    )


def _chosen(plan: Design) -> Iterator[tuple[Scene, Scope]]:
    for scene in plan.template.scenes:
        for scope in plan.scope.each(scene.each) if scene.each else (plan.scope,):
            if scope.holds(scene.when):
                yield scene, scope.with_field("caption", scope.fill(scene.caption))


def _more_time(caption: str, seconds: float) -> float:
    """What a caption needs beyond the scene's own length to be read, within reason: a scene must not drag."""
    return min(max(0.0, len(caption) / _READING - seconds), seconds * _STRETCH)


def _check_length(plan: Design, seconds: float) -> None:
    if not SHORTEST <= seconds <= LONGEST:
        raise RenderError(
            "E417", template=plan.order.template, seconds=f"{seconds:.1f}", least=f"{SHORTEST:g}", most=f"{LONGEST:g}"
        )


def pose(enter: Enter | None, shot: Shot, frame: int) -> Pose:
    """How a node stands at this frame of the clip."""
    if enter is None:
        return STILL
    elapsed = (frame - shot.start) / FPS - enter.at
    on = _ease(elapsed / enter.seconds)
    if enter.by == "draw":
        return Pose(drawn=on)
    return Pose(
        dx=-_SLIDE * (1 - on) if enter.by == "slide" else 0,
        dy=_RISE * (1 - on) if enter.by == "rise" else 0,
        scale=1 - (1 - _SMALL) * (1 - on) if enter.by == "grow" else 1,
        opacity=on,
    )


def leaving(shot: Shot, frame: int) -> float:
    """The opacity of a whole scene: 1 but for its last frames."""
    left = shot.end - frame
    return left / (_LEAVE + 1) if shot.leaves and left <= _LEAVE else 1.0


def _ease(x: float) -> float:
    """Quick at first, then slow. In steps of 1/512, so that a node at rest is at rest."""
    x = min(1.0, max(0.0, x))
    return round((1 - (1 - x) ** 3) * 512) / 512
