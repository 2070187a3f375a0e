"""Captions: the same cues are burnt into the picture and written as SRT."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from loa.render.clip.timeline import FPS, Shot

_LINE = 42


def srt(shots: Sequence[Shot]) -> str:
    """The captions of a clip in SubRip form."""
    cues = [shot for shot in shots if shot.caption]
    return "\n".join(
        f"{number}\n{_time(shot.start)} --> {_time(shot.end)}\n{_lines(shot.caption)}\n"
        for number, shot in enumerate(cues, start=1)
    )


def _lines(caption: str) -> str:
    return "\n".join(textwrap.wrap(caption, _LINE, break_long_words=False, break_on_hyphens=False))


def _time(frame: int) -> str:
    milliseconds = round(frame * 1000 / FPS)
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02},{milliseconds:03}"
