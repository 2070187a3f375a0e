"""Writing down which addresses a sandbox was asked for (path and query), so that they can be searched for secrets."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from loa.sandbox import server

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


def record_targets(place: Path) -> None:
    """Every sandbox that this process starts from now on appends its requests' targets to ``place``."""
    build = server.build_app

    def recorded(*parts: Any) -> App:
        app = build(*parts)

        async def door(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                with place.open("ab") as file:
                    file.write(scope["raw_path"] + b"?" + scope["query_string"] + b"\n")
            await app(scope, receive, send)

        return door

    server.build_app = recorded  # type: ignore[assignment]  # the same from outside
