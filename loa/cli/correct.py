"""``loa correct``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import desk_here


def correct(
    delivery: Annotated[
        str, typer.Argument(help=say("Số của lượt gửi (xem loa status)", "Delivery number (loa status)"))
    ],
    text: Annotated[
        str,
        typer.Option(
            "--text",
            metavar="FILE",
            help=say(
                "Tệp Markdown có lời mới, đường dẫn tính từ thư mục làm việc",
                "Markdown file with the new text, from the workspace's root",
            ),
        ),
    ],
    author: Annotated[str, typer.Option("--as", help=say("Người soạn đính chính", "Who wrote the correction"))],
    why: Annotated[str, typer.Option("--why", help=say("Lý do", "Reason"))] = "",
) -> None:
    """Correct the words of a post that is out; the correction goes out once it is approved."""
    from loa.cli.output import line
    from loa.dispatch import correct as correct_post

    row = correct_post(desk_here(), delivery, text, author, why)
    line(
        say(
            f"Đính chính số {row.id} đang chờ duyệt: loa approve {row.campaign_id} --only {row.id} --as TÊN",
            f"Correction {row.id} waits for approval: loa approve {row.campaign_id} --only {row.id} --as NAME",
        )
    )
