"""``loa sandbox``."""

from __future__ import annotations

import threading
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here


def sandbox(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=say("Cổng (0 = tự chọn)", "Port (0 = any free one)"))
    ] = 8765,
    misbehave: Annotated[
        float,
        typer.Option(
            "--misbehave",
            min=0,
            max=100,
            metavar="%",
            help=say("Tỷ lệ lượt gửi gặp sự cố cố ý", "Share of writing requests that go wrong on purpose"),
        ),
    ] = 0.0,
    seed: Annotated[
        int,
        typer.Option("--seed", help=say("Số gieo: cùng số, cùng sự cố", "Seed: the same number, the same faults")),
    ] = 1,
) -> None:
    """Serve the imitation platforms of this workspace until Ctrl+C."""
    from loa.cli.output import line
    from loa.sandbox import Sandbox, storm

    workspace = workspace_here()
    names = {value: each.name for each in workspace.settings.accounts for value in each.settings.values()}
    names |= {each.id: each.name for each in workspace.settings.accounts}
    with Sandbox(workspace.var / "sandbox", port=port, names=names) as running:
        line(say(f"Bãi tập: {running.url} (Ctrl+C để dừng)", f"Sandbox: {running.url} (Ctrl+C ends it)"))
        line(f"  loa run --sandbox {running.url}")
        line(say(f"  Tình trạng: {running.url}/_loa/", f"  Status: {running.url}/_loa/"))
        if misbehave:
            running.play(storm(misbehave / 100, seed))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            line()
