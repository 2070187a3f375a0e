"""The page over HTTP, for this machine only: own host, own origin, GET only, and no file that no view lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loa.dispatch import AttachmentView, DeliveryView
from loa.messages import Lang, sentence
from loa.preview.page import Addresses, Choice, page_of, problem_page

ViewsOf = Callable[[Lang], Sequence[DeliveryView]]
PAGES = Path(__file__).parent / "pages"
STYLE = "preview.css"
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
_OWN = ("none", "same-origin")
_ADDRESSES = Addresses(
    style=f"/{STYLE}",
    asset=lambda each: f"/asset/{each.sha256}" if each.path.is_file() else "",
    captions=lambda each: f"/captions/{each.sha256}" if each.captions and each.captions.is_file() else "",
    preview=lambda each: f"/shown/{each.sha256}" if each.preview and each.preview.is_file() else "",
)


def application(views_of: ViewsOf, zone: tzinfo, host: str) -> Starlette:
    """The application that answers as ``host`` (``127.0.0.1:8766``)."""
    pages = _Pages(views_of, zone)
    return Starlette(
        routes=[
            Route("/", pages.page, methods=["GET"]),
            Route("/asset/{sha256:str}", pages.asset, methods=["GET"]),
            Route("/captions/{sha256:str}", pages.captions, methods=["GET"]),
            Route("/shown/{sha256:str}", pages.shown, methods=["GET"]),
            Route(f"/{STYLE}", lambda _: FileResponse(PAGES / STYLE), methods=["GET"]),
        ],
        middleware=[Middleware(Closed, host=host)],
        exception_handlers={HTTPException: refusal},
    )


class Closed:
    """Lets in only what this machine's own page asks for, and tells the browser to keep it so.

    A page on the web can make a browser call 127.0.0.1, under our name (by DNS) or under its own (by a link to our
    address). The ``Host`` header tells the first, ``Origin`` and ``Sec-Fetch-Site`` the second.
    """

    def __init__(self, app: ASGIApp, host: str, headers: Mapping[str, str] = HEADERS) -> None:
        self._app = app
        self._headers = headers
        self._hosts = (host, host.replace("127.0.0.1", "localhost"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in self._headers.items()),
                ]
            await send(message)

        request = Request(scope)
        app = self._app if self._is_own(request) else _refuse(request, self._hosts[0])
        await app(scope, receive, guarded)

    def _is_own(self, request: Request) -> bool:
        headers = request.headers
        origin = headers.get("origin", "")
        if headers.get("host", "") not in self._hosts:
            return False
        if origin and origin not in {f"http://{host}" for host in self._hosts}:
            return False
        # A link on another page may lead here; nothing else from another site may.
        return headers.get("sec-fetch-site", "none") in _OWN or headers.get("sec-fetch-mode") == "navigate"


class _Pages:
    """What is behind each address."""

    def __init__(self, views_of: ViewsOf, zone: tzinfo) -> None:
        self._views_of = views_of
        self._zone = zone

    def page(self, request: Request) -> Response:
        lang = language_of(request)
        asked = request.query_params
        choice = Choice(**{name: asked.get(name, "") for name in Choice.__dataclass_fields__})
        return HTMLResponse(page_of(self._views_of(lang), self._zone, lang, _ADDRESSES, choice))

    def asset(self, request: Request) -> Response:
        found = self._listed(request)
        return FileResponse(found.path, media_type=found.media_type)

    def captions(self, request: Request) -> Response:
        found = self._listed(request)
        if found.captions is None or not found.captions.is_file():
            raise HTTPException(404)
        return FileResponse(found.captions, media_type="text/plain; charset=utf-8")

    def shown(self, request: Request) -> Response:
        """The picture that stands for a document."""
        found = self._listed(request)
        if found.preview is None or not found.preview.is_file():
            raise HTTPException(404)
        return FileResponse(found.preview, media_type="image/jpeg")

    def _listed(self, request: Request) -> AttachmentView:
        """The asset of this hash, if a view lists it: no other file of the machine has an address."""
        wanted = request.path_params["sha256"]
        for view in self._views_of("vi"):
            for each in (*view.attachments, *view.besides):
                if each.sha256 == wanted and each.path.is_file():
                    return each
        raise HTTPException(404)


def language_of(request: Request) -> Lang:
    """The language that an address asks for."""
    return "en" if request.query_params.get("lang") == "en" else "vi"


async def refusal(request: Request, error: Exception) -> Response:
    """What is answered where there is no such page."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(request, "E804", status)


def _refuse(request: Request, host: str) -> Response:
    return _problem(request, "E803", 403, address=f"http://{host}/")


def _problem(request: Request, code: str, status: int, **params: str) -> Response:
    lang = language_of(request)
    text = sentence(code, params, lang)
    return HTMLResponse(problem_page(code, text, lang, f"/{STYLE}"), status_code=status)
