"""Which of the staff's sounds and videos a clip uses, from ``music``, ``narration`` and the scenes' ``footage``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loa.errors import RenderError
from loa.render.clip import media
from loa.render.clip.footage import Footage
from loa.render.clip.media import Media
from loa.render.clip.sound import Track
from loa.render.clip.timeline import FPS, Shot
from loa.render.picture import Design
from loa.render.template import Scene
from loa.render.tree.fill import Scope

MUSIC, NARRATION = "music", "narration"
_LEAD, _TAIL = 0.4, 0.8
"""Seconds of a clip before its narration, and after it."""
_LEAST = 2.0
"""Seconds below which a scene with footage is only a flicker."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """The sounds that an order brings."""

    plan: Design
    music: Media | None
    narration: Media | None

    @property
    def least(self) -> float:
        """How long the clip must last for the narration to be heard whole."""
        return self.narration.seconds + _LEAD + _TAIL if self.narration is not None else 0.0

    def over(self, every: Sequence[Shot]) -> list[Track]:
        """All that is heard in a clip of these scenes."""
        whole = every[-1].end / FPS
        found = []
        if self.narration is not None:
            found.append(Track(self.narration, 0, _LEAD, self.narration.seconds, voice=True))
        for shot in every:
            filmed = _video(self.plan, shot.scene, shot.scope)
            if filmed is not None and filmed.has_sound and self.narration is None:
                begin = _start(shot.scene, shot.scope, filmed)
                found.append(Track(filmed, begin, shot.start / FPS, shot.length / FPS, voice=True))
        if self.music is not None:
            found.append(Track(self.music, 0, 0, whole, voice=False))
        return found


def tracks_of(plan: Design) -> Tracks:
    """The sounds of an order, looked at but not decoded.

    Raises:
        RenderError: E442, E443, E444 a file is not in order; E445 the narration is too long.
    """
    named = {name: plan.scope.text(name) for name in (MUSIC, NARRATION)}
    music, narration = (media.sound(plan.ws, named[name]) if named[name] else None for name in (MUSIC, NARRATION))
    found = Tracks(plan, music, narration)
    if narration is not None and found.least > plan.template.slowest:
        most, seconds = f"{plan.template.slowest:g}", f"{narration.seconds:.1f}"
        raise RenderError("E445", path=narration.shown, seconds=seconds, most=most, template=plan.order.template)
    return found


def filmed_seconds(plan: Design, scene: Scene, scope: Scope) -> float:
    """How long a scene can be at most: as long as its video goes on.

    Raises:
        RenderError: E447, that is too short; E448, where it starts is no number.
    """
    filmed = _video(plan, scene, scope)
    if filmed is None:
        return float("inf")
    start = _start(scene, scope, filmed)
    if filmed.seconds - start < _LEAST:
        left = f"{max(0.0, filmed.seconds - start):.1f}"
        raise RenderError("E447", path=filmed.shown, seconds=left, start=f"{start:g}", least=f"{_LEAST:g}")
    return filmed.seconds - start


def footage_of(plan: Design, shot: Shot) -> Footage | None:
    """The video behind a scene."""
    filmed = _video(plan, shot.scene, shot.scope)
    if filmed is None:
        return None
    return Footage(filmed, _start(shot.scene, shot.scope, filmed), shot.length, plan.spec.width, plan.spec.height)


def _video(plan: Design, scene: Scene, scope: Scope) -> Media | None:
    named = scope.fill(scene.footage)
    return media.video(plan.ws, named) if named else None


def _start(scene: Scene, scope: Scope, filmed: Media) -> float:
    told = scope.fill(scene.start) or "0"
    try:
        start = float(told.replace(",", "."))
    except ValueError as error:
        raise RenderError("E448", path=filmed.shown, start=told) from error
    if not 0 <= start < float("inf"):
        raise RenderError("E448", path=filmed.shown, start=told)
    return start
