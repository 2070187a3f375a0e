"""What was probably meant."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice most like ``word``, blind to case and diacritics; an empty string when nothing is near."""
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(_fold(choice), choice)
    found = difflib.get_close_matches(_fold(word), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def as_slug(word: str) -> str:
    """``word`` as an id: small letters without diacritics, digits and dashes."""
    return re.sub(r"[^a-z0-9_]+", "-", _fold(word)).strip("-_")


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).strip("\"'“”‘’ \u200b\xa0")
