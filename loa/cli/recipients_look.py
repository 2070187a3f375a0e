"""``loa recipients stats`` and ``review``: what is in a list, without a number in clear."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson
from loa.cli.recipients import By, Name, NameOrAll, desk_and_lists, typed_number, who

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.recipients import DoubtView, LeftAlone, ListStats
    from loa.workspace import Workspace

_NONE = 0


def stats(name: NameOrAll = "", json_wanted: AsJson = False) -> None:
    """What each list holds, by unit and likely carrier."""
    from loa.cli.output import as_json
    from loa.recipients import left_alone
    from loa.recipients import stats as stats_of

    desk = desk_and_lists()
    found, alone = stats_of(desk.workspace, desk.book, name), left_alone(desk.book)
    if json_wanted:
        as_json({"lists": [asdict(each) for each in found], "left_alone": asdict(alone)})
        return
    for each in found:
        _show(desk.workspace, each)
    _show_left_alone(alone)


def review(
    name: Name,
    accept: Annotated[
        int, typer.Option("--accept", metavar="ROW", help=say("Nhận số Loa đọc ra ở dòng này", "Take what Loa reads"))
    ] = _NONE,
    correct: Annotated[
        int,
        typer.Option("--correct", metavar="ROW", help=say("Gõ số đúng cho dòng này (không hiện)", "Type its number")),
    ] = _NONE,
    drop: Annotated[
        str, typer.Option("--drop", metavar="ROW|all", help=say("Bỏ dòng này, hoặc all = tất cả", "Give rows up"))
    ] = "",
    unit: Annotated[
        str, typer.Option("--unit", metavar="UNIT", help=say("Mã đơn vị đúng của dòng này", "The row's right unit"))
    ] = "",
    by: By = "",
    json_wanted: AsJson = False,
) -> None:
    """The rows that hold no settled number; accept, correct or drop one."""
    if sum(map(bool, (accept, correct, drop))) > 1:
        text = say(
            "Mỗi lần chỉ một việc: --accept, --correct hoặc --drop.", "One at a time: --accept, --correct, --drop."
        )
        raise typer.BadParameter(text)
    desk = desk_and_lists()
    if accept or correct:
        _settle(desk, name, accept, correct, unit, who(by))
    elif drop:
        _drop(desk, name, drop, who(by))
    else:
        _list(desk, name, json_wanted)


def _settle(desk: Desk, name: str, accept: int, correct: int, unit: str, by: str) -> None:
    from loa import recipients
    from loa.cli.output import line

    room = (desk.workspace, desk.book, desk.vault, desk.clock)
    row = recipients.Row(name, accept or correct, by)
    is_new = recipients.accept(*room, row, unit) if accept else recipients.correct(*room, row, typed_number(), unit)
    if is_new:
        line(say(f"Đã nhận dòng {row.number}.", f"Row {row.number} is in the list."))
    else:
        line(say(f"Dòng {row.number}: số này đã có trong danh sách.", f"Row {row.number}: the list has it already."))


def _drop(desk: Desk, name: str, which: str, by: str) -> None:
    from loa import recipients
    from loa.cli.output import line

    if which != "all" and not which.isdecimal():
        raise typer.BadParameter(say("--drop nhận số dòng, hoặc all.", "--drop takes a row, or all."))
    number = 0 if which == "all" else int(which)
    count = recipients.drop(desk.book, desk.clock, recipients.Row(name, number, by))
    line(say(f"Đã bỏ {count} dòng.", f"Given up: {count} rows."))


def _list(desk: Desk, name: str, json_wanted: bool) -> None:
    from loa.cli.output import as_json, line, table
    from loa.recipients import review as rows_of

    rows = rows_of(desk.book, desk.vault, name)
    if json_wanted:
        as_json([asdict(each) | {"reason": _reason(each.code)} for each in rows])
        return
    if not rows:
        line(say("Không có dòng nào chờ xem lại.", "No row waits for review."))
        return
    heads = (say("Dòng", "Row"), say("Trong tệp", "In the file"), say("Đơn vị", "Unit"), say("Vì sao", "Why"))
    table((*heads, say("Làm gì", "What to do")), [_line(name, each) for each in rows])


def _line(name: str, each: DoubtView) -> tuple[str, str, str, str, str]:
    unit = say(" --unit MÃ-ĐƠN-VỊ", " --unit UNIT") if each.needs_unit else ""
    accept = f"loa recipients review {name} --accept {each.row}{unit}"
    what = accept if each.can_accept else _remedy(each.code)
    return str(each.row), each.shown, each.unit_code, f"{each.code} {_reason(each.code)}", what


def _reason(code: str) -> str:
    from loa.messages import sentence

    return sentence(code, {}, lang())


def _remedy(code: str) -> str:
    from loa.messages import remedy

    return remedy(code, {}, lang())


def _show(workspace: Workspace, each: ListStats) -> None:
    from loa.cli.output import line, table
    from loa.messages import moment

    line(f"{each.name}: {each.title}")
    line(say("  Cơ sở nhắn tin: ", "  Why they may be written to: ") + (each.consent or each.legal_basis))
    if each.imported_at is None:
        line(say("  Chưa nhập.", "  Not imported yet.") + "\n")
        return
    when = moment(each.imported_at, workspace.zone)
    line(
        say(
            f"  Nhập {when} bởi {each.imported_by}, từ tệp {each.source} ({each.rows} dòng, {each.doubled} trùng).",
            f"  Imported {when} by {each.imported_by} from {each.source} ({each.rows} rows, {each.doubled} doubled).",
        )
    )
    if each.purged_at is not None:
        gone = moment(each.purged_at, workspace.zone)
        line(say(f"  Các số đã xóa {gone}.", f"  Its numbers are gone since {gone}.") + "\n")
        return
    carriers = sorted({name for counts in (each.carriers or {}).values() for name in counts})
    rows = [
        (
            unit or say("(mọi đơn vị)", "(every unit)"),
            str(sum(counts.values())),
            *(str(counts.get(c, 0)) for c in carriers),
        )
        for unit, counts in (each.carriers or {}).items()
    ]
    heads = (
        say("Đơn vị", "Unit"),
        say("Số người", "People"),
        *(name or say("chưa rõ", "unknown") for name in carriers),
    )
    table(heads, rows)
    line(
        say(
            "  Nhà mạng chỉ đoán theo đầu số: người dân được chuyển mạng giữ số.",
            "  Carriers are a guess by prefix: people keep their number when they change.",
        )
    )
    for other, count in (each.shared or {}).items():
        line(say(f"  {count} số cũng có trong “{other}”.", f"  {count} numbers are in “{other}”, too."))
    for code, count in (each.doubtful or {}).items():
        line(say(f"  Chờ xem lại: {count} dòng, {code} ", f"  In review: {count} rows, {code} ") + _reason(code))
    _show_purge(workspace, each)


def _show_purge(workspace: Workspace, each: ListStats) -> None:
    from loa.cli.output import line
    from loa.messages import moment

    if each.purge_at is None:
        line(say("  Đang có lượt gửi cần danh sách này.", "  Deliveries still need this list.") + "\n")
        return
    when = moment(each.purge_at, workspace.zone)
    line(say(f"  Tự xóa {when} nếu không dùng nữa.", f"  Goes by itself {when} unless it is used.") + "\n")


def _show_left_alone(alone: LeftAlone) -> None:
    from loa.cli.output import line
    from loa.messages import short_date

    if alone.dated:
        day = short_date(date.fromisoformat(alone.dated), lang())
        listed = say(
            f"{alone.do_not_call} số Không quảng cáo (danh sách ngày {day})",
            f"{alone.do_not_call} do not call (file of {day})",
        )
    else:
        listed = say("chưa nạp danh sách Không quảng cáo", "no do-not-call file yet")
    line(
        say(
            f"Không nhắn: {alone.opt_out} số từ chối (trong đó {alone.forgotten} số yêu cầu xóa); {listed}.",
            f"Left alone: {alone.opt_out} opted out (of them {alone.forgotten} asked to be forgotten); {listed}.",
        )
    )
