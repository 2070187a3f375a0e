"""Clips: the same tree of boxes with a timeline. MoviePy carries the frames, ffmpeg writes them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loa.errors import Problem
from loa.render.alt import compose
from loa.render.canvas import SkiaCanvas
from loa.render.clip.captions import srt
from loa.render.clip.frames import Frames, Sprite, sprites
from loa.render.clip.timeline import FPS, Shot, shots
from loa.render.fields import refuse
from loa.render.order import Order
from loa.render.picture import Design, design
from loa.render.shelf import Made
from loa.render.tree.measure import Placed
from loa.render.tree.paint import Painter
from loa.workspace import Workspace


def _placed(plan: Design, shot: Shot) -> tuple[Placed, ...]:
    """Everything of a shot that lies over the ground, in painting order."""
    inner = replace(plan, scope=shot.scope)
    overlay = () if plan.template.overlay is None else inner.place(plan.template.overlay)
    return (*inner.place(shot.scene.box), *overlay)


def _ground(plan: Design) -> tuple[Placed, ...]:
    return () if plan.template.background is None else plan.place(plan.template.background)


def clip_problems(plan: Design) -> list[Problem]:
    """What the lint finds in the ground and in every shot of a clip."""
    ground = _ground(plan)
    color = plan.ground_color(ground)
    found = plan.lint(ground)
    for shot in shots(plan):
        found.extend(plan.lint(_placed(plan, shot), color))
    return found


def build(plan: Design) -> tuple[Frames, tuple[Shot, ...], tuple[Placed, ...]]:
    """A clip ready to be asked for frames, its shots, and all that can be seen in it."""
    ground, every = _ground(plan), shots(plan)
    placed = [_placed(plan, shot) for shot in every]
    seen = (*ground, *(root for roots in placed for root in roots))
    canvas = SkiaCanvas(plan.spec.width, plan.spec.height)
    painter = Painter(canvas, plan.theme, plan.pictures(tuple(root.element for root in seen)))
    for root in ground:
        painter.paint(root)
    scenes = [(shot, _sprites(plan, shot, roots)) for shot, roots in zip(every, placed, strict=True)]
    frames = Frames(canvas, painter, scenes)
    return frames, every, seen


def _sprites(plan: Design, shot: Shot, roots: tuple[Placed, ...]) -> tuple[Sprite, ...]:
    return tuple(sprite for root in roots for sprite in sprites(root, shot, plan.page))


def movie(frames: Frames, count: int) -> Any:
    """A MoviePy clip of these frames."""
    from moviepy import VideoClip  # noqa: PLC0415 (slow to import; a picture does not need it)

    # a hair longer than the frames: MoviePy cuts duration × fps down to a whole number
    return VideoClip(lambda at: frames.frame(round(at * FPS)), duration=count / FPS + 1e-6)


def make_clip(ws: Workspace, order: Order) -> Made:
    """A finished clip with its captions.

    Raises:
        RenderError: something overflows, the clip is too long, or ffmpeg failed.
    """
    from loa.render.clip.writer import write  # noqa: PLC0415 (the same)

    plan = design(ws, order)
    refuse(clip_problems(plan))
    frames, every, seen = build(plan)
    data = write(movie(frames, every[-1].end), plan.spec.width, plan.spec.height)
    alt = compose(plan.scope.fill(plan.template.alt), order.alt, tuple(root.element for root in seen))
    return Made("mp4", data, plan.spec.width, plan.spec.height, alt, every[-1].end / FPS, srt(every))
