"""Counting what came in: how often each face was called, and how it answered."""

from __future__ import annotations

from collections import Counter
from threading import Lock

from loa.sandbox.transport import App, Event, Receive, Scope, Send

BROKEN = 0
"""Stands for the status of a request whose connection was broken."""


class Meter:
    """Calls by face and HTTP status."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: Counter[tuple[str, int]] = Counter()

    def calls(self, face: str) -> dict[int, int]:
        """HTTP status → how often this face answered so; ``BROKEN`` where there was no answer."""
        with self._lock:
            found = {status: count for (name, status), count in self._calls.items() if name == face}
        return dict(sorted(found.items()))

    def counting(self, app: App) -> App:
        """``app`` with every request counted."""

        async def door(scope: Scope, receive: Receive, send: Send) -> None:
            answered = BROKEN

            async def with_status(event: Event) -> None:
                nonlocal answered
                if event["type"] == "http.response.start":
                    answered = event["status"]
                await send(event)

            await app(scope, receive, with_status)
            with self._lock:
                self._calls[scope["path"].split("/")[1], answered] += 1

        return door
