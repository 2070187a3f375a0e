"""``loa proof``: a campaign as a folder that opens without a server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import say
from loa.cli.options import AsJson, From, To, desk_here, known_campaigns, span

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.dispatch.audit import Doer
    from loa.messages import Lang
    from loa.preview.proof import Reviewing, Slots, Written

_LARGE_MAIL = 20_000_000


def proof(
    campaign: Annotated[str, typer.Argument(help=say("Mã chiến dịch", "Campaign id"))],
    reviewer: Annotated[
        str,
        typer.Option(
            "--for",
            help=say(
                "Người duyệt sẽ nhận; bỏ trống = chỉ để xem", "The reviewer who gets it; none = only to be looked at"
            ),
        ),
    ] = "",
    maker: Annotated[str, typer.Option("--as", help=say("Người làm bản duyệt rời này", "Who makes this proof"))] = "",
    first: From = "",
    last: To = "",
    folder: Annotated[
        Path | None, typer.Option("--out", help=say("Thư mục ghi ra (mặc định: var/proofs)", "Folder to write into"))
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=365, help=say("Nhận ý kiến trong bao nhiêu ngày", "Days it is good for"))
    ] = 14,
    zipped: Annotated[
        bool, typer.Option("--zip", help=say("Ghi thêm một tệp ZIP để gửi đi", "Write a ZIP beside it, to be sent"))
    ] = False,
    json_wanted: AsJson = False,
) -> None:
    """Write every slot of a campaign as it will look into one folder, for somebody to decide upon elsewhere."""
    from loa.cli.signing import doer_who_may
    from loa.dispatch import bring_shown, plan
    from loa.dispatch.people import person_who_may
    from loa.preview.proof import write_proof
    from loa.text import slug

    desk = desk_here()
    known_campaigns(desk.workspace, [campaign])
    who = person_who_may(desk, reviewer, "reviewer") if reviewer else None
    by = doer_who_may(desk, maker, "author")
    plan(desk)
    bring_shown(desk, None)
    slots = slots_of(desk, campaign, first, last)
    name = "-".join(part for part in (slug(campaign), slug(who.name) if who else "") if part)
    target = (folder or desk.workspace.var / "proofs" / name).resolve()
    made = write_proof(target, slots, (lambda: _opened(desk, slots, who.id, days, by)) if who else None, zipped=zipped)
    _tell(made, who.name if who else "", len(slots.shown), json_wanted=json_wanted)


def slots_of(desk: Desk, campaign: str, first: str = "", last: str = "") -> Slots:
    """What of a campaign is shown: all of it, or the days that were asked for."""
    from loa.dispatch import overview
    from loa.dispatch.steps import steps_of
    from loa.preview.proof import Slots

    start, end = span(desk.workspace, first, last)
    languages: tuple[Lang, ...] = ("vi", "en")
    views = {
        lang: [
            view
            for view in overview(desk.book, desk.workspace, campaigns=(campaign,), lang=lang, cards=desk.cards)
            if (not first or view.due >= start) and (not last or view.due < end)
        ]
        for lang in languages
    }
    return Slots(
        campaign_id=campaign,
        title=next((view.campaign_title for view in views["vi"]), campaign),
        workspace=desk.workspace,
        cards=desk.cards,
        views=views,
        steps=lambda delivery: steps_of(desk, delivery),
        made_at=desk.clock.now(),
    )


def _opened(desk: Desk, slots: Slots, reviewer: str, days: int, by: Doer) -> Reviewing:
    from loa.dispatch.opinions import open_proof
    from loa.dispatch.people import find_reviewer
    from loa.preview.proof import Reviewing

    made = open_proof(desk, slots.campaign_id, reviewer, slots.shown, timedelta(days=days), by)
    return Reviewing(made.id, made.key, made.reviewer_id, find_reviewer(desk, made.reviewer_id).name, made.until)


def _tell(made: Written, name: str, count: int, *, json_wanted: bool) -> None:
    from loa.cli.output import as_json, line
    from loa.messages import number

    if json_wanted:
        archive = str(made.archive) if made.archive else ""
        as_json({"page": str(made.page), "sheet": str(made.sheet), "zip": archive, "bytes": made.bytes, "count": count})
        return
    line(str(made.archive or made.page))
    if name:
        size = number(round(made.bytes / 1e6, 1))
        line(
            say(
                f"Gửi cho {name}: {size} MB, {count} lượt gửi chờ ý kiến. "
                "Tệp ý kiến gửi về thì nhận bằng: loa approve --from TỆP --as NGƯỜI_NHẬN",
                f"For {name}: {size} MB, {count} deliveries to decide upon. "
                "Take the file that comes back in by: loa approve --from FILE --as WHO_TAKES_IT",
            )
        )
    if made.bytes > _LARGE_MAIL:
        line(
            say(
                "Tệp lớn, thư điện tử có thể không nhận: gửi qua Zalo hoặc chia ngày bằng --from, --to.",
                "It is large for e-mail: send it otherwise, or split it by --from and --to.",
            )
        )
