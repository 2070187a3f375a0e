"""``loa sandbox``."""

from __future__ import annotations

import threading
from enum import StrEnum
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import workspace_here


class Side(StrEnum):
    """A side of the sandbox that is told of in full."""

    SMS = "sms"


def sandbox(
    side: Annotated[
        Side | None,
        typer.Argument(
            help=say("sms: chỉ cách diễn tập tin nhắn", "sms: how to rehearse text messages"), show_default=False
        ),
    ] = None,
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
    from loa.sandbox.sms import LIFELIKE, Rules

    workspace = workspace_here()
    names = {value: each.name for each in workspace.settings.accounts for value in each.settings.values()}
    names |= {each.id: each.name for each in workspace.settings.accounts}
    rules = LIFELIKE if side else Rules()
    with Sandbox(workspace.var / "sandbox", port=port, names=names, seed=seed, rules=rules) as running:
        line(say(f"Bãi tập: {running.url} (Ctrl+C để dừng)", f"Sandbox: {running.url} (Ctrl+C ends it)"))
        line(f"  loa run --sandbox {running.url}")
        line(say(f"  Tình trạng: {running.url}/_loa/", f"  Status: {running.url}/_loa/"))
        if side:
            _tell_of_sms(running.url, seed)
        if misbehave:
            running.play(storm(misbehave / 100, seed))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            line()


def _tell_of_sms(url: str, seed: int) -> None:
    """Where the handsets are, what the gateways are called, how a citizen answers, which numbers misbehave."""
    from loa.cli.output import line
    from loa.sandbox import overrides
    from loa.sandbox.sms import MAGIC_DIGITS

    line(say(f"  Điện thoại nhận tin: {url}/#sms", f"  Handsets: {url}/#sms"))
    line(say(f"  Số gieo: {seed}", f"  Seed: {seed}"))
    line(say("Địa chỉ của từng tổng đài:", "The address of each gateway:"))
    for name, host in overrides(url)["sms"].items():
        line(f"  {name}: {host}")
    line(say("Người dân trả lời: bấm TC, HUY… dưới mỗi máy, hoặc", "A citizen answers: below each handset, or"))
    line(f"  curl {url}/_loa/sms/handsets")
    line(f"  curl {url}/_loa/sms/inbound -d handset=… -d text=TC")
    line(say("Bốn số cuối chọn số phận của tin:", "The last four digits choose what becomes of a message:"))
    for digits, (vietnamese, english) in MAGIC_DIGITS.items():
        line(f"  …{digits}  {say(vietnamese, english)}")
    line(say("Xem và đổi quy tắc:", "See and change the rules:"))
    line(f"  curl {url}/_loa/sms")
    line(f"""  curl {url}/_loa/sms -H 'Content-Type: application/json' -d '{{"rules": {{"balance": 0}}}}'""")
