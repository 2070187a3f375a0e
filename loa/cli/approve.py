"""``loa approve`` and ``loa return``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import As, AsJson, desk_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loa.store import DeliveryRow

Campaign = Annotated[str, typer.Argument(help=say("Mã chiến dịch", "Campaign id"))]
Item = Annotated[str, typer.Option("--item", help=say("Chỉ tin này", "Only this item"))]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only", help=say("Chỉ lượt gửi này (số hoặc khóa; lặp lại được)", "Only this delivery (number or key)")
    ),
]
Note = Annotated[str, typer.Option("--note", help=say("Ghi chú", "A note"))]


def approve(
    campaign: Campaign, reviewer: As, item: Item = "", only: Only = None, note: Note = "", json_wanted: AsJson = False
) -> None:
    """Approve the deliveries of a campaign as they stand now."""
    rows = _decide(campaign, item, only, reviewer, "approve", note)
    _tell(rows, json_wanted, say("Đã ghi ý kiến duyệt cho", "Approved:"))


def give_back(
    campaign: Campaign, reviewer: As, note: Note = "", item: Item = "", only: Only = None, json_wanted: AsJson = False
) -> None:
    """Return deliveries with a reason; their approvals are taken back."""
    rows = _decide(campaign, item, only, reviewer, "return", note)
    _tell(rows, json_wanted, say("Đã trả lại", "Returned:"))


def _decide(
    campaign: str, item: str, only: list[str] | None, reviewer: str, decision: str, note: str
) -> Sequence[DeliveryRow]:
    from loa.dispatch import Selection, decide, plan

    desk = desk_here()
    plan(desk)
    return decide(desk, Selection(campaign, item, tuple(only or ())), reviewer, decision, note)


def _tell(rows: Sequence[DeliveryRow], json_wanted: bool, sentence: str) -> None:
    from loa.cli.output import as_json, line

    if json_wanted:
        as_json([{"id": row.id, "key": row.key, "hash": row.content_hash} for row in rows])
    else:
        line(say(f"{sentence} {len(rows)} lượt gửi.", f"{sentence} {len(rows)} deliveries."))
