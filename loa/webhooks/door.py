"""The door as a server in a thread of its own: bounded in connections, in patience and in what it says."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from threading import Thread
from typing import Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from loa.clock import Clock
from loa.errors import LoaError
from loa.store import Book, Vault
from loa.webhooks.app import Entrance, Gate, Tally, application
from loa.webhooks.keeper import Keeper

LOOPBACK = "127.0.0.1"
HEAD_SECONDS = 10.0
"""How long a client may take to say what it wants."""
IDLE_SECONDS = 30
MOST_CONNECTIONS = 1000
MOST_HEAD = 32 * 1024
_TICK_SECONDS = 0.1


def listening(host: str, port: int) -> socket.socket:
    """A door that is not yet served: its port is ours from now on.

    Raises:
        LoaError: E860, the port is taken or the address is not this machine's.
    """
    # asyncio switches off the 40 ms of Nagle's waiting only where the protocol is named as TCP.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let another program take the port over
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen(2048)
    except OSError as error:
        door.close()
        raise LoaError("E860", host=host, port=port, detail=error.strerror or error) from error
    return door


class Door:
    """Serves a listening socket for the accounts of ``accounts`` until its block ends."""

    def __init__(self, door: socket.socket, book: Book, vault: Vault, clock: Clock, accounts: tuple[str, ...]) -> None:
        self._door = door
        self._keeper = Keeper(book)
        self._entrance = Entrance(Gate(vault, accounts), clock, self._keeper)
        self._server = _Server(_config(self._entrance))
        self._thread = Thread(target=self._server.run, args=([door],), name="loa-webhooks", daemon=True)

    @property
    def tally(self) -> Tally:
        return self._entrance.tally

    def __enter__(self) -> Self:
        self._keeper.__enter__()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.end()
        self._thread.join()
        self._keeper.__exit__()
        self._door.close()


class PatientProtocol(H11Protocol):
    """Closes a connection that does not come to its point. uvicorn's own timer ends with the first byte."""

    _running_out: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """While the head of a request is under way, time runs; its body has the entrance's own patience."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_watching()
        elif self._running_out is None and not self.transport.is_closing():
            self._running_out = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop_watching(self) -> None:
        if self._running_out is not None:
            self._running_out.cancel()
            self._running_out = None


class _Server(uvicorn.Server):
    """Ends within a breath of being told to."""

    def end(self) -> None:
        """Answer what is under way, then close. From any thread."""
        self.should_exit = True

    async def main_loop(self) -> None:
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.sleep(_TICK_SECONDS)


def _config(entrance: Entrance) -> uvicorn.Config:
    return uvicorn.Config(
        application(entrance.take),
        http=PatientProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",  # an address in a log would carry the secret word, its query a number
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=5,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=MOST_HEAD,
        server_header=False,
        date_header=False,
    )
