"""``loa approve`` and ``loa return``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import As, AsJson
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loa.dispatch import Desk
    from loa.store import DeliveryRow

Campaign = Annotated[str, typer.Argument(help=say("Mã chiến dịch", "Campaign id"))]
CampaignOrFile = Annotated[
    str, typer.Argument(help=say("Mã chiến dịch (không cần khi có --from)", "Campaign id (none with --from)"))
]
FromFile = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help=say(
            "Nhận tệp ý kiến mà bản duyệt rời đã lưu; --as là người nhận",
            "Take in the file that a proof saved; --as is who takes it in",
        ),
    ),
]
Item = Annotated[str, typer.Option("--item", help=say("Chỉ tin này", "Only this item"))]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", help=say("Chỉ lượt gửi này (số hoặc khóa; lặp lại được)", "Only this delivery (number or key)")
    ),
]
Note = Annotated[str, typer.Option("--note", help=say("Ghi chú", "A note"))]
InNameOf = Annotated[
    str,
    typer.Option(
        "--for", help=say("Duyệt thay mặt người này (mục delegations)", "In the name of this person (delegations)")
    ),
]


def approve(
    reviewer: As,
    campaign: CampaignOrFile = "",
    file: FromFile = None,
    item: Item = "",
    only: Only = None,
    note: Note = "",
    in_name_of: InNameOf = "",
    json_wanted: AsJson = False,
) -> None:
    """Approve the deliveries of a campaign as they stand now, or take in what a reviewer decided in a proof."""
    from loa.cli.opinions import take_in_file
    from loa.errors import LoaError

    if bool(campaign) == (file is not None) or (file and (item or only or note or in_name_of)):
        raise LoaError("E840")
    if file:
        take_in_file(file, reviewer, json_wanted=json_wanted)
        return
    desk = desk_of(reviewer)
    rows = _decide(desk, campaign, item, only, reviewer, "approve", note, in_name_of)
    _tell(rows, json_wanted, say("Đã ghi ý kiến duyệt cho", "Approved:"))
    if not json_wanted:
        _tell_what_waits(desk, {row.id for row in rows})


def give_back(
    campaign: Campaign,
    reviewer: As,
    note: Note = "",
    item: Item = "",
    only: Only = None,
    in_name_of: InNameOf = "",
    json_wanted: AsJson = False,
) -> None:
    """Return deliveries with a reason; their approvals are taken back."""
    rows = _decide(desk_of(reviewer), campaign, item, only, reviewer, "return", note, in_name_of)
    _tell(rows, json_wanted, say("Đã trả lại", "Returned:"))


def _decide(
    desk: Desk,
    campaign: str,
    item: str,
    only: list[str] | None,
    reviewer: str,
    decision: str,
    note: str,
    in_name_of: str,
) -> Sequence[DeliveryRow]:
    from loa.dispatch import Selection, decide, plan

    plan(desk)
    selection = Selection(campaign, item, tuple(only or ()))
    return decide(desk, selection, reviewer, decision, note, in_name_of=in_name_of)


def _tell(rows: Sequence[DeliveryRow], json_wanted: bool, sentence: str) -> None:
    from loa.cli.output import as_json, line

    if json_wanted:
        as_json([{"id": row.id, "key": row.key, "hash": row.content_hash} for row in rows])
    else:
        line(say(f"{sentence} {len(rows)} lượt gửi.", f"{sentence} {len(rows)} deliveries."))


def _tell_what_waits(desk: Desk, ids: set[int]) -> None:
    """Why some of them may not go out yet: a reviewer is missing, or the rules of messages speak against it."""
    from loa.cli.output import line
    from loa.delivery import State
    from loa.dispatch import overview

    views = [view for view in overview(desk.book, desk.workspace, cards=desk.cards, lang=lang()) if view.id in ids]
    waiting = Counter(view.reason for view in views if view.state == State.AWAITING)
    for reason, count in waiting.items():
        line(say(f"{count} lượt vẫn chờ duyệt: {reason}", f"{count} still wait: {reason}"))
    against = Counter(each for view in views if view.terms for each in view.terms.against)
    for reason, count in against.items():
        line(say(f"{count} lượt nên xem lại trước giờ gửi: {reason}", f"Look at {count} before they are due: {reason}"))
