"""The sandbox as a server on this machine's loopback, in a thread of the caller or as its own process."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from email.utils import format_datetime
from pathlib import Path
from threading import Thread
from types import FrameType, TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loa.clock import Clock, SystemClock
from loa.errors import LoaError
from loa.sandbox.app import build_app
from loa.sandbox.faults import Fault
from loa.sandbox.journal import Journal
from loa.sandbox.media import MediaStore
from loa.sandbox.sms.rules import Rules
from loa.sandbox.transport import BreakableProtocol
from loa.sandbox.wall import phones_of, write_page
from loa.sandbox.world import World

LOOPBACK = "127.0.0.1"
IDLE_SECONDS = 75
TICK_SECONDS = 0.1
BREATH_SECONDS = 0.002
SMS_GATEWAYS = ("esms", "speedsms", "kannel", "smsgate", "twilio", "infobip")


class Sandbox:
    """Imitation platforms at ``url``. ``folder`` keeps the journal and the media that were taken.

    ``public`` is the folder behind ``/media/`` (what the office's web server shows; Zalo fetches pictures there).
    ``names`` gives accounts the names that citizens see. Without ``tokens`` every token that begins with
    ``sandbox-`` is good for every account. ``seed`` and ``rules`` govern what becomes of text messages.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        clock: Clock | None = None,
        journal: Path | None = None,
        public: Path | None = None,
        tokens: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        seed: int = 1,
        rules: Rules | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.journal = journal or folder / "journal.jsonl"
        self._port = port
        self._world = World(
            self.clock,
            Journal(self.journal, self.clock),
            MediaStore(folder / "taken"),
            public or folder / "public",
            tokens,
            names or {},
            seed=seed,
            rules=rules or Rules(),
        )
        self._socket: socket.socket | None = None
        self._server: _Server | None = None
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """The sandbox's address, known once it has started."""
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def public(self) -> Path:
        """The folder behind ``/media/``."""
        return self._world.public or Path()

    def start(self) -> Self:
        """Listen and answer. Returns when requests can come in.

        Raises:
            LoaError: E851, the port is taken.
        """
        try:
            self._socket = _listen(self._port)
        except OSError as error:
            raise LoaError("E851", port=self._port, detail=error.strerror) from error
        self._port = self._socket.getsockname()[1]
        self._server = _Server(_config(self._world))
        self._thread = Thread(target=self._server.run, args=([self._socket],), name="loa-sandbox", daemon=True)
        self._thread.start()
        if not self._world.simulated:
            self._world.sms.courier.start()
        return self

    def stop(self) -> None:
        """Answer what is under way, then close."""
        if self._server is not None and self._thread is not None:
            self._server.end()
            self._thread.join()
            self._server = self._thread = None
        self._world.sms.close()
        self._world.journal.close()

    def play(self, scenario: Sequence[Fault]) -> None:
        """Put a scenario of faults in force; an empty one ends all misbehaviour."""
        self._world.faults.play(scenario)

    @property
    def rules(self) -> Rules:
        """The rules of gateways and carriers; may be set at any time, for the calls from then on."""
        return self._world.sms.rules

    @rules.setter
    def rules(self, rules: Rules) -> None:
        self._world.sms.rules = rules

    def deliver_receipts(self) -> bool:
        """Bring every receipt and every citizen's text that is due by the clock, in order; returns when all are out.

        For those who move the clock themselves. False: after two minutes of real time some are still waiting.
        """
        return self._world.sms.deliver()

    def write_page(self, folder: Path) -> Path:
        """What citizens saw, as a page with its media that opens without a server. Gives the page's own file."""
        world = self._world
        phones = phones_of(world.sms, live=False)
        return write_page(folder, world.journal.effects(), world.names, world.media, phones)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(uvicorn.Server):
    """Ends as soon as it is told to.

    uvicorn's own looks ten times a second whether it should end, and waits as long again while it closes: 0.16 s for
    each sandbox of a test suite that starts a thousand of them.
    """

    _loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        """Answer what is under way, then close. From any thread."""
        self.should_exit = True
        self._wake()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._wake()

    async def main_loop(self) -> None:
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for each in sockets or []:
            each.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        state = self.server_state
        while (state.connections or state.tasks) and not self.force_exit:  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(BREATH_SECONDS)

    def _wake(self) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._woken.set)


def _listen(port: int) -> socket.socket:
    # asyncio switches off the 40 ms of Nagle's waiting only where the protocol is named as TCP.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let another program take the port over
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen(512)
    except OSError:
        listening.close()
        raise
    return listening


def _config(world: World) -> uvicorn.Config:
    return uvicorn.Config(
        _dated(build_app(world), world),
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE_SECONDS,
        server_header=False,
        date_header=False,
    )


def _dated(app: ASGIApp, world: World) -> ASGIApp:
    """Answers carry the date of the sandbox's own clock, as a platform's carry that of its."""

    async def dated(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_date(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(world.clock.now(), usegmt=True).encode()
                message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
            await send(message)

        await app(scope, receive, with_date)

    return dated


def overrides(url: str) -> dict[str, dict[str, str]]:
    """Channel → host settings that point every publisher at the sandbox at ``url``."""
    zalo = {"api_host": f"{url}/zalo", "oauth_host": f"{url}/zalo/oauth"}
    return {
        "facebook": {
            "graph_host": f"{url}/facebook",
            "video_host": f"{url}/facebook",
            "rupload_host": f"{url}/facebook/rupload",
            "web_host": f"{url}/see",
        },
        "zalo": {**zalo, "media_host": "folder", "media_base_url": f"{url}/media", "web_host": f"{url}/see"},
        "zalo-broadcast": zalo,
        "zbs": {**zalo, "zbs_host": f"{url}/zalo/business"},
        "x": {"api_host": f"{url}/x", "web_host": f"{url}/see"},
        "sms": {f"{gateway}_host": f"{url}/{gateway}" for gateway in SMS_GATEWAYS},
    }
