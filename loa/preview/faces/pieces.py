"""A text as networks show it: addresses and hashtags stand out; nothing else of it means anything to a browser."""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import Literal, NamedTuple

PieceKind = Literal["plain", "link", "tag"]
_MARKED = re.compile(r"(?P<link>https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}…])|(?P<tag>(?<![\w&#/])#(?=\w*[^\W\d])\w+)")


class Piece(NamedTuple):
    """A run of text. Only one of kind ``link`` has an address, and it begins with http:// or https://."""

    text: str
    kind: PieceKind = "plain"

    @property
    def address(self) -> str:
        return self.text if self.kind == "link" else ""


def pieces(text: str) -> tuple[Piece, ...]:
    """A text cut at its addresses and hashtags; joined again it is the same text."""
    found, at = [], 0
    for match in _MARKED.finditer(text):
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(Piece(match[0], "link" if match["link"] else "tag"))
        at = match.end()
    return (*found, Piece(text[at:])) if at < len(text) else tuple(found)


def initials(name: str) -> str:
    """What stands in a round avatar without a picture: ``Xã Kim Liên`` → ``KL``."""
    words = re.findall(r"[^\W\d_]+", name.partition("(")[0])
    own = list(dropwhile(lambda word: word.casefold() in _RANKS, words)) or words or ["?"]
    return "".join(word[0] for word in own[-2:]).upper()


_RANKS = frozenset({"xã", "phường", "tỉnh", "huyện", "thành", "phố", "đặc", "khu", "ubnd", "trang", "oa"})
