"""``loa sandbox``."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here


def sandbox(
    port: Annotated[int, typer.Option("--port", help=say("Cổng (0 = tự chọn)", "Port (0 = any free one)"))] = 8765,
) -> None:
    """Serve the imitation platforms of this workspace until Ctrl+C."""
    from loa.cli.output import line
    from loa.sandbox import Sandbox

    workspace = workspace_here()
    with Sandbox(workspace.var / "sandbox", port=port) as running:
        line(say(f"Bãi tập: {running.url} (Ctrl+C để dừng)", f"Sandbox: {running.url} (Ctrl+C ends it)"))
        line(f"  loa run --sandbox {running.url}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            line()
