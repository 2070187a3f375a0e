"""``loa sms doubts``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

_SHOWN = 50


def doubts(
    delivery: Annotated[
        str, typer.Argument(help=say("Số của lượt gửi (xem loa status)", "Delivery number (loa status)"))
    ],
    json_wanted: AsJson = False,
) -> None:
    """The people of whom nobody knows whether they got the message, so that somebody looks at the gateway's site."""
    from loa.cli.output import as_json, line, table
    from loa.dispatch import Selection
    from loa.dispatch.bulk.doubted import doubtful_people
    from loa.messages import moment

    desk = desk_here()
    found = doubtful_people(desk, Selection(keys=(delivery,)))
    if json_wanted:
        as_json([asdict(each) for each in found])
        return
    if not found:
        line(say("Không ai ở tình trạng chưa rõ.", "Nobody is in doubt."))
        return
    heads = say("Người thứ|Số máy|Gửi lúc|Mã cuộc gọi", "Place|Number|Sent at|Call").split("|")
    zone = desk.workspace.zone
    rows = [(str(e.place), e.number, moment(e.sent_at, zone, lang()), e.call) for e in found[:_SHOWN]]
    table(heads, rows)
    count = len(found)
    if count > _SHOWN:
        line(say(f"… và {count - _SHOWN} người nữa (đủ ở --json).", f"… and {count - _SHOWN} more (all with --json)."))
    line(
        say(
            f"{count} người chưa rõ đã nhận hay chưa. Xem ở trang quản trị của tổng đài theo giờ gửi, rồi trả lời bằng "
            f"loa decide {delivery} done, again hoặc cancel.",
            f"{count} people may or may not have it. Look at the gateway's site by the time of sending, then answer "
            f"with loa decide {delivery} done, again or cancel.",
        )
    )
