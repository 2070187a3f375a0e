"""A link with a token that is used once gives a cookie; with the cookie comes a visit."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loa.dispatch.people import rights_of, stands_for, today
from loa.messages import Lang
from loa.preview.room import Room
from loa.preview.visits import Visit
from loa.workspace import Reviewer

COOKIE = "loa"
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; script-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


@dataclass
class _Session:
    person: Reviewer | None = None
    lang: Lang = "vi"
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Door:
    """Who is in; tokens and sessions live as long as the process."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._tokens: set[str] = set()
        self._sessions: dict[str, _Session] = {}
        self.routes: tuple[BaseRoute, ...] = (
            Route("/enter/{token:str}", self._enter, methods=["GET"]),
            Route("/language/{lang:str}", self._language, methods=["GET"]),
        )

    def link(self) -> str:
        """An address that lets one browser in, once."""
        token = secrets.token_urlsafe(24)
        self._tokens.add(token)
        return f"http://{self._room.host}/enter/{token}"

    def guard(self, app: ASGIApp) -> ASGIApp:
        """The application behind the door."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            headers = Headers(scope=scope)
            session = self._session(headers)
            is_entry = scope["path"].startswith("/enter/")
            inner = app if self._is_own(scope, headers, session) or is_entry else PlainTextResponse("403", 403)
            session = session or _Session()
            client = scope.get("client")
            visit = self._visit(session, client[0] if client else "")
            scope.setdefault("state", {})["visit"] = visit
            await inner(scope, receive, _with_headers(send))

        return guarded

    def _visit(self, session: _Session, origin: str) -> Visit:
        person, desk = session.person, self._room.desk
        if person is None:
            return Visit(None, session.lang, session.csrf, origin)
        settings, day = desk.workspace.settings, today(desk)
        rights, principals = rights_of(settings, person, day), stands_for(settings, person, day)
        return Visit(person, session.lang, session.csrf, origin, rights, principals)

    def _session(self, headers: Headers) -> _Session | None:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        return self._sessions.get(cookie.value) if cookie else None

    def _is_own(self, scope: Scope, headers: Headers, session: _Session | None) -> bool:
        if headers.get("host") != self._room.host or session is None:
            return False
        if scope["method"] in ("GET", "HEAD"):
            return True
        return headers.get("origin") == f"http://{self._room.host}" and headers.get("x-csrf") == session.csrf

    def _enter(self, request: Request) -> Response:
        token = request.path_params["token"]
        if token not in self._tokens:
            return PlainTextResponse("403", 403)
        self._tokens.discard(token)
        name = secrets.token_urlsafe(32)
        reviewers = self._room.desk.workspace.settings.reviewers
        self._sessions[name] = _Session(reviewers[0] if reviewers else None)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, name, httponly=True, samesite="strict", path="/")
        return answer

    def _language(self, request: Request) -> Response:
        session = self._session(request.headers)
        if session:
            session.lang = "en" if request.path_params["lang"] == "en" else "vi"
        to = request.query_params.get("to", "/")
        return RedirectResponse(to if to.startswith("/") and not to.startswith("//") else "/", 303)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
