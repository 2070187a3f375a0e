"""``loa retry``."""

from __future__ import annotations

from typing import Annotated

import typer

from loa.cli.language import say
from loa.cli.options import As, AsJson
from loa.cli.signing import desk_of


def retry(
    reviewer: As,
    campaign: Annotated[
        str, typer.Argument(help=say("Mã chiến dịch; bỏ trống = tất cả", "Campaign id; none = all"), show_default=False)
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help=say("Chỉ lượt gửi này (số hoặc khóa; lặp lại được)", "Only this delivery (number or key)")
        ),
    ] = None,
    late: Annotated[
        bool, typer.Option("--late", help=say("Kể cả lượt đã quá hạn phát", "Also what is past its lateness limit"))
    ] = False,
    json_wanted: AsJson = False,
) -> None:
    """Send again what was refused; what is done is not touched."""
    from loa.cli.output import as_json, line
    from loa.cli.stop import tell_of_accounts
    from loa.dispatch import Selection, plan
    from loa.dispatch import retry as try_again

    desk = desk_of(reviewer)
    done = try_again(desk, Selection(campaign, keys=tuple(only or ())), reviewer, late=late)
    plan(desk)
    if json_wanted:
        resting = {each.account_id: each.until for each in done.resumed.resting}
        as_json({"retried": done.accounts, "too_late": done.too_late, "resting": resting})
        return
    for account, count in sorted(done.accounts.items()):
        line(f"{account}: {count}")
    line(say(f"Sẽ gửi lại {sum(done.accounts.values())} lượt.", f"{sum(done.accounts.values())} will be sent again."))
    if done.too_late:
        text = say(
            "lượt đã quá hạn: thêm --late nếu vẫn muốn gửi.", "are too late: add --late to send them all the same."
        )
        line(f"{done.too_late} {text}")
    tell_of_accounts(desk, done.resumed)
