"""Markdown → the text of a post: no markup is left, line breaks and blank lines stay as they were written.

A post has lines, not blocks, so the few block signs are turned into lines here; everything inside a line (links,
emphasis, code, escapes) is read by the Markdown library, and what it made of it is written down as plain text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from loa.campaign.fill import substitute

if TYPE_CHECKING:
    from markdown import Markdown

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RULE_OR_FENCE = re.compile(r"(?m)^ {0,3}(?:(?:[-*_][ \t]*){3,}|(?:```|~~~).*)\n?$")
_QUOTE = re.compile(r"(?m)^ {0,3}>[ \t]?")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_BULLET = re.compile(r"(?m)^([ \t]*)[-*+][ \t]+")
_HARD_BREAK = re.compile(r"(?m)(?:\\|[ \t]+)$")
_BARE_ADDRESS = re.compile(r"(?<![\[<(\"\w])(https?://[^\s<>]*[^\s<>.,;:!?'\")\]}*_])")
_BLANK_LINES = re.compile(r"\n{3,}")
_MASK = re.compile("\ue000([0-9]+)\ue001")
_MOST_BRACKETS = 300
"""The library's time grows with the square of open brackets; a text with more of them than this means them."""


def plain_text(markdown: str, fields: Mapping[str, str] | None = None) -> str:
    """``markdown`` as people read it in a post or a short message, its fields replaced by their values.

    A value is put in after the text was read: a star or an underscore in a unit's name is no emphasis. A field that
    ``fields`` does not have stays as it is written.
    """
    names: list[str] = []
    masked = substitute(markdown, lambda name: f"\ue000{_place_of(name, names)}\ue001")
    values = [(fields or {}).get(name, f"{{{{ {name} }}}}") for name in names]
    filled = _MASK.sub(lambda found: values[int(found[1])], _read(masked))
    return _BLANK_LINES.sub("\n\n", filled).strip()


def _place_of(name: str, names: list[str]) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


@functools.lru_cache(maxsize=4096)
def _read(markdown: str) -> str:
    """The same text goes to many units and channels: it is read once."""
    writer = _PlainWriter()
    writer.feed(_reader().reset().convert(_lines(markdown)))
    writer.close()
    return "".join(writer.pieces)


def paragraphs(markdown: str) -> tuple[str, ...]:
    """The paragraphs of ``plain_text``."""
    return tuple(part for part in plain_text(markdown).split("\n\n") if part.strip())


def _lines(markdown: str) -> str:
    """The text with its block signs turned into lines, and addresses marked so that nothing in them is read."""
    text = markdown.replace("[", r"\[") if markdown.count("[") > _MOST_BRACKETS else markdown
    for pattern, line in (
        (_COMMENT, ""),
        (_RULE_OR_FENCE, ""),
        (_QUOTE, ""),
        (_HEADING, r"\1"),
        (_BULLET, r"\1– "),
        (_HARD_BREAK, ""),
        (_BARE_ADDRESS, r"<\1>"),
    ):
        text = pattern.sub(line, text)
    return text


@functools.cache
def _reader() -> Markdown:
    """The library with lines as its only blocks; made once, it costs a few milliseconds."""
    from markdown import Markdown  # noqa: PLC0415 - 30 ms that only a text needs

    reader = Markdown(extensions=["nl2br"])
    for block in ("indent", "code", "hashheader", "setextheader", "hr", "quote", "reference", "olist", "ulist"):
        reader.parser.blockprocessors.deregister(block)
    reader.preprocessors.deregister("html_block")
    return reader


class _PlainWriter(HTMLParser):
    """Writes down the text of what the library made; a link becomes ``label: address``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._address = ""
        self._label_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address = (dict(attrs).get("href") or "").removeprefix("mailto:").removeprefix("tel:")
            self._label_from = len(self.pieces)

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.pieces.append("\n\n")
        elif tag == "a" and "".join(self.pieces[self._label_from :]) != self._address:
            self.pieces.append(f": {self._address}")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
