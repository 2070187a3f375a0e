"""Receiving a browser that comes back from a platform's consent page: one page on this machine's loopback, once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit

from loa.cli.language import lang, say
from loa.clock import Clock

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 10
"""How long one visitor may take to say what he wants."""


class Page(NamedTuple):
    """What the browser is shown. ``last``: nobody else is received after this one."""

    status: HTTPStatus
    text: str
    last: bool = False


Answer = Callable[[Mapping[str, str]], Page]
"""Parameters of the redirect → the page."""


def parameters_of(address: str) -> dict[str, str]:
    """The parameters of a redirected address."""
    return dict(parse_qsl(urlsplit(address.strip()).query))


class Reception:
    """Listens on loopback from the moment it is made; ``receive`` waits for the browser.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, port: int) -> None:
        self._server = _Server((LOOPBACK, port), _Visit)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self._server.server_address[1]}/"

    def receive(self, answer: Answer, clock: Clock, patience: timedelta) -> bool:
        """Show pages until the last one was shown; False when nobody came in time."""
        ends = clock.now() + patience
        self._server.answer = answer
        while not self._server.closed_to_visitors:
            left = (ends - clock.now()).total_seconds()
            if left <= 0:
                return False
            self._server.timeout = left
            self._server.handle_request()
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()


class _Server(TCPServer):
    allow_reuse_address = os.name == "posix"  # elsewhere it would let another program take the port over
    answer: Answer
    closed_to_visitors = False

    def names(self) -> frozenset[str]:
        """This machine's own names: no page of another site may reach in by DNS tricks."""
        return frozenset(f"{name}:{self.server_address[1]}" for name in (LOOPBACK, "localhost"))


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    timeout = PATIENCE_SECONDS

    def do_GET(self) -> None:
        if self.headers.get("Host", "") not in self.server.names():
            self._show(Page(HTTPStatus.FORBIDDEN, "loopback only"))
        elif urlsplit(self.path).path != "/":
            self._show(Page(HTTPStatus.NOT_FOUND, say("Không có trang này.", "There is no such page.")))
        else:
            page = self.server.answer(parameters_of(self.path))
            self.server.closed_to_visitors = page.last
            self._show(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of http.server
        """Nothing: the line would hold the code."""

    def version_string(self) -> str:
        return "loa"

    def _show(self, page: Page) -> None:
        body = PAGE.format(lang=lang(), text=escape(page.text)).encode()
        self.send_response(page.status)
        for name, value in (*HEADERS, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


PAGE = """<!doctype html>
<html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Loa</title>
<body style="font: 1.25rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem">
<p>{text}</p>
</body></html>
"""
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
)
