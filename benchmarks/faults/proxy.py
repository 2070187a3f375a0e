"""A way to the sandbox that breaks once for each message: before its request arrives, or after it was taken."""

from __future__ import annotations

import contextlib
import fnmatch
import http.client
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal, Self
from urllib.parse import urlsplit

Mode = Literal[
    "reset before",  # the connection breaks before the request was read (a broken handshake looks the same)
    "silence before",  # the request is swallowed, and nothing comes back until the client gives up
    "silence after",  # taken, and the answer never comes
    "reset after",  # taken, and the connection breaks
    "500 after",  # taken, and the answer is HTTP 500
    "429",  # not taken, and told when to come again
    "truncated",  # taken, and the answer breaks off in the middle
    "garbage",  # taken, and the answer is no JSON
    "trickle",  # taken, and the answer comes a few bytes at a time
]
TAKEN: tuple[Mode, ...] = ("silence after", "reset after", "500 after", "truncated", "garbage", "trickle")
_TRICKLE = 0.005


@dataclass
class Proxy:
    """Stands before a sandbox; strikes the first ``route`` call of each message, and lets its repetition through."""

    sandbox: str
    route: str
    mode: Mode
    silence: float
    """Seconds for which nothing is said: longer than the client's patience."""
    needs: bytes = b""
    """What the body of the call must hold: an upload in phases uses one route for all of them."""
    struck: int = 0
    _armed: bool = True
    _last: bytes = b""
    _mutex: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        proxy = self

        class Handler(_Handler):
            owner = proxy

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def strikes(self, method: str, path: str, body: bytes) -> bool:
        """Whether this call is the one.

        What was not taken comes again, so that every second call is struck; what was taken does not, or as it was.
        """
        if method != "POST" or not fnmatch.fnmatch(path, self.route) or self.needs not in body:
            return False
        with self._mutex:
            struck = body != self._last if self.mode in TAKEN else self._armed
            self._armed, self._last = not struck, body if struck else b""
            self.struck += struck
        return struck


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: Proxy

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if not self.owner.strikes(self.command, urlsplit(self.path).path, body):
            self._say(*self._forward(body))
            return
        self._misbehave(body)

    do_GET = do_POST = do_DELETE = do_PUT = _serve  # noqa: N815 - the names that the library calls

    def _misbehave(self, body: bytes) -> None:
        mode = self.owner.mode
        answer = self._forward(body) if mode in TAKEN else (429, _OURS | {"Retry-After": "60"}, b"{}")
        speak: dict[str, Callable[[], None]] = {
            "500 after": lambda: self._say(500, _OURS, b"broken"),
            "429": lambda: self._say(*answer),
            "truncated": lambda: self._cut(answer),
            "garbage": lambda: self._say(200, _OURS, b"<html>no</html>"),
            "trickle": lambda: self._trickle(answer),
        }
        if mode.startswith("silence"):
            threading.Event().wait(self.owner.silence)
        if mode in speak:
            speak[mode]()
        else:
            self._reset()

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        place = urlsplit(self.owner.sandbox)
        wire = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        with contextlib.closing(wire):
            wire.request(self.command, self.path, body, headers)
            answer = wire.getresponse()
            data = answer.read()
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in _OF_THE_HOP}
            return answer.status, kept, data

    def _say(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self._head(status, headers, len(data))
        self.wfile.write(data)

    def _head(self, status: int, headers: dict[str, str], length: int) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _cut(self, answer: tuple[int, dict[str, str], bytes]) -> None:
        status, headers, data = answer
        self._head(status, headers, len(data) or 10)
        self.wfile.write(data[: len(data) // 2])
        self._reset()

    def _trickle(self, answer: tuple[int, dict[str, str], bytes]) -> None:
        status, headers, data = answer
        self._head(status, headers, len(data))
        for place in range(0, len(data), 8):
            self.wfile.write(data[place : place + 8])
            self.wfile.flush()
            threading.Event().wait(_TRICKLE)

    def _reset(self) -> None:
        """Break the connection at once, so that the client sees a reset."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()


_OURS = {"x-loa-sandbox": "1"}
"""Every answer of an imitation carries it: a horn takes one without for a stranger's."""
_OF_THE_HOP = {"content-length", "transfer-encoding", "connection", "server", "date"}
