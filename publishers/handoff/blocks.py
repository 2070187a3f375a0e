"""Plain text read as blocks: paragraphs and lists, addresses in them; for the article page and for the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

BlockKind = Literal["paragraph", "bullets", "numbers"]
_BULLET = re.compile(r"^\s*[–•*-]\s+")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_ADDRESS = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}…]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``address`` where it is a web address (http or https, nothing else becomes a link)."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph (its lines) or one list (its entries), without the signs that marked them."""

    kind: BlockKind
    lines: tuple[tuple[Piece, ...], ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text; blank lines part paragraphs, a dash or a number at the start of a line makes an entry."""
    return tuple(block for part in re.split(r"\n\s*\n", text.strip()) for block in _of_part(part))


def _of_part(part: str) -> Iterator[Block]:
    for kind, lines in groupby((line for line in part.split("\n") if line.strip()), key=_kind):
        yield Block(kind, tuple(pieces(_bare(line)) for line in lines))


def _kind(line: str) -> BlockKind:
    if _BULLET.match(line):
        return "bullets"
    return "numbers" if _NUMBER.match(line) else "paragraph"


def _bare(line: str) -> str:
    return (
        _NUMBER.sub("", _BULLET.sub("", line, count=1), count=1).strip() if _kind(line) != "paragraph" else line.strip()
    )


def pieces(line: str) -> tuple[Piece, ...]:
    """A line cut at its addresses."""
    found, at = [], 0
    for match in _ADDRESS.finditer(line):
        found += [Piece(line[at : match.start()])] if match.start() > at else []
        found.append(Piece(match[0], match[0]))
        at = match.end()
    return (*found, Piece(line[at:])) if at < len(line) or not found else tuple(found)
