"""For this machine's own page: own host, own origin, and what a browser may do with the answers."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loa.messages import Lang, sentence
from loa.preview.frame import templates

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
STYLE = "live.css"
_OWN = ("none", "same-origin")


class Closed:
    """Lets in only what this machine's own page asks for, and tells the browser to keep it so.

    A page on the web can make a browser call 127.0.0.1, under our name (by DNS) or under its own (by a link to our
    address). The ``Host`` header tells the first, ``Origin`` and ``Sec-Fetch-Site`` the second.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._hosts = (host, host.replace("127.0.0.1", "localhost"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS.items()),
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
    page = templates.get_template("problem.html").render(lang=lang, code=code, text=text, style=f"/{STYLE}")
    return HTMLResponse(page, status_code=status)
