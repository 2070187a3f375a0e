"""``loa log add | import | list | withdraw``: what people did for a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from loa.cli.language import lang, say
from loa.cli.options import As, AsJson, desk_here

if TYPE_CHECKING:
    from loa.dispatch.log_file import TakenIn
    from loa.store.logbook import Entry

PlanOption = Annotated[
    str, typer.Option("--plan", help=say("Mã kế hoạch (không cần khi chỉ có một)", "Plan id (not needed with one)"))
]
Table = Annotated[Path, typer.Argument(help=say("Tệp CSV hoặc XLSX", "A CSV or XLSX file"))]
Link = Annotated[str, typer.Option("--link", metavar="URL", help=say("Đường dẫn minh chứng", "A link as proof"))]
Photo = Annotated[
    Path | None,
    typer.Option("--photo", help=say("Ảnh minh chứng (JPEG, PNG, WebP)", "A photo as proof (JPEG, PNG, WebP)")),
]


def add(
    kind: Annotated[
        str,
        typer.Argument(
            help=say(
                "event = buổi, lớp; people = số người dự; copies = bản in đã phát; logged = ghi tay; "
                "spent = đã chi; reading = giá trị chỉ số",
                "event, people, copies, logged, spent or reading",
            )
        ),
    ],
    target: Annotated[
        str,
        typer.Argument(help=say("Mã chỉ tiêu, khoản chi, chỉ số hoặc sự kiện", "Id of what it is about")),
    ],
    reviewer: As,
    plan: PlanOption = "",
    day: Annotated[
        str,
        typer.Option("--day", metavar="YYYY-MM-DD", help=say("Ngày làm (mặc định: nay)", "Day (default: today)")),
    ] = "",
    unit: Annotated[str, typer.Option("--unit", help=say("Mã đơn vị", "Unit code"))] = "",
    count: Annotated[int, typer.Option("--count", min=0, help=say("Số lượng", "How many"))] = 0,
    amount: Annotated[int, typer.Option("--amount", min=0, help=say("Số tiền, đồng", "Money, in đồng"))] = 0,
    value: Annotated[str, typer.Option("--value", help=say("Giá trị chỉ số, ví dụ 62,5", "Value, e.g. 62.5"))] = "",
    link: Link = "",
    photo: Photo = None,
    place: Annotated[str, typer.Option("--place", help=say("Địa điểm", "Place"))] = "",
    note: Annotated[str, typer.Option("--note", help=say("Ghi chú", "A note"))] = "",
) -> None:
    """Write down one thing that was done, with its proof."""
    from typing import get_args

    from loa.cli.output import line
    from loa.dispatch.logbook import Kind, Told, evidence, find_plan, log
    from loa.dispatch.people import today

    if kind not in get_args(Kind):
        raise typer.BadParameter(say(f"loại việc: {', '.join(get_args(Kind))}", f"one of {', '.join(get_args(Kind))}"))
    desk = desk_here()
    said = find_plan(desk, plan)
    words = {"place": place, "note": note} | (evidence(desk, link, photo) if link or photo else {})
    told = Told(
        kind=kind,  # type: ignore[arg-type]  # one of them, as was just looked at
        target=target,
        day=_day(day) or today(desk),
        unit_code=unit,
        count=count,
        amount=amount,
        value=_decimal(value),
        words={name: text for name, text in words.items() if text},
    )
    (number,) = log(desk, said, [told], reviewer)
    line(say(f"Đã ghi dòng {number} vào nhật ký {said.id}.", f"Entry {number} is in the log of {said.id}."))


def bring_in(file: Table, reviewer: As, plan: PlanOption = "") -> None:
    """Take in a table of what was done; rows that were taken in before are left out."""
    from loa.dispatch.log_file import bring_in_log
    from loa.dispatch.logbook import find_plan

    desk = desk_here()
    show_taken_in(bring_in_log(desk, find_plan(desk, plan), file, reviewer))


def list_entries(plan: PlanOption = "", json_wanted: AsJson = False) -> None:
    """What stands in the log, by day."""
    from loa.cli.output import as_json, line
    from loa.dispatch.logbook import logged

    found = logged(desk_here(), plan or None)
    if json_wanted:
        as_json([_as_words(each) for each in found])
        return
    if not found:
        line(say("Nhật ký chưa có dòng nào.", "The log is empty."))
    for each in found:
        line(_told(each))


def withdraw(
    number: Annotated[int, typer.Argument(help=say("Số dòng (xem loa log list)", "Number (see loa log list)"))],
    reviewer: As,
) -> None:
    """Take an entry back; it stays in the audit log."""
    from loa.cli.output import line
    from loa.dispatch import logbook

    taken = logbook.withdraw(desk_here(), number, reviewer)
    line(say(f"Đã rút dòng {taken.id} ({taken.target}).", f"Entry {taken.id} ({taken.target}) was withdrawn."))


def show_taken_in(taken: TakenIn) -> None:
    """What became of a file, in one or two lines."""
    from loa.cli.output import line

    new, known = len(taken.numbers), taken.known
    line(say(f"Đã nhập {new} dòng mới; {known} dòng đã có từ trước.", f"{new} new rows; {known} were known before."))
    if taken.unread:
        headings = ", ".join(taken.unread)
        line(say(f"Không đọc các cột: {headings}.", f"These columns were not read: {headings}."))


def _told(each: Entry) -> str:
    from loa.messages import number, short_date

    figures = [
        number(each.count, lang()) if each.count else "",
        say(f"{number(each.amount, lang())} đồng", f"{number(each.amount, lang())} VND") if each.amount else "",
        number(Decimal(each.value), lang()) if each.value else "",
    ]
    proof = each.words.get("link") or each.words.get("photo", "")
    parts = [short_date(each.day, lang()), each.kind, each.target, each.unit_code, *figures, proof, each.person_name]
    return f"  {each.id}  " + " · ".join(filter(None, parts))


def _as_words(each: Entry) -> dict[str, object]:
    names = ("id", "plan_id", "kind", "target", "unit_code", "count", "amount", "value", "person_name")
    return {name: getattr(each, name) for name in names} | {"day": each.day.isoformat(), **each.words}


def _day(written: str) -> date | None:
    from loa.dispatch.sheet import day_in

    found = day_in(written) if written else None
    if written and found is None:
        raise typer.BadParameter(say(f"“{written}” không phải một ngày", f"“{written}” is not a day"))
    return found


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ".")) if written else None
    except InvalidOperation as error:
        raise typer.BadParameter(say(f"“{written}” không phải một số", f"“{written}” is not a number")) from error
