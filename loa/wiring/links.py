"""Whether the links of the campaigns can be opened: asked only where somebody wants it, through the one door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from loa.campaign import LoadedCampaign, load_content
from loa.campaign.words import texts_of
from loa.errors import LoaError, Place, Problem
from loa.workspace import Workspace
from publishers.http import InDoubt, NotSent, call, new_session

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'{}]*[^\s<>()\[\]\"'{}.,;:!?]")
_SECONDS = (5, 10)
"""To connect, to answer."""
_AT_ONCE = 8
_ASK_OTHERWISE = (403, 405, 501)
"""What servers answer to HEAD that would show the page to a reader."""
_REFUSED = 400


def link_problems(ws: Workspace, campaigns: Sequence[LoadedCampaign]) -> list[Problem]:
    """A warning for each place of a link that cannot be opened; each address is asked once."""
    places: dict[str, list[Place]] = {}
    for link, place in _links(ws, campaigns):
        places.setdefault(link, []).append(place)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = dict(zip(places, pool.map(_trouble, places), strict=True))
    return [
        Problem("E377", {"link": link, "detail": found[link]}, place, severity="warning")
        for link, where in places.items()
        if found[link]
        for place in dict.fromkeys(where)
    ]


def _links(ws: Workspace, campaigns: Sequence[LoadedCampaign]) -> Iterator[tuple[str, Place]]:
    for loaded in campaigns:
        contents = dict.fromkeys(name for item in loaded.campaign.items for name in item.content)
        for number, item in enumerate(loaded.campaign.items):
            for loc, text in texts_of(item, ("items", number)):
                for found in _ADDRESS.findall(text):
                    yield found, loaded.loaded.place_within(loc, found)
        for name in contents:
            yield from _in_content(ws, name)
    for unit in ws.units.units:
        if _ADDRESS.fullmatch(unit.portal):
            yield unit.portal, Place(ws.settings.units.file or "loa.yaml")


def _in_content(ws: Workspace, name: str) -> Iterator[tuple[str, Place]]:
    try:
        content = load_content(ws, name)
    except LoaError:  # it has been told
        return
    if _ADDRESS.fullmatch(content.link):
        yield content.link, content.file.meta_place("link")
    for section in content.sections:
        for found in _ADDRESS.finditer(section.text):
            yield found[0], content.place(section, found.start(), len(found[0]))


def _trouble(link: str) -> str:
    """Why a link cannot be opened; nothing where it can, or leads on to another page."""
    try:
        session = new_session()
        answer = call(session, "HEAD", link, timeout=_SECONDS)
        if answer.status in _ASK_OTHERWISE:
            answer = call(session, "GET", link, timeout=_SECONDS)
    except (NotSent, InDoubt) as error:
        return str(error)
    return f"HTTP {answer.status}" if answer.status >= _REFUSED else ""
