"""``loa stop`` and ``loa resume``."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import desk_here

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.dispatch.audit import Doer
    from loa.store import Resumed


By = Annotated[
    str,
    typer.Option("--as", help=say("Họ tên hoặc mã của người có quyền phát hành", "Name or id of a publisher")),
]


def stop(
    why: Annotated[str, typer.Option("--why", help=say("Lý do", "Reason"))] = "",
    mourning: Annotated[
        bool,
        typer.Option(
            "--mourning",
            help=say(
                "Quốc tang: giữ mọi lượt rơi vào các ngày này, về sau không tự phát",
                "National mourning: hold what falls on these days; it does not go out by itself later",
            ),
        ),
    ] = False,
    first: Annotated[
        str,
        typer.Option("--from", metavar="YYYY-MM-DD", help=say("Ngày đầu (mặc định: hôm nay)", "First day (today)")),
    ] = "",
    last: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="YYYY-MM-DD",
            help=say("Ngày cuối (bỏ trống: đến khi `loa resume --mourning`)", "Last day (none: until resumed)"),
        ),
    ] = "",
    listed: Annotated[
        bool,
        typer.Option("--list", help=say("Chỉ liệt kê những lượt đang giữ vì quốc tang", "Only list what is held")),
    ] = False,
    person: By = "",
) -> None:
    """Stop everything at once: nothing more goes out until ``loa resume``."""
    from loa.cli.mourning import begin_mourning, list_held
    from loa.cli.output import line
    from loa.cli.signing import doer_who_may
    from loa.dispatch.halting import halt

    desk = desk_here()
    if listed:
        list_held(desk)
        return
    if mourning:
        begin_mourning(desk, doer_who_may(desk, person, "publisher"), why, first, last)
        return
    if first or last:
        raise typer.BadParameter(say("--from và --to đi cùng --mourning", "--from and --to go with --mourning"))
    halt(desk, doer_who_may(desk, person, "publisher"), why)
    line(
        say(
            "Đã dừng tất cả. Không có gì được phát cho đến khi `loa resume`.",
            "Stopped. Nothing goes out until `loa resume`.",
        )
    )


def resume(
    accounts: Annotated[
        bool,
        typer.Option(
            "--accounts",
            help=say("Mở lại cả các tài khoản đang chờ người xử lý", "Also accounts that wait for a person"),
        ),
    ] = False,
    account: Annotated[
        list[str] | None,
        typer.Option(
            "--account",
            help=say(
                "Chỉ mở lại tài khoản này (lặp lại được); lệnh dừng chung nếu có vẫn giữ",
                "Only this account (repeatable); a general stop stays in force",
            ),
        ),
    ] = None,
    clock: Annotated[
        bool,
        typer.Option(
            "--clock",
            help=say(
                "Xác nhận đồng hồ máy đang đúng giờ; lệnh dừng chung nếu có vẫn giữ",
                "Say that the clock of this machine is right; a general stop stays in force",
            ),
        ),
    ] = False,
    mourning: Annotated[
        bool,
        typer.Option(
            "--mourning",
            help=say(
                "Kết thúc những ngày quốc tang; lượt đã giữ vẫn giữ", "End the days of mourning; what is held stays so"
            ),
        ),
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help=say(
                "Cho phát lượt đang giữ vì quốc tang (số, khóa, hoặc all; lặp lại được; cần --as)",
                "Release a delivery held for mourning (number, key or all; repeatable; needs --as)",
            ),
        ),
    ] = None,
    person: By = "",
) -> None:
    """Go on. What came too late meanwhile follows its lateness policy."""
    from loa.cli.mourning import after_mourning
    from loa.cli.output import line
    from loa.cli.signing import doer_who_may
    from loa.dispatch.halting import go_on
    from loa.dispatch.pins import pins_of
    from loa.errors import ApprovalError

    desk = desk_here()
    if not person and pins_of(desk):
        raise ApprovalError("E842")
    who = doer_who_may(desk, person, "publisher")
    if mourning or only:
        after_mourning(desk, who, person, only or [], ended=mourning)
        return
    if clock:
        _accept_clock(desk, who)
    if not (account or clock):
        go_on(desk, who)
    if accounts or account:
        _resume_accounts(desk, who, account or [])
    line(say("Đã cho chạy tiếp.", "Running again."))


def _accept_clock(desk: Desk, who: Doer) -> None:
    from loa.cli.output import line
    from loa.dispatch.audit import note_deed
    from loa.dispatch.steady import accept_clock
    from loa.messages import moment

    name = _name(who)
    accept_clock(desk, name)
    note_deed(desk, who, "accept clock")
    now = moment(desk.clock.now(), desk.workspace.zone, lang())
    line(
        say(
            f"{name} xác nhận đồng hồ máy đúng: bây giờ là {now}. Bộ lịch phát theo giờ này từ nhịp tới.",
            f"{name} says that the clock is right: it is {now} now. The scheduler goes by it from its next beat.",
        )
    )


def _name(who: Doer) -> str:
    return who.person.name if who.person else getpass.getuser()


def _resume_accounts(desk: Desk, who: Doer, names: list[str]) -> None:
    from loa.dispatch import resume as resume_accounts
    from loa.dispatch.audit import deed_of
    from loa.store.audit import add_deeds

    with desk.book.write() as connection:
        resumed = resume_accounts(desk, connection, _name(who), names or None)
        add_deeds(connection, [deed_of(desk, who, "resume account", each) for each in resumed.lifted])
    tell_of_accounts(desk, resumed)


def tell_of_accounts(desk: Desk, resumed: Resumed) -> None:
    """Say which accounts go on, and which rest for a while yet and until when."""
    from loa.cli.output import line
    from loa.messages import moment

    if resumed.lifted:
        line(say("Đã mở lại tài khoản: ", "Accounts that go on: ") + ", ".join(resumed.lifted))
    for each in resumed.resting:
        until = moment(each.until or desk.clock.now(), desk.workspace.zone, lang())
        line(
            say(
                f"{each.account_id}: nền tảng đã chặn, nghỉ đến {until} rồi tự chạy tiếp [{each.code}].",
                f"{each.account_id}: blocked by the platform; it rests until {until}, then goes on [{each.code}].",
            )
        )
