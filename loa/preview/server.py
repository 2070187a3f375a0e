"""The page on 127.0.0.1, until Ctrl+C."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from loa.dispatch import Desk, bring_shown
from loa.errors import LoaError, Problem
from loa.preview.door import Door, Opening
from loa.preview.live import live_application
from loa.preview.live_desk import Feed, Planning
from loa.preview.memory import few_arenas
from loa.preview.room import Room
from loa.preview.site import site
from loa.preview.studio import Look, Studio


def serve_desk(
    desk: Desk,
    campaigns: Sequence[str] | None,
    *,
    port: int,
    ready: Callable[[Callable[[], str]], None],
    plans: Planning,
    opening: Opening | None = None,
    problems: tuple[Problem, ...] = (),
) -> None:
    """Open the review desk at ``port`` (0 = any free one); ``ready`` gets what makes a link that lets one browser in.

    ``plans`` looks at the whole plan whenever the files have changed. ``opening``: how other machines come in too;
    without one nobody but this machine does. ``problems`` of the files (``bring_in``) stand over every page until they
    are mended.

    Raises:
        LoaError: E801, the port is taken.
    """
    few_arenas()
    door: list[Door] = []
    opened = opening or Opening()
    feeds: list[Feed] = []

    def ending() -> None:
        for feed in feeds:
            feed.close()

    def application_of(host: str) -> Starlette:
        address = opened.address(int(host.rpartition(":")[2]))
        room = Room(desk, campaigns, address.host)
        door.append(Door(room, address))
        application = site(room, door[0], plans, problems)
        feeds.append(application.state.feed)
        return application

    _serve(application_of, port, lambda _: ready(door[0].link), ending, opened)


def bring_in(desk: Desk, plans: Planning) -> tuple[Problem, ...]:
    """Bring the files into the book; what is wrong with them where that cannot be done.

    Raises:
        StoreError: the book cannot be written to.
    """
    if problems := plans.bring_in():
        return problems
    bring_shown(desk, 0)  # a page that is open shows what has arrived when it is looked at again
    return ()


def serve_live(studio: Studio, look: Look, *, port: int, ready: Callable[[str], None]) -> None:
    """Show the designer's page at ``port``; it follows the files until Ctrl+C.

    Raises:
        LoaError: E801, the port is taken.
    """
    _serve(lambda host: live_application(studio, look, host), port, ready)


class _Server(uvicorn.Server):
    """Tells, at Ctrl+C, that it ends: who waits for news is let go, and it need not wait for them."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until the end that a person or the machine asks for; either way the program then ends in order."""
        if threading.current_thread() is threading.main_thread():  # uvicorn raises the signal again once it has ended
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        super().run(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._ending()
        super().handle_exit(sig, frame)


def _serve(
    application_of: Callable[[str], Starlette],
    port: int,
    ready: Callable[[str], None],
    ending: Callable[[], None] = lambda: None,
    opening: Opening | None = None,
) -> None:
    opened = opening or Opening()
    cert, key = opened.certificate or (None, None)
    with _listening(port, opened.listen) as door:
        host = f"{opened.listen}:{door.getsockname()[1]}"
        # an event stream never ends by itself: at Ctrl+C it is cut off
        config = uvicorn.Config(
            application_of(host),
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=1,
            proxy_headers=bool(opened.proxy),  # else anybody could say in a header from where they come
            ssl_certfile=cert,
            ssl_keyfile=key,
        )
        ready(f"http://{host}/")
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, ending).run(sockets=[door])


def _listening(port: int, address: str) -> socket.socket:
    try:
        return socket.create_server((address, port))
    except OSError as error:
        raise LoaError("E801", port=port, detail=error.strerror or error) from error
