"""``loa decide``."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from loa.cli.language import say
from loa.cli.options import As
from loa.cli.signing import desk_of


def decide(
    delivery: Annotated[
        str, typer.Argument(help=say("Số của lượt gửi (xem loa status)", "Delivery number (loa status)"))
    ],
    answer: Annotated[
        Literal["done", "again", "cancel", "show"],
        typer.Argument(
            help=say(
                "done = đã thấy trên kênh; again = chưa có, gửi đi; cancel = bỏ; show = cho hiện bài đang ẩn",
                "done = it is there; again = it is not, send it; cancel = give it up; show = show a hidden post",
            )
        ),
    ],
    reviewer: As,
) -> None:
    """Answer the question that a delivery asks."""
    from loa.cli.output import line
    from loa.dispatch import Selection, settle

    rows = settle(desk_of(reviewer), Selection(keys=(delivery,)), reviewer, answer)
    line(say(f"Đã ghi quyết định cho {len(rows)} lượt gửi.", f"Decided for {len(rows)} deliveries."))
