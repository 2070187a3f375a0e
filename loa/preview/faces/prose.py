"""The body of an article as clean HTML: paragraphs, lists and links to the web, and nothing else.

The text in the book has been read out of Markdown already, and is what the platform gets; here it is only laid out.
Everything is escaped on the way in, and what comes out is cleaned again by a library that knows browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

import nh3
from markupsafe import Markup

from loa.preview.faces.pieces import pieces

MOST_CHARACTERS = 60_000
"""More than any channel takes: what lies behind is left out of the page, and the page says so."""
_ENTRY = re.compile(r"^\s*(?:[–•*-]|\d{1,2}[.)])\s+")
_TAGS = {"p", "ul", "li", "a"}


def article(text: str, *, lists: bool) -> Markup:
    """``text`` as HTML.

    With ``lists`` lines that begin with a dash or a number are entries, as on a portal; without, every line is a
    paragraph, as on Zalo.
    """
    made = "".join(_lists(text[:MOST_CHARACTERS]) if lists else _paragraphs(text[:MOST_CHARACTERS]))
    return cleaned(made)


def cleaned(markup: str) -> Markup:
    """``markup`` with nothing in it that could act: no script, no style, no address but http and https."""
    return Markup(  # noqa: S704 - this is the very place where it is made harmless
        nh3.clean(
            markup[: 10 * MOST_CHARACTERS],
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            url_relative="deny",
            link_rel="noopener noreferrer nofollow",
        )
    )


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield f"<p>{_line(line)}</p>"


def _lists(text: str) -> Iterator[str]:
    lines = (line for line in text.split("\n") if line.strip())
    for is_entry, group in groupby(lines, key=lambda line: _ENTRY.match(line) is not None):
        if is_entry:
            yield "<ul>" + "".join(f"<li>{_line(_ENTRY.sub('', line, count=1))}</li>" for line in group) + "</ul>"
        else:
            yield from (f"<p>{_line(line)}</p>" for line in group)


def _line(line: str) -> str:
    return "".join(
        f'<a href="{escape(piece.address)}">{escape(piece.text)}</a>' if piece.address else escape(piece.text)
        for piece in pieces(line.strip())
    )
