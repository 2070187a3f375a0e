"""A caller of the application without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from support.shown import HOST, Answer, Get, Over

from loa.clock import DEFAULT_ZONE
from loa.dispatch import DeliveryView
from loa.preview import application


async def _call(app: Any, path: str, query: str, method: str, headers: Mapping[str, str]) -> Answer:
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(each.get("body", b"") for each in sent[1:]))


@pytest.fixture
def get() -> Over:
    """``get(views)`` gives a caller: ``ask("/asset/…", query="lang=en", host=…)``."""

    def over(views: list[DeliveryView]) -> Get:
        app = application(lambda _: views, DEFAULT_ZONE, HOST)

        def ask(path: str = "/", query: str = "", method: str = "GET", **headers: str) -> Answer:
            named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
            return asyncio.run(_call(app, path, query, method, named))

        return ask

    return over
