"""How an item reads: fixed slogans letter by letter, short sentences, terms of today, addresses of the state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

from loa.campaign.content import Content
from loa.campaign.load import Loc
from loa.campaign.model import Item
from loa.campaign.plain import plain_text
from loa.campaign.scope import Scope
from loa.campaign.terms import Term, old_terms
from loa.campaign.words import texts_of
from loa.errors import Place, Problem
from loa.text import slug

LONGEST = {"plain": 45, "simple": 25}
"""Syllables of a sentence, by how the audience reads."""
_NEAR = 0.9
_SHARED = 0.7
"""Of the words of a slogan that a line must have before it is looked at closely."""
_WORD = re.compile(r"\S+")
_AROUND = ' \t"“”*_>-•.,:;!?()'
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?!\s|$)[^.!?…\n]*)*")
_FIELD = re.compile(r"\{\{[^}]*\}\}")
_PLATFORMS = ("facebook.com", "youtube.com", "youtu.be", "tiktok.com", "zalo.me", "x.com", "apple.com", "google.com")
"""Where offices have their own pages, and where apps are found."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A text of an item and the way back to where something of it stands."""

    text: str
    content: Content | None
    loc: Loc

    def place(self, scope: Scope, words: str) -> Place:
        if self.content is None:
            return scope.loaded.loaded.place_within(self.loc, words)
        for section in self.content.sections:
            if (start := section.text.find(words)) >= 0:
                return self.content.place(section, start, len(words))
        return self.content.file.meta_place("title")


def language_problems(scope: Scope, item: Item, here: Loc, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """What a careful reader would mark in the words of ``item``; warnings only."""
    contents = [found for name in item.content if (found := scope.contents.get(name, scope.place(here))) is not None]
    said = list(_said(item, here, contents))
    for each in said:
        yield from _slogans(scope, each)
        yield from _terms(scope, each, terms)
        if item.language == "vi":
            yield from _sentences(scope, item, each)
    yield from _links(scope, item, here, contents)


def _said(item: Item, here: Loc, contents: list[Content]) -> Iterator[_Said]:
    for loc, text in texts_of(item, here):
        if loc[-1] != "link":
            yield _Said(text, None, loc)
    for content in contents:
        for section in content.sections:
            yield _Said(section.text, content, ())


def _slogans(scope: Scope, said: _Said) -> Iterator[Problem]:
    """Words that were meant to be a fixed slogan and differ from it."""
    known = {slogan for audience in scope.campaign.audiences for slogan in audience.slogans}
    for line in said.text.splitlines() if known else ():
        words = [(each, found) for each in _WORD.finditer(line) if (found := slug(each[0]))]
        for slogan in known:
            if slogan not in line and (near := _near_in(words, _slugs(slogan))):
                written = line[near[0] : near[1]].strip(_AROUND)
                yield _warning("E373", said.place(scope, written), written=written, slogan=slogan)


@lru_cache(maxsize=256)
def _slugs(slogan: str) -> tuple[str, ...]:
    return tuple(found for word in slogan.split() if (found := slug(word)))


def _near_in(words: list[tuple[re.Match[str], str]], wanted: tuple[str, ...]) -> tuple[int, int] | None:
    """From where to where a line has as many words as the slogan that are nearly the slogan."""
    if not wanted or len({found for _, found in words} & set(wanted)) < len(set(wanted)) * _SHARED:
        return None
    for start in range(max(1, len(words) - len(wanted) + 1)):
        window = words[start : start + len(wanted)]
        if SequenceMatcher(None, " ".join(found for _, found in window), " ".join(wanted)).ratio() >= _NEAR:
            return window[0][0].start(), window[-1][0].end()
    return None


def _terms(scope: Scope, said: _Said, terms: tuple[Term, ...]) -> Iterator[Problem]:
    for use in old_terms(said.text, terms, scope.campaign.start):
        told = {"written": use.written, "new": use.term.new, "since": f"{use.term.since:%d/%m/%Y}"}
        yield _warning("E375", said.place(scope, use.written), **told, source=use.term.source)


def _sentences(scope: Scope, item: Item, said: _Said) -> Iterator[Problem]:
    audience = next((each for each in scope.campaign.audiences if each.id == item.audience), None)
    most = LONGEST[audience.reading if audience else "plain"]
    for found in _SENTENCE.finditer(said.text):
        written = found[0].strip()
        count = len(plain_text(_FIELD.sub("x", written)).split())
        if count > most:
            start = " ".join(written.split(" ")[:4])
            yield _warning("E374", said.place(scope, start), count=str(count), most=str(most))


def _links(scope: Scope, item: Item, here: Loc, contents: list[Content]) -> Iterator[Problem]:
    """Addresses outside of the state's domain, where a citizen cannot tell an office from a swindler."""
    own = {_host(unit.portal) for unit in scope.ws.units.units}
    named = [(content.link, content.file.meta_place("link")) for content in contents if content.link]
    named += [(send.link, scope.place((*here, "send", channel, "link"))) for channel, send in item.send.items()]
    for link, place in named:
        host = _host(link)
        if host and host not in own and not host.endswith((".gov.vn", *_PLATFORMS)):
            yield _warning("E376", place, host=host)


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""


def _warning(code: str, place: Place, **params: str) -> Problem:
    return Problem(code, params, place, severity="warning")
