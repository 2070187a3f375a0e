"""A web server protocol that lets the application break its own connection: a real drop, not a polite error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
BREAK = "loa.break"


class BreakableProtocol(H11Protocol):
    """Puts the connection's ``abort`` into the extensions of each request's scope."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[BREAK] = transport.abort
            await inner(scope, receive, send)

        self.app = app


async def break_connection(scope: Scope, receive: Receive) -> None:
    """Abort the connection and wait until the server has seen it gone."""
    scope["extensions"][BREAK]()
    while (await receive())["type"] != "http.disconnect":
        pass
