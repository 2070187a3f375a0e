"""The walk through a text: at each place the first rule that fits says what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from loa.text.characters import nfc
from loa.text.spoken.rules import RULES
from loa.text.spoken.words import SHORT_FORMS

_DROPPED = re.compile(
    "(?<![\\w#])#\\w+|\\*+|[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\ufe0f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]+"
)
_SPACES = re.compile("[ \t\u2000-\u200a]+")
_SPACE_BEFORE = re.compile(r" +(?=[.,;:!?…)]+(?:\s|$)|\n|$)")
_BULLET = re.compile(r"^[ \t]*[•▪●*+-][ \t]+", re.MULTILINE)
_STARTS = re.compile(r"(?:^|[.!?…]\s+|\n\s*)[\"“(]?$")


def spoken(text: str, own: Mapping[str, str] | None = None) -> str:
    """``text`` as an announcer reads it. ``own`` are the office's short forms, before ours: ``{"TTPVHCC": "…"}``.

    Paragraphs and punctuation stay, since they are where the voice rests; hashtags and emoji are left out.
    """
    clean = _BULLET.sub("", _DROPPED.sub("", nfc(text)))
    said = _say(clean, _pattern(tuple(sorted((own or {}).items()))), {**SHORT_FORMS, **(own or {})})
    return _SPACE_BEFORE.sub("", _SPACES.sub(" ", said)).strip()


@lru_cache(maxsize=8)
def _pattern(own: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """All rules as one expression; the short forms come after addresses and before numbers, the longest first."""
    forms = sorted({*SHORT_FORMS, *(form for form, _ in own)}, key=lambda form: (-len(form), form))
    known = "|".join(re.escape(form) + _end_of(form) for form in forms)
    parts = [f"(?P<{name}>{rule.pattern})" for name, rule in RULES.items() if rule.early]
    parts.append(f"(?P<short_form>(?<![\\w.@/])(?:{known}))")
    parts += [f"(?P<{name}>{rule.pattern})" for name, rule in RULES.items() if not rule.early]
    return re.compile("|".join(parts))


def _end_of(form: str) -> str:
    """What may not follow: the rest of a word, or the year of a date (24/7 is always, 24/7/2027 is a day)."""
    return (r"(?!\w)" if form[-1].isalnum() else "") + (r"(?!/\d)" if form[-1].isdigit() else "")


def _say(text: str, pattern: re.Pattern[str], forms: Mapping[str, str]) -> str:
    told: list[str] = []
    position = 0
    for found in pattern.finditer(text):
        told.append(text[position : found.start()])
        name = found.lastgroup or ""
        before = text[max(0, found.start() - 40) : found.start()]
        said = forms[found[name]] if name == "short_form" else RULES[name].say(found[name], before)
        told.append(_capital(said) if _STARTS.search(before) and said != found[name] else said)
        position = found.end()
    return "".join([*told, text[position:]])


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
