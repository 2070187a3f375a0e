"""The door: a link that is used once lets a browser in; who is there signs in by name and PIN."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loa.dispatch.people import own_rights, rights_of, standing_in, stands_for, today
from loa.messages import Lang
from loa.preview.door.address import Address
from loa.preview.door.closed import refusal, self_contained
from loa.preview.door.guard import ENTRY, NOT_LET_IN, STALE, is_deed, is_meant, why_refused
from loa.preview.door.sessions import Session, Sessions
from loa.preview.room import Room
from loa.preview.visits import Visit

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; script-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # with no referrer at all browsers send the origin of a plain form as “null”
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Door:
    """Who is in. ``address``: where browsers find the desk, if not just at the room's host on this machine."""

    def __init__(self, room: Room, address: Address | None = None) -> None:
        self.room = room
        self.address = address or Address(f"http://{room.host}")
        self.sessions = Sessions(room.desk.clock.now)

    def link(self) -> str:
        """An address that lets one browser in, once."""
        return f"{self.address.origin}{ENTRY}{self.sessions.invite()}"

    def session_of(self, request: Request) -> Session:
        """The session of a request that was let in."""
        session: Session = request.state.session
        return session

    def guard(self, app: ASGIApp) -> ASGIApp:
        """The application behind the door."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                await self._judged(app, scope, receive, _with_headers(send))
            elif scope["type"] == "lifespan":
                await app(scope, receive, send)

        return guarded

    async def _judged(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        headers, method = Headers(scope=scope), scope["method"]
        cookie = cookie_parser(headers.get("cookie", "")).get(self.address.cookie, "")
        session = self.sessions.find(cookie, is_deed=is_deed(method, headers))
        code = why_refused(method, scope["path"], headers, session, self.address)
        if not code and session and method == "POST":
            meant, receive = await is_meant(headers, receive, session.csrf)
            code = "" if meant else STALE
        lang: Lang = session.lang if session else "vi"
        if code:
            await refusal(Request(scope), code, f"{self.address.origin}/", lang)(scope, receive, send)
            return
        if session is None:
            await self._enter(Request(scope))(scope, receive, send)
            return
        client = scope.get("client")
        state = scope.setdefault("state", {})
        state["visit"] = self._visit(session, client[0] if client else "")
        state["session"], state["cookie"] = session, cookie
        await app(scope, receive, send)

    def _enter(self, request: Request) -> Response:
        """Nobody is in yet, and the address is that of a link."""
        name = self.sessions.enter(request.url.path.removeprefix(ENTRY))
        if name is None:
            return refusal(request, NOT_LET_IN, f"{self.address.origin}/", "vi")
        answer = self_contained("door/entered.html")
        self.give(answer, name)
        return answer

    def give(self, answer: Response, name: str) -> None:
        """Let the browser keep the name of its session where no script and no other site reads it."""
        answer.set_cookie(
            self.address.cookie, name, path="/", httponly=True, samesite="strict", secure=self.address.is_secure
        )

    def _visit(self, session: Session, origin: str) -> Visit:
        """Who is there, by the people and roles of ``loa.yaml`` as they are now."""
        desk = self.room.desk
        settings, day = desk.workspace.settings, today(desk)
        person = next((each for each in settings.reviewers if each.id == session.person_id), None)
        if person is None:
            return Visit(None, session.lang, session.csrf, origin)
        rights, principals = rights_of(settings, person, day), stands_for(settings, person, day)
        alone = "reviewer" in own_rights(settings, person)
        first = None if alone else next(iter(principals), None)
        principal = next((each for each in principals if each.id == session.in_name_of), first)
        shown = standing_in(person, principal) if principal else person
        return Visit(shown, session.lang, session.csrf, origin, rights, principals)


def entered_again(_: Request) -> Response:
    """A link that is opened by a browser that is in already is not used up."""
    return RedirectResponse("/", 303)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
