"""``loa approve --from FILE``: what a reviewer decided in a proof, taken in and told delivery by delivery."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from loa.cli.language import say
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from loa.dispatch.opinions import Result


def take_in_file(path: Path, officer: str, *, json_wanted: bool) -> None:
    """Take a file in and say what became of each opinion."""
    from loa.cli.output import as_json, line, table
    from loa.dispatch import plan
    from loa.dispatch.opinions import take_in

    desk = desk_of(officer)
    plan(desk)
    taken = take_in(desk, path, officer)
    if json_wanted:
        rows = [
            {"id": each.delivery_id, "key": each.key, "item": each.item, "outcome": each.outcome, "by": each.by}
            for each in taken.results
        ]
        as_json({"proof": taken.proof.id, "reviewer": taken.reviewer.id, "officer": taken.officer.id, "results": rows})
        return
    counts = Counter(each.outcome for each in taken.results)
    who, hand = taken.reviewer.name, taken.officer.name
    line(
        say(
            f"Đã nhận ý kiến của {who} (người nhận: {hand}): duyệt {counts['approved']}, trả lại "
            f"{counts['returned']}, góp ý {counts['remarked']}.",
            f"Took in what {who} says (by {hand}): {counts['approved']} approved, {counts['returned']} returned, "
            f"{counts['remarked']} remarked.",
        )
    )
    heads = (say("Lượt", "Delivery"), say("Tin", "Item"), say("Kết quả", "Result"))
    table(heads, [(f"#{each.delivery_id}", each.item or "–", _told(each)) for each in taken.results])


def _told(result: Result) -> str:
    return {
        "approved": say("đã duyệt", "approved"),
        "returned": say("đã trả lại", "returned"),
        "remarked": say("đã ghi góp ý", "remark recorded"),
        "changed": say("nội dung đã đổi sau khi gửi đi: không ghi gì", "changed since: nothing recorded"),
        "gone": say("đã đến giờ, đã phát hoặc đã bỏ: không ghi gì", "no longer at the desk: nothing recorded"),
        "decided since": say(
            f"{result.by} đã quyết định sau khi gửi đi: giữ quyết định đó",
            f"{result.by} has decided since: that stands",
        ),
    }[result.outcome]
