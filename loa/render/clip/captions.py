"""Captions: the same cues, line for line, are burnt into the picture and written as SRT."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loa.render.clip.timeline import FPS, Shot
from loa.render.tree import nodes
from loa.render.tree.measure import Placed
from loa.render.tree.words import NBSP

_LINE = 42


@dataclass(frozen=True, slots=True)
class Cue:
    """What is read from one frame to another, in lines."""

    start: int
    end: int
    lines: tuple[str, ...]


def cues(scenes: Sequence[tuple[Shot, Sequence[Placed]]]) -> tuple[Cue, ...]:
    """The captions of a clip as they were set; the same words scene after scene are one cue."""
    found: list[Cue] = []
    for shot, roots in scenes:
        if not shot.caption:
            continue
        burnt = burnt_in(shot, roots)
        lines = _set_lines(burnt) if burnt is not None else tuple(_wrapped(shot.caption))
        if found and (found[-1].lines, found[-1].end) == (lines, shot.start):
            found[-1] = Cue(found[-1].start, shot.end, lines)
        else:
            found.append(Cue(shot.start, shot.end, lines))
    return tuple(found)


def burnt_in(shot: Shot, roots: Sequence[Placed]) -> Placed | None:
    """The text of a scene that shows its caption, if one does."""
    texts = (part for root in roots for part in _parts(root) if isinstance(part.element.node, nodes.Text))
    return next((text for text in texts if text.text and text.element.get("text") == shot.caption), None)


def _parts(placed: Placed) -> Iterator[Placed]:
    yield placed
    for child in placed.children:
        yield from _parts(child)


def _set_lines(placed: Placed) -> tuple[str, ...]:
    return tuple(line.replace(NBSP, " ") for line in placed.text.setting.lines) if placed.text else ()


def _wrapped(caption: str) -> list[str]:
    return textwrap.wrap(caption, _LINE, break_long_words=False, break_on_hyphens=False)


def srt(every: Sequence[Cue]) -> str:
    """The captions of a clip in SubRip form."""
    return "\n".join(
        "\n".join((str(number), f"{_time(cue.start)} --> {_time(cue.end)}", *cue.lines, ""))
        for number, cue in enumerate(every, start=1)
    )


def _time(frame: int) -> str:
    milliseconds = round(frame * 1000 / FPS)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02},{milliseconds:03}"
