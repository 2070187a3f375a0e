"""The few marks of Markdown that a booklet needs: headings, paragraphs, lists, steps and boxed notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

Block = dict[str, str]

_KINDS = (
    ("heading", re.compile(r"#{1,6}\s+(.+)")),
    ("note", re.compile(r">\s?(.+)")),
    ("bullet", re.compile(r"[-*+]\s+(.+)")),
    ("step", re.compile(r"(\d{1,2})[.)]\s+(.+)")),
)
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
_LEADS_ON = ("heading",)


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, in order. Lines without a blank line between them are one paragraph."""
    return [_block(kind, number, _plain(words)) for kind, number, words in _joined(text)]


def _plain(words: str) -> str:
    """Without the marks of bold type and links, which paper does not have."""
    return _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", words))


def _block(kind: str, number: str, text: str) -> Block:
    return {"kind": kind, "text": text, "number": number}


def _joined(text: str) -> Iterator[tuple[str, str, str]]:
    """Kind, number and words of each block; a plain line goes on the block above it."""
    kind, number, words = "", "", ""
    for line in [*text.splitlines(), ""]:
        found = _marked(line.strip())
        goes_on = found[0] == "paragraph" and kind not in {"", "heading"}
        if goes_on or (found[0] == kind == "note"):
            words = f"{words} {found[2]}"
            continue
        if kind:
            yield kind, number, words
        kind, number, words = found


def _marked(line: str) -> tuple[str, str, str]:
    for kind, pattern in _KINDS:
        if match := pattern.fullmatch(line):
            number = match[1] if kind == "step" else ""
            return kind, number, match[match.lastindex or 1]
    return ("paragraph" if line else ""), "", line


def leads_on(block: Block) -> bool:
    """Whether a block must not be the last of its page: what it announces would stand on the next."""
    return block["kind"] in _LEADS_ON or block["text"].endswith(":")
