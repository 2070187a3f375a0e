"""What ``loa stop --mourning`` and ``loa resume`` do about days of national mourning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import typer

from loa.cli.language import lang, say
from loa.cli.output import line, table
from loa.dispatch import Desk, overview
from loa.dispatch.audit import Doer
from loa.dispatch.mourning import end, held_back, mourn, release
from loa.messages import moment, short_date


def begin_mourning(desk: Desk, who: Doer, why: str, first: str, last: str) -> None:
    """Hold what falls on the days, and tell what that is."""
    start = _day(first) or desk.clock.now().astimezone(desk.workspace.zone).date()
    until = _day(last)
    count = mourn(desk, who, why, start, until)
    ends = short_date(until, lang()) if until else say("khi có lệnh", "a person ends it")
    line(
        say(
            f"Quốc tang từ {short_date(start, lang())} đến {ends}: đã giữ {count} lượt; chúng không tự phát về sau.",
            f"Mourning from {short_date(start, lang())} until {ends}: {count} held; they do not go out by themselves.",
        )
    )
    list_held(desk)


def list_held(desk: Desk) -> None:
    """What stands held for mourning, with the numbers that ``loa resume --only`` takes."""
    ids = {row.id for row in held_back(desk)}
    views = overview(desk.book, desk.workspace, ids=ids, lang=lang()) if ids else ()
    if not views:
        line(say("Không có lượt nào đang giữ vì quốc tang.", "Nothing is held for mourning."))
        return
    headings = ("#", say("Giờ phát", "Due"), say("Tài khoản", "Account"), say("Tin", "Item"))
    rows = [(str(v.id), moment(v.due, desk.workspace.zone, lang()), v.account_name, v.item_title) for v in views]
    table(headings, rows, close=True)


def after_mourning(desk: Desk, who: Doer, person: str, only: Sequence[str], *, ended: bool) -> None:
    """End the days, or release what was chosen; all else stays held."""
    if ended:
        end(desk, who)
        line(say("Đã kết thúc những ngày quốc tang.", "The days of mourning are over."))
    if only:
        released = release(desk, person, tuple(only))
        line(say(f"Cho phát tiếp {len(released)} lượt.", f"Released: {len(released)}."))
    left = len(held_back(desk))
    line(say(f"Vẫn giữ vì quốc tang: {left} (loa stop --list)", f"Still held for mourning: {left} (loa stop --list)"))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(say(f"{text} không phải ngày YYYY-MM-DD", f"{text} is no day YYYY-MM-DD")) from None
