"""How long a text takes to say: Vietnamese words are syllables, so counting them is enough."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loa.text.spoken.reading import spoken

DEFAULT_PACE = 3.3
"""Syllables a second. Outdoors the echo between loudspeakers asks for a slower voice than a studio's four to five."""
_GAP = re.compile(r"[\s.!?…,;:–()\"“”]+")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_PARAGRAPH, _SENTENCE, _CLAUSE = 1.0, 0.6, 0.25


def seconds(text: str, pace: float = DEFAULT_PACE, own: Mapping[str, str] | None = None) -> float:
    """The time that ``text`` takes at ``pace`` syllables a second, with the pauses of its punctuation."""
    said = spoken(text, own).strip()
    return len(_SYLLABLE.findall(said)) / pace + sum(_pause(gap) for gap in _GAP.findall(said))


def minutes(text: str, pace: float = DEFAULT_PACE, own: Mapping[str, str] | None = None) -> float:
    """The same in minutes, to a tenth: what a programme sheet shows."""
    return round(seconds(text, pace, own) / 60, 1)


def _pause(gap: str) -> float:
    """One breath for a run of signs and spaces: the longest that any of them asks for."""
    if gap.count("\n") > 1:
        return _PARAGRAPH
    if any(sign in gap for sign in ".!?…\n"):
        return _SENTENCE
    return _CLAUSE if any(sign in gap for sign in ",;:–()") else 0.0
