"""Vietnamese letters: one normal form, and the way to plain ASCII for networks that know no diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from loa.errors import LoaError

# Invisible characters that come along with copied text.
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"))
_LINES = dict.fromkeys(map(ord, "\x0b\x85\u2028\u2029"), "\n")
_SPACES = _LINES | dict.fromkeys(
    map(ord, "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), " "
)
# U+00D0 (eth) looks like the Vietnamese Đ, and decomposition leaves all four of them alone.
_LETTERS = str.maketrans("đĐðÐ", "dDdD")
_SIGNS = str.maketrans(
    dict.fromkeys("“”„«»″", '"')
    | dict.fromkeys("‘’‚′´`", "'")
    | dict.fromkeys("–—‐‑−•·", "-")
    | {"…": "...", "→": "->", "²": "2", "³": "3", "×": "x", "÷": "/", "≥": ">=", "≤": "<=", "±": "+/-", "№": "No"}
    | {"€": "EUR"}
)
# Signs that need a space in front to stay readable: 100.000₫ → 100.000 d, 10°C → 10 do C, 5½ → 5 1/2.
_SPACED = (
    (re.compile(r" ?₫"), " d"),
    (re.compile(r" ?°(?=\w)"), " do "),
    (re.compile(r" ?°"), " do"),
    (re.compile(r"(?<=\d) ?½"), " 1/2"),
    (re.compile(r"½"), "1/2"),
)
_MARKS = re.compile("[\u0300-\u036f]")
# What handsets show of ASCII: no control character but line breaks and the page break.
_UNWRITABLE = re.compile(r"[^\n\f\r -~]")

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\uffff]|[\u0300-\u036f]{5}"
)
"""Orders to a terminal, marks that turn the direction of writing, halves of letters, and towers of accents."""


class UnwritableCharacters(LoaError):  # noqa: N818 - named after what a person sees
    """Characters that have no plain ASCII form: told to the author with their places, never dropped in silence."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        """``places`` are counted from 1, in the normal form of the text."""
        told = (f"{visible(sign)} ({', '.join(map(str, where))})" for sign, where in places.items())
        super().__init__("E301", characters="; ".join(told))
        self.characters = tuple(places)
        self.places = {sign: tuple(where) for sign, where in places.items()}


def nfc(text: str) -> str:
    """The one normal form of all text: macOS file names and some PDFs deliver letters taken apart."""
    return unicodedata.normalize("NFC", text)


def unaccent(text: str) -> str:
    """Plain ASCII, as it is read over a network without diacritics; always within GSM 03.38 as well.

    Raises:
        UnwritableCharacters: something has no ASCII form, for example an emoji or a control character.
    """
    whole = nfc(text)
    plain = _plain(whole)
    if _UNWRITABLE.search(plain):
        places: dict[str, list[int]] = {}
        for place, character in enumerate(whole, start=1):
            if _UNWRITABLE.search(_plain(character)):
                places.setdefault(character, []).append(place)
        raise UnwritableCharacters(places)
    return plain


def visible(character: str) -> str:
    """A character for people: itself, or its code where there is nothing to be seen."""
    return f"U+{ord(character):04X}" if unicodedata.category(character)[0] in "CMZ" else character


def _plain(text: str) -> str:
    plain = _without_marks(text.translate(_NOTHING).translate(_SPACES).translate(_SIGNS))
    for sign, words in _SPACED:
        plain = sign.sub(words, plain)
    return plain


def _without_marks(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_LETTERS)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: for file names and ids. What has no ASCII form is left out."""
    return "-".join(re.findall(r"[a-z0-9]+", _without_marks(nfc(text)).lower()))


def shorten(text: str, limit: int, measure: Callable[[str], int] = len) -> str:
    """``text`` within ``limit`` of ``measure``, cut at the end of a word and closed with an ellipsis."""
    text = nfc(text)
    if measure(text) <= limit:
        return text
    ends = [match.start() for match in re.finditer(r"\s+", text)]
    for end in reversed(ends):
        candidate = text[:end].rstrip(" ,;:.–-") + "…"
        if len(candidate) > 1 and measure(candidate) <= limit:
            return candidate
    cut = limit
    while cut > 0 and measure(text[:cut] + "…") > limit:
        cut -= 1
    return text[:cut] + "…" if cut else ""
