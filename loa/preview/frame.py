"""The frame that every page stands in: its head, the way between pages, and the words of the reader's language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute

from loa.dispatch.words import channel_name, state_name, tone
from loa.messages import long_date, moment, number
from loa.preview.room import room_of
from loa.preview.visits import visit_of

STATIC = Path(__file__).parent / "static"
templates = Environment(
    loader=PackageLoader("loa.preview", "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A place in the way between pages: where it is, what it is called, and all that it answers to."""

    path: str
    vi: str
    en: str
    icon: str
    """The name of a symbol in ``static/icons.svg``."""
    routes: tuple[BaseRoute, ...]


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page, or a part of one, with the words and helpers that all templates use.

    ``t(vi, en)`` chooses the reader's language; ``static(name)`` is the address of a file of ``static``; ``told(when)``
    writes a moment, ``day(date)`` a date and ``count(n)`` a number as the reader does.
    """
    visit, room = visit_of(request), room_of(request)
    lang = visit.lang
    text = templates.get_template(template).render(
        t=lambda vi, en: en if lang == "en" else vi,
        lang=lang,
        visit=visit,
        room=room,
        nav=request.app.state.pages,
        here=request.url.path,
        static=static_address,
        told=lambda when: moment(when, room.zone, lang),
        clock=lambda when: f"{when.astimezone(room.zone):%H:%M}",
        day=lambda date: long_date(date, lang),
        count=lambda value: number(value, lang),
        channel_name=lambda channel: channel_name(channel, lang),
        state_name=lambda state: state_name(state, lang),
        tone=tone,
        **values,
    )
    return HTMLResponse(text, status_code=status)


def static_address(name: str) -> str:
    """Where a file of ``static`` is found; with another content it has another address."""
    return f"/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
