"""Connections that tell a refused one from a lost answer, and give every answer a deadline."""

from __future__ import annotations

import time
from functools import partial
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError

TOTAL_SECONDS = 60.0


class _MarkedConnect:
    """Turns every failure before the connection stands, TLS handshake included, into NewConnectionError."""

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]  # mixed into urllib3's connections below
        except (NewConnectionError, NameResolutionError, ConnectTimeoutError):
            raise
        except (OSError, HTTPError) as error:
            raise NewConnectionError(self, type(error).__name__) from error  # type: ignore[arg-type]  # the same mix


class _TimedAnswer:
    """A deadline for the whole answer, headers included, counted from when the request had left.

    A trickle that keeps every single wait short cannot hold a sender, and a long upload does not eat up the time
    of the answer.
    """

    total_seconds = TOTAL_SECONDS

    def getresponse(self) -> Any:
        # A duration, not a time of day: the only use of this machine's own counter outside loa.clock.
        ends = time.monotonic() + self.total_seconds
        vars(self)["response_class"] = partial(_answer_within, ends)
        return super().getresponse()  # type: ignore[misc]  # mixed into urllib3's connections below


def _answer_within(ends: float, sock: Any, *args: Any, **options: Any) -> HTTPResponse:
    return HTTPResponse(_TimedSocket(sock, ends), *args, **options)  # type: ignore[arg-type]  # only makefile is asked of it


class _TimedSocket:
    """What the standard library's response asks of a socket: a file, here one with a deadline."""

    def __init__(self, sock: Any, ends: float) -> None:
        self._sock = sock
        self._ends = ends

    def makefile(self, mode: str) -> BufferedReader:
        return BufferedReader(_TimedFile(self._sock, self._sock.makefile(mode, buffering=0), self._ends))


class _TimedFile(RawIOBase):
    def __init__(self, sock: Any, raw: Any, ends: float) -> None:
        self._sock = sock
        self._raw = raw
        self._ends = ends
        self._longest_wait = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer is too slow")
        self._sock.settimeout(min(left, self._longest_wait))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Connection(_MarkedConnect, _TimedAnswer, HTTPConnection):
    pass


class _SecureConnection(_MarkedConnect, _TimedAnswer, HTTPSConnection):
    pass


def pools(total_seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections keep this deadline."""
    named = {"total_seconds": total_seconds}
    plain = type("_TimedConnection", (_Connection,), named)
    secure = type("_TimedSecureConnection", (_SecureConnection,), named)
    return {
        "http": type("_Pool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("_SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }
