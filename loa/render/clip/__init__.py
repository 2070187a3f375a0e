"""Clips: the same tree of boxes with a timeline. MoviePy carries the frames, ffmpeg writes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from loa.errors import LoaError, Problem
from loa.render.alt import compose
from loa.render.canvas import SkiaCanvas
from loa.render.clip.captions import Cue, cues, srt
from loa.render.clip.colors import lasting
from loa.render.clip.frames import Frames, Stage
from loa.render.clip.look import caption_problems
from loa.render.clip.segments import Segment, kept, key_of, key_of_sound, segments
from loa.render.clip.sound import mix
from loa.render.clip.sprites import continued, sprites_of
from loa.render.clip.timeline import FPS, Shot, shots
from loa.render.clip.tracks import Tracks, filmed_seconds, footage_of, tracks_of
from loa.render.clip.writer import encode, join, silence
from loa.render.fields import refuse
from loa.render.lint import WHITE
from loa.render.order import Order
from loa.render.picture import Design, design
from loa.render.shelf import Made, folder_of_parts
from loa.render.tree.measure import Placed
from loa.render.tree.paint import Painter
from loa.workspace import Workspace

_CROWDED = frozenset(("E431", "E435", "E446"))


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip laid out: every scene in its place and time, with the sound that goes with it."""

    plan: Design
    ground: tuple[Placed, ...]
    scenes: tuple[tuple[Shot, tuple[Placed, ...]], ...]
    tracks: Tracks

    @property
    def shots(self) -> tuple[Shot, ...]:
        return tuple(shot for shot, _ in self.scenes)

    @property
    def seen(self) -> tuple[Placed, ...]:
        return (*self.ground, *(root for _, roots in self.scenes for root in roots))

    @property
    def cues(self) -> tuple[Cue, ...]:
        return cues(self.scenes)

    def problems(self) -> list[Problem]:
        """What the lint finds in the ground and in every scene; over a video, text must carry its own ground."""
        color = self.plan.ground_color(self.ground)
        found = self.plan.lint(self.ground)
        for shot, roots in self.scenes:
            found.extend(self.plan.lint(roots, WHITE if shot.scene.footage else color))
            found.extend(caption_problems(self.plan, shot, (*self.ground, *roots)))
        return found

    def stages(self) -> tuple[Stage, ...]:
        """Every scene with what moves in it."""
        page = self.plan.page
        parts = [[sprite for root in roots for sprite in sprites_of(root, shot, page)] for shot, roots in self.scenes]
        return tuple(
            Stage(shot, sprites, footage_of(self.plan, shot))
            for shot, sprites in zip(self.shots, continued(parts, loops=self.plan.template.loop), strict=True)
        )

    def frames(self, stages: tuple[Stage, ...]) -> Frames:
        """The frames, ready to be asked for."""
        canvas = SkiaCanvas(self.plan.spec.width, self.plan.spec.height)
        painter = Painter(canvas, self.plan.theme, self.plan.pictures(tuple(root.element for root in self.seen)))
        for root in self.ground:
            painter.paint(root)
        return Frames(canvas, painter, stages)


def laid_out(plan: Design) -> Clip:
    """Lay out a clip with the sizes that suit its content, in colours that a video keeps.

    Raises:
        RenderError: E417 too long or too short; E442 to E448, the sound or a video is not in order.
    """
    plan = replace(plan, theme=replace(plan.theme, brand=lasting(plan.theme.brand)))
    tracks = tracks_of(plan)
    ground = () if plan.template.background is None else plan.place(plan.template.background)
    every = tuple((shot, _placed(plan, shot)) for shot in shots(plan, tracks.least, filmed_seconds))
    clip = Clip(plan, ground, every, tracks)
    if plan.spec.dense and any(problem.code in _CROWDED for problem in clip.problems()):
        return laid_out(plan.crowded())
    return clip


def _placed(plan: Design, shot: Shot) -> tuple[Placed, ...]:
    """Everything of a shot that lies over the ground, in painting order."""
    inner = replace(plan, scope=shot.scope)
    overlay = () if plan.template.overlay is None else inner.place(plan.template.overlay)
    return (*inner.place(shot.scene.box), *overlay)


def clip_problems(plan: Design) -> list[Problem]:
    """Everything that would stop a clip; nothing is painted or decoded."""
    try:
        return laid_out(plan).problems()
    except LoaError as error:
        return list(error.problems())


def movie(frames: Frames, start: int, end: int) -> Any:
    """A MoviePy clip of these frames."""
    from moviepy import VideoClip  # noqa: PLC0415 (slow to import; a picture does not need it)

    # a hair longer than the frames: MoviePy cuts duration × fps down to a whole number
    return VideoClip(lambda at: frames.frame(start + round(at * FPS)), duration=(end - start) / FPS + 1e-6)


def make_clip(ws: Workspace, order: Order) -> Made:
    """A finished clip with its captions.

    Raises:
        RenderError: something overflows, the clip is too long, or ffmpeg failed.
    """
    plan = design(ws, order)
    clip = laid_out(plan)
    refuse(clip.problems())
    data = written(clip)
    alt = compose(plan.template, plan.scope, order.alt, clip.seen)
    return Made("mp4", data, plan.spec.width, plan.spec.height, alt, clip.shots[-1].end / FPS, srt(clip.cues))


def written(clip: Clip) -> bytes:
    """The MP4: segments that are known from the folder of segments, the others encoded now, and the sound over all."""
    folder = folder_of_parts(clip.plan.ws.assets)
    stages = clip.stages()
    reel: list[Frames] = []

    def encoded(segment: Segment) -> bytes:
        if not reel:
            reel.append(clip.frames(stages))
        reel[0].restart()
        return encode(movie(reel[0], segment.start, segment.end), clip.plan.spec.width, clip.plan.spec.height)

    try:
        found = segments(clip.plan, stages)
        parts = [
            (kept(folder, key_of(clip.plan, clip.ground, part), partial(encoded, part)), _seconds(part))
            for part in found
        ]
    finally:
        for stage in stages:
            if stage.footage is not None:
                stage.footage.close()
    return join(parts, _sound(clip))


def _seconds(part: Segment) -> float:
    return (part.end - part.start) / FPS


def _sound(clip: Clip) -> bytes:
    seconds = clip.shots[-1].end / FPS
    tracks = clip.tracks.over(clip.shots)
    folder, key = folder_of_parts(clip.plan.ws.assets), key_of_sound(tracks, seconds)
    return kept(folder, key, lambda: mix(tracks, seconds) if tracks else silence(seconds))
