"""The page on 127.0.0.1, until Ctrl+C."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from datetime import tzinfo

import uvicorn

from loa.errors import LoaError
from loa.preview.app import ViewsOf, application

ADDRESS = "127.0.0.1"


def serve(views_of: ViewsOf, zone: tzinfo, *, port: int, ready: Callable[[str], None]) -> None:
    """Show the page at ``port`` (0 = any free one); ``ready`` is told the address.

    Raises:
        LoaError: E801, the port is taken.
    """
    with _listening(port) as door:
        host = f"{ADDRESS}:{door.getsockname()[1]}"
        config = uvicorn.Config(application(views_of, zone, host), log_level="warning", server_header=False)
        ready(f"http://{host}/")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[door])


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((ADDRESS, port))
    except OSError as error:
        raise LoaError("E801", port=port, detail=error.strerror or error) from error
