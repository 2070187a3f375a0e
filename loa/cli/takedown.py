"""``loa takedown``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import As
from loa.cli.signing import desk_of


def takedown(
    deliveries: Annotated[
        list[str],
        typer.Argument(
            metavar="DELIVERY...", help=say("Số của các lượt gửi (xem loa status)", "Delivery numbers (loa status)")
        ),
    ],
    reviewer: As,
    why: Annotated[str, typer.Option("--why", help=say("Lý do gỡ", "Why it is taken down"))],
    by_hand: Annotated[
        bool,
        typer.Option(
            "--by-hand",
            help=say("Đã gỡ trực tiếp trên kênh: chỉ ghi lại", "It was taken down on the channel: only record it"),
        ),
    ] = False,
) -> None:
    """Take posts down: with the next beat, at any hour, on one named person's word."""
    from loa.cli.output import line
    from loa.dispatch import take_down

    desk = desk_of(reviewer)
    for name in deliveries:
        row = take_down(desk, name, reviewer, why, by_hand=by_hand)
        if by_hand:
            line(say(f"Đã ghi: lượt gửi {name} đã gỡ trực tiếp trên kênh.", f"Recorded: delivery {name} is down."))
        else:
            text = say("Sẽ gỡ ở nhịp kế tiếp của bộ lịch phát", "Goes down with the scheduler's next beat")
            line(f"{text}: {name} → {row.id}")
