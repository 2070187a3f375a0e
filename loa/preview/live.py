"""The designer's page over HTTP, for this machine only; pictures change on it as files are saved."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from loa.messages import Lang
from loa.preview.closed import STYLE, Closed, language_of, refusal
from loa.preview.live_page import PAGES, SCRIPT, live_page
from loa.preview.studio import Event, Look, Studio
from loa.render.order import Variant
from loa.render.showroom import template_names
from loa.workspace import brand_names

_POLL, _SETTLE, _ALIVE = 0.05, 0.03, 15.0


def live_application(studio: Studio, look: Look, host: str) -> Starlette:
    """The application that answers as ``host``; it opens with ``look``."""
    pages = _Live(studio, look)
    return Starlette(
        routes=[
            Route("/", pages.page, methods=["GET"]),
            Route("/events", pages.events, methods=["GET"]),
            Route("/picture/{name:str}", pages.picture, methods=["GET"]),
            Route(f"/{STYLE}", lambda _: FileResponse(PAGES / STYLE), methods=["GET"]),
            Route(f"/{SCRIPT}", lambda _: FileResponse(PAGES / SCRIPT), methods=["GET"]),
        ],
        middleware=[Middleware(Closed, host=host)],
        exception_handlers={HTTPException: refusal},
    )


class _Live:
    """What is behind each address. One thread paints: Skia's fonts belong to the thread that opened them."""

    def __init__(self, studio: Studio, look: Look) -> None:
        self._studio = studio
        self._look = look
        self._painter = ThreadPoolExecutor(1, "painter")

    def page(self, request: Request) -> Response:
        ws = self._studio.ws
        look, lang = self._asked(request), language_of(request)
        return HTMLResponse(live_page(look, lang, template_names(ws), brand_names(ws.root)))

    def picture(self, request: Request) -> Response:
        data = self._studio.picture(request.path_params["name"])
        if data is None:
            raise HTTPException(404)
        return Response(data, media_type="image/jpeg")

    def events(self, request: Request) -> Response:
        look, lang = self._asked(request), language_of(request)
        return StreamingResponse(self._stream(look, lang), media_type="text/event-stream")

    def _asked(self, request: Request) -> Look:
        """The look that the address asks for; a name that is not there is refused before a path is made of it."""
        asked, ws = request.query_params, self._studio.ws
        template = asked.get("template") or self._look.template
        brand = asked.get("brand", self._look.brand)
        variant = asked.get("variant", self._look.variant)
        known = template in template_names(ws) or template == self._look.template
        if not known or brand not in ("", *brand_names(ws.root)) or variant not in ("", "elder"):
            raise HTTPException(404)
        wanted: Variant = "elder" if variant == "elder" else ""
        return self._look.of(template, wanted, brand)

    async def _stream(self, look: Look, lang: Lang) -> AsyncIterator[str]:
        stamp: object = None
        quiet = 0.0
        while True:
            now = self._studio.stamp(look)
            if now != stamp:
                stamp = await self._settled(look, now)
                async for event in self._looked(look, lang):
                    yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                quiet = 0
            elif quiet > _ALIVE:
                quiet = 0
                yield ": alive\n\n"
            await asyncio.sleep(_POLL)
            quiet += _POLL

    async def _settled(self, look: Look, now: object) -> object:
        """The state of the files once nobody writes any more: an editor may write in several steps."""
        while True:
            await asyncio.sleep(_SETTLE)
            later = self._studio.stamp(look)
            if later == now:
                return now
            now = later

    async def _looked(self, look: Look, lang: Lang) -> AsyncIterator[Event]:
        loop = asyncio.get_running_loop()
        events = self._studio.events(look, lang)
        while True:
            event = await loop.run_in_executor(self._painter, partial(next, events, None))
            if event is None:
                return
            yield event
