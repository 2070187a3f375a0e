"""The links that X sees in a text, those without ``https://`` too, by the grammar of the official twitter-text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from loa.text.characters import nfc
from loa.text.x_names import COUNTRIES, GENERAL

_LONGEST_LINK = 4096
_LONGEST_SLUG = 40

_UNWRITABLE = "\ufffe\ufeff\uffff"
_TURNS = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_SPACES = "\\t-\\r \u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    "\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_NO_NAME = rf"!#%&'()*+,\\./:;<=>?@\[\]\^{{|}}~${_SPACES}{_UNWRITABLE}{_TURNS}"
# Possessive and no longer than a name may be: thousands of letters without a full stop are given up at once.
_OUTER = rf"(?![_-])[^{_NO_NAME}]{{1,63}}+(?<![_-])\."
_INNER = rf"(?!-)[^{_NO_NAME}_]{{1,63}}+(?<!-)\."


def _any_of(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_TOP = rf"(?:(?:{_any_of(COUNTRIES + GENERAL)})(?=[^0-9a-zA-Z@+-]|$)|xn--[0-9a-z-]+)"
_DOMAIN = rf"(?:{_OUTER})*{_INNER}{_TOP}"

_STEP = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\u2013_~@|&{_LATIN}-]"
_BRACED = rf"\((?:{_STEP}+|{_STEP}*\({_STEP}+\){_STEP}*)\)"
# A bracket ends a link only when a step of the path begins with it: so says the grammar, and so do the vectors.
_STOP = rf"[+a-z\u0400-\u04ff0-9=_#/{_LATIN}-]"
_PATH = rf"/(?:{_STEP}*(?:{_BRACED}{_STEP}*)*{_STOP}|{_BRACED}|@{_STEP}+/)*"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]_.,~|-]*[a-z0-9_&=#/-]"

_LINK = (
    rf"(?P<before>[^A-Za-z0-9@＠$#＃{_UNWRITABLE}]|^)"
    rf"(?P<link>(?P<scheme>https?://)?(?P<domain>{_DOMAIN})(?::[0-9]+)?(?P<path>{_PATH})?(?:{_QUERY})?)"
)
_BARE = rf"(?:[a-z0-9{_LATIN}-]+\.)+{_TOP}"
_SHORT = rf"https?://t\.co/(?P<slug>[a-z0-9]+)(?:{_QUERY})?"


class Link(NamedTuple):
    """A link and its place in the text as X counts it."""

    start: int
    end: int
    text: str


def x_links(text: str) -> tuple[str, ...]:
    """Everything in ``text`` that X turns into a link, as it is written there."""
    return tuple(link.text for link in links_in(nfc(text)))


def links_in(text: str) -> Iterator[Link]:
    """The links of a text in NFC, in order."""
    for found in _compiled(_LINK).finditer(text) if "." in text else ():
        if not _sendable(found["link"], found["domain"]):
            continue
        if found["scheme"]:
            yield from _with_scheme(found)
        elif not found["before"].endswith(("-", "_", ".", "/")):
            yield from _without_scheme(found)


def _with_scheme(found: re.Match[str]) -> Iterator[Link]:
    """A t.co address ends after its slug; any other is taken as it stands."""
    short = _compiled(_SHORT).match(found["link"])
    if short is None:
        yield Link(*found.span("link"), found["link"])
    elif len(short["slug"]) <= _LONGEST_SLUG:
        yield Link(found.start("link"), found.start("link") + short.end(), short[0])


def _without_scheme(found: re.Match[str]) -> Iterator[Link]:
    """Only names in Latin letters; a path belongs to the last of them."""
    base = found.start("domain")
    names = [
        Link(base + name.start(), base + name.end(), name[0]) for name in _compiled(_BARE).finditer(found["domain"])
    ]
    if names and found["path"]:
        start = names[-1].start
        names[-1] = Link(start, found.end("link"), found.string[start : found.end("link")])
    yield from names


@cache
def _compiled(grammar: str) -> re.Pattern[str]:
    """Compiled when first asked for: a thousand names cost thirty milliseconds that ``loa --help`` does not need."""
    return re.compile(grammar, re.IGNORECASE)


def _sendable(link: str, domain: str) -> bool:
    """Whether the name can be asked of the name servers and the whole is not too long."""
    try:
        ascii_name = domain.encode("idna")
    except UnicodeError:
        return False
    return len("https://") + len(link) + len(ascii_name) - len(domain) <= _LONGEST_LINK
