"""``loa stop`` and ``loa resume``."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import desk_here


def stop(
    why: Annotated[str, typer.Option("--why", help=say("Lý do", "Reason"))] = "",
) -> None:
    """Stop everything at once: nothing more goes out until ``loa resume``."""
    from loa import store
    from loa.cli.output import line

    desk = desk_here()
    now, who = desk.clock.now(), getpass.getuser()
    store.set_stop(desk.book, store.Stop(now, who, why), who, now)
    line(
        say(
            "Đã dừng tất cả. Không có gì được phát cho đến khi `loa resume`.",
            "Stopped. Nothing goes out until `loa resume`.",
        )
    )


def resume(
    accounts: Annotated[
        bool,
        typer.Option(
            "--accounts",
            help=say("Mở lại cả các tài khoản đang chờ người xử lý", "Also accounts that wait for a person"),
        ),
    ] = False,
) -> None:
    """Go on. What came too late meanwhile follows its lateness policy."""
    from loa import store
    from loa.cli.output import line

    desk = desk_here()
    now, who = desk.clock.now(), getpass.getuser()
    store.set_stop(desk.book, None, who, now)
    if accounts:
        store.resume_accounts(desk.book, who, now)
    line(say("Đã cho chạy tiếp.", "Running again."))
