"""The layers in front of the faces: loopback names only, marked answers, and the faults of the scenario."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlsplit

from starlette.responses import JSONResponse, PlainTextResponse, Response

from loa.sandbox.faults import Fault, Faults
from loa.sandbox.transport import App, Event, Receive, Scope, Send, break_connection

MARK = (b"x-loa-sandbox", b"1")
SMS_MARK = (b"x-sms-stub", b"1")
"""On every answer of a gateway of text messages, so that an adapter can tell the stub from the real one."""
POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; "
    b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost"})
TRICKLES = 20
"""In about how many pieces a trickling answer comes."""
Answers = Mapping[str, Mapping[str, Callable[[], Response]]]
"""Face → kind of fault → how this platform says it."""


def marked(sms_faces: Collection[str], app: App) -> App:
    """Every answer says that it comes from a sandbox, and pages may load nothing from elsewhere."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_marks(event: Event) -> None:
            if event["type"] == "http.response.start":
                mark = [MARK, SMS_MARK] if scope["path"].split("/")[1] in sms_faces else [MARK]
                extra = [*mark, (b"content-security-policy", POLICY), (b"x-content-type-options", b"nosniff")]
                event["headers"] = [*event.get("headers", []), *extra]
            await send(event)

        await app(scope, receive, with_marks)

    return door


def loopback_only(app: App) -> App:
    """Answer only to this machine's own names, so that no page of another site can reach in by DNS tricks or forms."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", []))
        host = headers.get(b"host", b"").decode("latin-1").partition(":")[0]
        origin = urlsplit(headers.get(b"origin", b"").decode("latin-1")).hostname
        if host not in LOOPBACK_NAMES or (b"origin" in headers and origin not in LOOPBACK_NAMES):
            await PlainTextResponse("loopback only", status_code=403)(scope, receive, send)
            return
        await app(scope, receive, send)

    return door


def misbehaving(app: App, faults: Faults, answers: Answers) -> App:
    """Let the scenario spoil the requests that it names."""

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        face = scope["path"].split("/")[1]
        # the sandbox's own handles and pages are no platform: nothing spoils them
        fault = faults.of(face, scope["method"], scope["path"]) if face in answers else None
        if fault is None:
            await app(scope, receive, send)
        else:
            await _Spoiled(app, fault, answers.get(face, {})).run(scope, receive, send)

    return door


class _Spoiled:
    def __init__(self, app: App, fault: Fault, answers: Mapping[str, Callable[[], Response]]) -> None:
        self._app = app
        self._fault = fault
        self._answers = answers

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = self._fault.kind
        if kind == "delay":
            await asyncio.sleep(self._fault.seconds)
            await self._app(scope, receive, send)
        elif kind == "cut_upload" and _is_raw(scope):
            await self._app(scope, await _first_half(receive), _nowhere)
            await break_connection(scope, receive)
        elif kind in _BEFORE or kind == "cut_upload":  # half of a form is no request at all
            await self._before(scope, receive, send)
        else:
            await self._after(scope, receive, send)

    async def _before(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the request to its end and answer without doing it."""
        while (await receive()).get("more_body", False):
            pass
        if self._fault.kind in {"drop_before", "cut_upload"}:
            await break_connection(scope, receive)
            return
        await self._said()(scope, receive, send)

    async def _after(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do it, and spoil the answer."""
        kept: list[Event] = []

        async def keep(event: Event) -> None:
            kept.append(event)

        await self._app(scope, receive, keep)
        if self._fault.kind == "drop_after":
            await break_connection(scope, receive)
        elif self._fault.kind == "truncated":
            await _half(kept, send)
            await break_connection(scope, receive)
        elif self._fault.kind in {"trickle", "delay_after"}:
            await self._slowly(kept, send)
        else:
            await self._said()(scope, receive, send)

    async def _slowly(self, kept: list[Event], send: Send) -> None:
        """All of the answer, late (``delay_after``) or a little at a time (``trickle``)."""
        if self._fault.kind == "delay_after":
            await asyncio.sleep(self._fault.seconds)
            for event in kept:
                await send(event)
            return
        body = _body(kept)
        step = max(1, len(body) // TRICKLES)
        await send(kept[0])
        for place in range(0, len(body), step):
            await asyncio.sleep(self._fault.seconds * step / len(body))
            await send({"type": "http.response.body", "body": body[place : place + step], "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _said(self) -> Response:
        """The face's own words for this fault, else plain ones."""
        return (self._answers.get(self._fault.kind) or _PLAIN.get(self._fault.kind, _server_error))()


async def _first_half(receive: Receive) -> Receive:
    """A request of which only the first half of the body came."""
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event.get("body", b""), event.get("more_body", False)

    async def half() -> Event:
        return {"type": "http.request", "body": body[: len(body) // 2], "more_body": False}

    return half


async def _nowhere(_: Event) -> None:
    """An answer that nobody hears."""


async def _half(kept: list[Event], send: Send) -> None:
    """The head with its full length, and half of the body."""
    body = _body(kept)
    await send(kept[0])
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})


def _is_raw(scope: Scope) -> bool:
    """Whether the request's body is the file itself, and not a form that holds it."""
    kind: bytes = dict(scope.get("headers", [])).get(b"content-type", b"")
    return kind == b"application/octet-stream"


def _body(kept: list[Event]) -> bytes:
    return b"".join(event.get("body", b"") for event in kept[1:])


def _server_error() -> Response:
    return PlainTextResponse("Internal Server Error", status_code=500)


_BEFORE = frozenset(
    {
        "drop_before",
        "error500_before",
        "429",
        "429_bare",
        "token_expired",
        "slow_verify",
        "throttled_613",
        "transient",
        "wrong_offset",
    }
)
_PLAIN: Mapping[str, Callable[[], Response]] = {
    "garbage": lambda: PlainTextResponse("Service Unavailable"),
    "wrong_json": lambda: JSONResponse({"result": [], "ok": "maybe"}),
    "error_body": lambda: JSONResponse({"error": {"message": "An unknown error has occurred.", "code": 1}}),
    "429_bare": lambda: PlainTextResponse("Too Many Requests", status_code=429),
}
