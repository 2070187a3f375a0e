"""``loa handoff list | open | done | cancel``: packages that wait for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import As, AsJson, desk_here
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.dispatch.handoff import HandOff

Package = Annotated[
    str,
    typer.Argument(
        help=say("Số lượt gửi hoặc mã gói (xem loa handoff list)", "Delivery number or code (loa handoff list)")
    ),
]
_DAY = 24 * 60


def list_open(json_wanted: AsJson = False) -> None:
    """Every open package, the late ones first."""
    from loa.cli.output import as_json, line
    from loa.dispatch.handoff import open_handoffs

    desk = desk_here()
    found = open_handoffs(desk)
    if json_wanted:
        as_json([_as_words(each) for each in found])
    elif found:
        show(desk, found)
    else:
        line(say("Không có gói việc nào đang chờ.", "No package is waiting."))


def open_folder(package: Package) -> None:
    """The folder of a package, to be opened in the file manager."""
    from loa.cli.output import line
    from loa.dispatch.handoff import find_handoff

    line(str(find_handoff(desk_here(), package).folder))


def done(
    package: Package,
    reviewer: As,
    link: Annotated[
        str,
        typer.Option("--link", metavar="URL", help=say("Đường dẫn nội dung đã đăng", "Where it was published")),
    ] = "",
    photo: Annotated[
        Path | None,
        typer.Option("--photo", help=say("Ảnh minh chứng (JPEG, PNG, WebP)", "A photo as proof (JPEG, PNG, WebP)")),
    ] = None,
    count: Annotated[
        int,
        typer.Option(
            "--count",
            min=0,
            help=say("Số bản đã phát, số lần đã phát thanh…", "How many copies, readings…"),
        ),
    ] = 0,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            metavar="'YYYY-MM-DD HH:MM'",
            help=say("Giờ thực hiện (mặc định: bây giờ)", "When it was done (default: now)"),
        ),
    ] = "",
) -> None:
    """Tell that it was done, with proof."""
    from loa.cli.output import line
    from loa.dispatch.handoff import report_done
    from loa.dispatch.proof import Proof

    desk = desk_of(reviewer)
    when = _moment(desk, at)
    found = report_done(desk, package, reviewer, Proof(link, photo), when, count=count)
    late = (when or desk.clock.now()) - found.due
    told = say(f", trễ {_span(late)}", f", {_span(late)} late") if late >= timedelta(minutes=1) else ""
    line(
        say(f"Đã ghi xong: {_title(found)} · {found.account}{told}.", f"Done: {_title(found)} · {found.account}{told}.")
    )


def cancel(
    package: Package,
    reviewer: As,
    why: Annotated[str, typer.Option("--why", help=say("Lý do bỏ việc này", "Why it is given up"))],
) -> None:
    """Give a package up: nobody need do it any more."""
    from loa.cli.output import line
    from loa.dispatch.handoff import give_up

    if not why.strip():
        raise typer.BadParameter(say("Phải ghi lý do (--why)", "A reason is needed (--why)"))
    found = give_up(desk_of(reviewer), package, reviewer, why.strip())
    line(say(f"Đã bỏ việc: {_title(found)} · {found.account}.", f"Given up: {_title(found)} · {found.account}."))


def show(desk: Desk, found: tuple[HandOff, ...]) -> None:
    """Open packages, three lines each, that fit a narrow window; what is late says by how much."""
    from loa.cli.output import line
    from loa.dispatch.words import channel_name
    from loa.messages import moment

    for each in found:
        due = moment(each.due, desk.workspace.zone, lang())
        line(f"  {each.code}  {_title(each)} (#{each.id})")
        line("    " + " · ".join(filter(None, (channel_name(each.channel, lang()), each.unit, each.person))))
        line(say(f"    Xong trước {due}", f"    Due {due}") + _late(each))


def _title(each: HandOff) -> str:
    """The item, and before it whether its post is to be taken down or corrected."""
    from loa.dispatch.words import action_title

    return action_title(each.action, each.item, lang())


def _late(each: HandOff) -> str:
    if each.late_by < timedelta(minutes=1):
        return ""
    return say(f" · QUÁ HẠN {_span(each.late_by)}", f" · LATE by {_span(each.late_by)}")


def _span(span: timedelta) -> str:
    """``2 ngày``, ``3 giờ 5 phút``."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= _DAY:
        return say(f"{minutes // _DAY} ngày", f"{minutes // _DAY} d")
    hours, left = divmod(minutes, 60)
    parts = [say(f"{hours} giờ", f"{hours} h") if hours else "", say(f"{left} phút", f"{left} min") if left else ""]
    return " ".join(filter(None, parts)) or say("0 phút", "0 min")


def _moment(desk: Desk, written: str) -> datetime | None:
    if not written:
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M").replace(tzinfo=desk.workspace.zone)
    except ValueError as error:
        text = say(f"“{written}” không phải giờ dạng 2027-10-09 17:00", f"“{written}” is not like 2027-10-09 17:00")
        raise typer.BadParameter(text) from error


def _as_words(each: HandOff) -> dict[str, object]:
    return {
        "id": each.id,
        "code": each.code,
        "key": each.key,
        "channel": each.channel,
        "unit": each.unit,
        "item": each.item,
        "action": each.action,
        "person": each.person,
        "due": each.due,
        "late_seconds": int(each.late_by.total_seconds()),
        "folder": each.folder,
    }
