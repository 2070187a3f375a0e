"""``loa sms arm`` and ``loa sms disarm``: the safety catch of accounts that speak to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import As, desk_here
from loa.cli.signing import desk_of

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.store import Arming
    from loa.workspace import AccountSettings

AccountId = Annotated[
    str | None,
    typer.Argument(help=say("Mã tài khoản; bỏ trống = xem tình trạng", "Account id; none = show"), show_default=False),
]


def arm(
    account: AccountId = None,
    scope: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="LIST|all",
            help=say("Mã danh sách thử, hoặc all = mọi người nhận", "A test list, or all = everybody"),
        ),
    ] = "",
    reviewer: Annotated[
        str, typer.Option("--as", help=say("Họ tên hoặc mã người duyệt", "Reviewer's name or id"))
    ] = "",
) -> None:
    """Let an account send real messages: first to a test list, then to everybody."""
    from loa.cli.output import line
    from loa.dispatch.arming import arm as arm_account
    from loa.dispatch.inbound import reply_text

    if account is None:
        _show()
        return
    if not scope or not reviewer:
        raise typer.BadParameter(say("Cần cả --for và --as", "Both --for and --as are needed"))
    desk = desk_of(reviewer)
    released = arm_account(desk, account, scope, reviewer)
    whom = say("mọi người nhận", "everybody") if scope == "all" else say(f"danh sách {scope}", f"the list {scope}")
    line(say(f"Tài khoản {account} được nhắn tin thật tới {whom}.", f"{account} may send real messages to {whom}."))
    if reply := reply_text(desk.workspace, account):
        line(say(f"Trả lời người từ chối bằng câu: {reply}", f"Those who refuse are answered: {reply}"))
    if released:
        line(say(f"{released} lượt gửi đang giữ được đi tiếp.", f"{released} held deliveries go on."))


def disarm(
    account: Annotated[str, typer.Argument(help=say("Mã tài khoản", "Account id"))],
    reviewer: As,
) -> None:
    """Take it back: nothing more leaves by this account."""
    from loa.cli.output import line
    from loa.dispatch.arming import disarm as disarm_account

    disarm_account(desk_of(reviewer), account, reviewer)
    line(say(f"Tài khoản {account} không nhắn tin thật nữa.", f"{account} sends no more real messages."))


def _show() -> None:
    from loa.cli.output import table
    from loa.dispatch.arming import all_armings

    desk = desk_here()
    known = {each.account_id: each for each in all_armings(desk)}
    ids = [a.id for a in desk.workspace.settings.accounts if a.channel in desk.cards and _is_bulk(desk, a)]
    heads = (
        say("Tài khoản", "Account"),
        say("Tin thật tới", "Real messages to"),
        say("Từ", "Since"),
        say("Ai mở", "By"),
    )
    table(heads, [_row(desk, name, known.get(name)) for name in ids])


def _is_bulk(desk: Desk, account: AccountSettings) -> bool:
    return desk.cards[account.channel].of(account.settings).bulk is not None


def _row(desk: Desk, account_id: str, found: Arming | None) -> tuple[str, str, str, str]:
    from loa.messages import moment

    if found is None:
        return account_id, say("chưa mở", "not armed"), "", ""
    whom = say("mọi người nhận", "everybody") if found.scope == "all" else found.scope
    return account_id, whom, moment(found.at, desk.workspace.zone, lang()), found.by
