"""``loa metrics``."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import suppress
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.logged import logged
from loa.cli.options import desk_here


def metrics(
    port: Annotated[
        int | None,
        typer.Option(
            "--serve",
            min=1,
            max=65535,
            metavar=say("CỔNG", "PORT"),
            show_default=False,
            help=say("Trả lời tại http://127.0.0.1:CỔNG/metrics cho tới Ctrl+C", "Answer at 127.0.0.1 until Ctrl+C"),
        ),
    ] = None,
) -> None:
    """Figures for a monitor, as Prometheus reads them."""
    from loa.cli.output import line
    from loa.metrics import exposition, serve

    desk = desk_here()
    if port is None:
        sys.stdout.write(exposition(desk))
        return
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    try:
        with logged(desk.workspace, desk.worker), serve(desk, port) as open_port, suppress(KeyboardInterrupt):
            line(say(f"Số liệu ở http://127.0.0.1:{open_port}/metrics", f"At http://127.0.0.1:{open_port}/metrics"))
            ended.wait()
    except OSError as error:
        from loa.errors import LoaError

        raise LoaError("E989", port=port, detail=error.strerror or type(error).__name__) from None
