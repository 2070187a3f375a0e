"""Where a network folds a text behind “Xem thêm”, counted in lines and characters.

No network publishes these figures, and they change: take them as a picture of a fold, not as a promise of its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from loa.preview.faces.pieces import Piece, pieces

Device = Literal["desktop", "phone"]
DEVICES: tuple[Device, ...] = ("desktop", "phone")


@dataclass(frozen=True, slots=True)
class Fold:
    """A text is folded after so many lines of ``width`` characters, or after so many characters."""

    lines: int
    width: int
    characters: int


@dataclass(frozen=True, slots=True)
class Folded:
    """What a reader sees at once, and what lies behind the fold."""

    head: tuple[Piece, ...]
    rest: tuple[Piece, ...]
    share: float
    """The part of the characters that is seen at once, 0 to 1."""


FOLDS: Mapping[tuple[str, Device], Fold] = {
    ("post", "desktop"): Fold(lines=10, width=66, characters=477),
    ("post", "phone"): Fold(lines=6, width=46, characters=240),
    ("reel", "desktop"): Fold(lines=2, width=36, characters=72),
    ("reel", "phone"): Fold(lines=2, width=36, characters=72),
    ("tiktok", "desktop"): Fold(lines=2, width=40, characters=90),
    ("tiktok", "phone"): Fold(lines=2, width=40, characters=90),
    ("video", "desktop"): Fold(lines=3, width=90, characters=200),
    ("video", "phone"): Fold(lines=2, width=46, characters=100),
}
"""By the look and the device; what is not here shows the whole text."""


def folded(text: str, fold: Fold | None) -> Folded:
    """``text`` cut where the fold is, at the end of a word; a text that ends just after it is not cut."""
    place = fold_place(text, fold) if fold else len(text)
    head = text[:place].rstrip()
    rest = text[len(head) :]
    if not rest.strip():
        return Folded(pieces(text), (), 1.0)
    return Folded(pieces(head), pieces(rest), len(head) / len(text))


def fold_place(text: str, fold: Fold) -> int:
    """How many characters are seen at once."""
    place = min(len(text), fold.characters, _end_of_line(text, fold))
    if place >= len(text) or text[place].isspace():
        return place
    words = [match.start() for match in re.finditer(r"\s", text[:place])]
    return words[-1] if words else place


def _end_of_line(text: str, fold: Fold) -> int:
    """Where the last line before the fold ends; a blank line is a line too."""
    lines, place = fold.lines, 0
    for written in text.split("\n"):
        needed = max(1, math.ceil(len(written) / fold.width))
        if needed >= lines:
            return place + min(len(written), lines * fold.width)
        lines, place = lines - needed, place + len(written) + 1
    return len(text)
