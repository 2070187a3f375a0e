"""``loa recipients``: import, stats, review, purge, forget, block. No number is ever printed or given in a command."""

from __future__ import annotations

import getpass
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loa.dispatch import Desk
    from loa.recipients import Imported

Name = Annotated[
    str, typer.Argument(metavar="LIST", help=say("Mã danh sách trong loa.yaml", "The list's id in loa.yaml"))
]
NameOrAll = Annotated[
    str, typer.Argument(metavar="[LIST]", help=say("Mã danh sách; bỏ trống = tất cả", "A list's id; none = all"))
]
File = Annotated[Path, typer.Argument(metavar="FILE", help=say("Tệp CSV hoặc XLSX", "A CSV or XLSX file"))]
By = Annotated[
    str,
    typer.Option("--as", metavar="NAME", help=say("Ai làm (mặc định: người đang đăng nhập máy)", "Who does it")),
]


def bring_in(name: Name, file: File, by: By = "", json_wanted: AsJson = False) -> None:
    """Put the numbers of a file in the place of those that the list has."""
    from loa.cli.output import as_json
    from loa.recipients import import_list

    desk = desk_here()
    done = import_list(desk.workspace, desk.book, desk.vault, desk.clock, name, file, who(by))
    if json_wanted:
        as_json(_as_words(done))
        return
    _tell(done)


def purge(
    name: Annotated[str, typer.Option("--list", metavar="LIST", help=say("Chỉ danh sách này", "Only this list"))] = "",
    now: Annotated[
        bool, typer.Option("--now", help=say("Không đợi hết hạn giữ", "Do not wait for the days to be over"))
    ] = False,
    by: By = "",
) -> None:
    """Let go of numbers whose days are over; aggregates stay."""
    from loa.cli.output import line
    from loa.recipients import purge as purge_numbers

    desk = desk_here()
    done = purge_numbers(desk.workspace, desk.book, desk.clock, who(by), name, at_once=now)
    line(
        say(
            f"Đã xóa số của {done.recipients} tin đã gửi xong và {done.people} số trong danh sách"
            + (f" ({', '.join(done.lists)})." if done.lists else "."),
            f"Numbers gone: {done.recipients} of finished messages, {done.people} of lists"
            + (f" ({', '.join(done.lists)})." if done.lists else "."),
        )
    )
    if done.in_use and (now or name):
        kept = ", ".join(done.in_use)
        line(say(f"Còn lượt gửi chưa xong nên giữ lại: {kept}.", f"Kept, as deliveries still need them: {kept}."))


def forget(by: By = "") -> None:
    """Take one number out of everything; it is typed unseen or piped in, never part of the command."""
    from loa.cli.output import line
    from loa.recipients import forget as forget_number

    desk = desk_here()
    found = forget_number(desk.book, desk.vault, desk.clock, typed_number(), who(by))
    line(
        say(
            f"Đã xóa: {found.lists} danh sách, {found.doubtful} dòng chờ xem lại, {found.messages} tin đã gửi.",
            f"Forgotten: in {found.lists} lists, {found.doubtful} rows in review, {found.messages} messages sent.",
        )
    )
    line(
        say(
            "Từ nay số này không được nhắn tin, và nhập lại danh sách cũng không đưa số vào nữa.",
            "This number gets no more messages, and no import brings it back.",
        )
    )


def block(
    file: File,
    dated: Annotated[
        str,
        typer.Option(
            "--dated", metavar="YYYY-MM-DD", help=say("Ngày tải danh sách Không quảng cáo", "The day of the file")
        ),
    ],
    by: By = "",
) -> None:
    """Put the numbers of a do-not-call file in the place of those of the last one."""
    from loa.cli.output import line
    from loa.recipients import block as block_numbers

    try:
        day = date.fromisoformat(dated)
    except ValueError as error:
        text = say(f"“{dated}” không phải ngày dạng năm-tháng-ngày", f"“{dated}” is not a date like 2027-10-10")
        raise typer.BadParameter(text) from error
    desk = desk_here()
    done = block_numbers(desk.workspace, desk.book, desk.vault, desk.clock, file, day, who(by))
    line(say(f"Không quảng cáo: {done.numbers} số.", f"Do not call: {done.numbers} numbers."))
    if done.unreadable:
        line(say(f"{done.unreadable} dòng không đọc ra số.", f"{done.unreadable} rows have no number."))


def typed_number() -> str:
    """A number typed unseen, or piped in."""
    from loa.secrets import hidden_line

    if sys.stdin.isatty():
        written = hidden_line(say("Số điện thoại (không hiện khi gõ): ", "Phone number (not shown): "))
    else:
        written = sys.stdin.read()
    return written.strip().removeprefix("\ufeff").strip()  # PowerShell puts a mark in front of what it pipes


def who(by: str) -> str:
    """Who does it, for the trail: the name given, else that of the login."""
    return by or getpass.getuser()


def _as_words(done: Imported) -> dict[str, object]:
    counts = {name: getattr(done.change, name) for name in done.change.__slots__}
    more = {
        "without_unit": done.unitless,
        "doubtful": dict(done.doubtful),
        "shared": dict(done.shared),
        "unread_columns": list(done.unread),
    }
    return {"list": done.name, "rows": done.rows, **counts, **more}


def _tell(done: Imported) -> None:
    from loa.cli.output import line

    change = done.change
    line(
        say(
            f"Đã nhập {change.members} số vào “{done.name}” từ {done.rows} dòng: "
            f"thêm {change.added}, bớt {change.removed}, giữ nguyên {change.unchanged}.",
            f"“{done.name}” has {change.members} numbers from {done.rows} rows: "
            f"{change.added} added, {change.removed} removed, {change.unchanged} unchanged.",
        )
    )
    if change.doubled:
        line(say(f"Trùng trong tệp, chỉ giữ một: {change.doubled}.", f"Doubled in the file: {change.doubled}."))
    if change.skipped:
        told = f"Bỏ qua {change.skipped} số có chủ đã yêu cầu xóa."
        line(say(told, f"Passed over, as their owners asked to be forgotten: {change.skipped}."))
    for name, count in done.shared.items():
        line(say(f"{count} số cũng có trong “{name}”.", f"{count} numbers are in “{name}”, too."))
    if done.unitless:
        line(
            say(
                f"{done.unitless} dòng không ghi đơn vị nên sẽ nhận tin của mọi đơn vị. Nếu ô đơn vị bị gộp trong "
                "Excel: bỏ gộp, điền đủ từng dòng rồi nhập lại.",
                f"{done.unitless} rows name no unit and will get what every unit sends. Where cells were merged in "
                "Excel: split them, fill every row and import again.",
            )
        )
    if done.unread:
        names = ", ".join(done.unread)
        line(say(f"Cột không đọc, không lưu: {names}.", f"Columns neither read nor kept: {names}."))
    _tell_doubts(done.name, done.doubtful)


def _tell_doubts(name: str, doubtful: Mapping[str, int]) -> None:
    from loa.cli.output import line
    from loa.messages import sentence

    for code, count in doubtful.items():
        line(
            say(f"{count} dòng chưa nhận ({code}): ", f"{count} rows not taken ({code}): ") + sentence(code, {}, lang())
        )
    if doubtful:
        line(say(f"Xem và xử lý: loa recipients review {name}", f"Look at them: loa recipients review {name}"))


def desk_and_lists() -> Desk:
    """The desk, the lists that name a changed file brought in."""
    from loa.recipients import import_changed

    desk = desk_here()
    import_changed(desk.workspace, desk.book, desk.vault, desk.clock)
    return desk
