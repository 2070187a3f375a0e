"""Word by word: what a text lost and what it gained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\S+\s*|\s+")
_MOST_TOKENS = 20_000
Kind = Literal["same", "lost", "gained"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of one kind, with the white space after each."""

    kind: Kind
    text: str


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """How ``before`` became ``after``. What is same or lost, put together, is ``before``; same or gained, ``after``."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return (Piece("lost", before), Piece("gained", after))
    return tuple(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("lost", "".join(old[a:b]))
        if c < d:
            yield Piece("gained", "".join(new[c:d]))
