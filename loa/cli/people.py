"""``loa people list | pin | unlock``: who works at the review desk, what each may do, and their PINs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from loa.cli.language import lang, say
from loa.cli.options import AsJson, desk_here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loa.dispatch import Desk
    from loa.store.pins import PinRow
    from loa.workspace import Reviewer

Name = Annotated[
    str, typer.Argument(help=say("Họ tên hoặc mã người duyệt (có trong loa.yaml)", "Name or id, from loa.yaml"))
]


def list_people(json_wanted: AsJson = False) -> None:
    """Everybody who is listed: roles, delegations that hold today, PINs; never a PIN itself."""
    from loa.cli.output import as_json, table
    from loa.dispatch.pins import pins_of
    from loa.dispatch.words import role_name

    desk = desk_here()
    known = pins_of(desk)
    rows = [_row(desk, each, known) for each in desk.workspace.settings.reviewers]
    if json_wanted:
        as_json(rows)
        return
    heads = say("Mã|Họ tên|Vai|Duyệt thay|Mã PIN", "Id|Name|May|Stands in for|PIN").split("|")
    table(
        heads,
        [
            (
                each["id"],
                each["name"],
                ", ".join(role_name(role, lang()) for role in each["rights"]),
                ", ".join(each["stands_for"]),
                _pin_words(each),
            )
            for each in rows
        ],
    )


def pin(name: Name) -> None:
    """Set a person's PIN, typed unseen and twice, or read from standard input."""
    from loa.cli.output import line
    from loa.dispatch.audit import doer
    from loa.dispatch.people import find_reviewer
    from loa.dispatch.pins import set_pin

    desk = desk_here()
    person = find_reviewer(desk, name)
    set_pin(desk, person, _typed(person), doer(None, ""))
    line(say(f"Đã đặt mã PIN cho {person.name}.", f"{person.name} has a new PIN."))
    if others := _without_pin(desk):
        names = ", ".join(others)
        line(say(f"Chưa có mã PIN nên chưa đăng nhập được: {names}.", f"These have none and cannot sign in: {names}."))


def unlock(name: Name) -> None:
    """Let a person try again whose name was locked after wrong PINs."""
    from loa.cli.output import line
    from loa.dispatch.audit import doer
    from loa.dispatch.people import find_reviewer
    from loa.dispatch.pins import let_try_again
    from loa.errors import ApprovalError

    desk = desk_here()
    person = find_reviewer(desk, name)
    if not let_try_again(desk, person, doer(None, "")):
        raise ApprovalError("E810", name=person.name)
    line(say(f"{person.name} đăng nhập lại được ngay.", f"{person.name} may sign in again at once."))


def _typed(person: Reviewer) -> str:
    from loa.secrets import hidden_line

    if not sys.stdin.isatty():
        return sys.stdin.read().strip().removeprefix("\ufeff").strip()  # PowerShell puts a mark in front
    first = hidden_line(say(f"Mã PIN mới của {person.name} (không hiện khi gõ): ", f"New PIN of {person.name}: "))
    again = hidden_line(say("Gõ lại mã PIN: ", "The same again: "))
    if first != again:
        raise typer.BadParameter(say("Hai lần gõ khác nhau; mã cũ vẫn giữ.", "They differ; nothing was changed."))
    return first.strip()


def _row(desk: Desk, person: Reviewer, known: Mapping[str, PinRow]) -> dict[str, Any]:
    from loa.dispatch.people import rights_of, stands_for, today
    from loa.dispatch.words import ROLE_NAMES

    settings, day = desk.workspace.settings, today(desk)
    found = known.get(person.id)
    locked = found.locked_until if found and found.locked_until and found.locked_until > desk.clock.now() else None
    return {
        "id": person.id,
        "name": person.name,
        "rights": [role for role in ROLE_NAMES if role in rights_of(settings, person, day)],
        "stands_for": [each.name for each in stands_for(settings, person, day)],
        "has_pin": found is not None,
        "locked_until": locked,
    }


def _pin_words(row: Mapping[str, Any]) -> str:
    if row["locked_until"]:
        return say("đang khóa", "locked")
    return say("có", "set") if row["has_pin"] else say("chưa có", "none")


def _without_pin(desk: Desk) -> list[str]:
    from loa.dispatch.pins import pins_of

    known = pins_of(desk)
    return [each.name for each in desk.workspace.settings.reviewers if each.id not in known]
