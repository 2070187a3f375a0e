"""The log of a plan: what people did that no channel can prove by itself, each with who says so and a proof."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from loa.dispatch.audit import doer, note_deed
from loa.dispatch.desk import Desk
from loa.dispatch.people import find_reviewer, today
from loa.dispatch.proof import Proof, checked
from loa.errors import LoaError
from loa.messages import short_date
from loa.plan import Plan, load_plans
from loa.store.logbook import Entry, add_entries, entries_of, withdraw_entry

Kind = Literal["event", "people", "copies", "logged", "spent", "reading"]
"""An event that was held, people who attended, copies handed out, what a quota counts by hand, money spent, the value
of an indicator."""
KIND_NAMES: Mapping[Kind, str] = {
    "event": "buổi",
    "people": "người dự",
    "copies": "bản in",
    "logged": "ghi tay",
    "spent": "đã chi",
    "reading": "chỉ số",
}
COUNTED: tuple[Kind, ...] = ("event", "people", "copies", "logged")
"""Kinds that fill quotas: they need a proof."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells of one thing that was done. ``amount`` is in đồng."""

    kind: Kind
    target: str
    day: date
    unit_code: str = ""
    count: int = 0
    amount: int = 0
    value: Decimal | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """``note``, ``place``, ``link``, ``photo`` (path from the root), ``sha256``."""
    source: str = ""
    """What makes the row of a file known again; empty for what is typed."""


def log(desk: Desk, plan: Plan, told: Sequence[Told], person: str, *, origin: str = "") -> list[int]:
    """Write down what was done, all or nothing; the numbers of the new entries (rows known already are left out).

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E213 no such unit; E270 no such target; E271 nothing to count; E272 no proof; E274 it is to come.
    """
    by, now = find_reviewer(desk, person), desk.clock.now()
    for each in told:
        require_believable(desk, plan, each)
    made = [
        Entry(
            plan_id=plan.id,
            kind=each.kind,
            target=each.target,
            unit_code=each.unit_code,
            day=each.day,
            count=each.count,
            amount=each.amount,
            value="" if each.value is None else str(each.value),
            person_id=by.id,
            person_name=by.name,
            at=now,
            source=each.source or uuid.uuid4().hex,
            words=each.words,
        )
        for each in told
    ]
    with desk.book.write() as connection:
        numbers = add_entries(connection, made)
        if numbers:
            words = {"entries": ", ".join(map(str, numbers))}
            note_deed(desk, doer(by, origin), "log", plan.id, words=words, connection=connection)
    return numbers


def withdraw(desk: Desk, number: int, person: str, *, origin: str = "") -> Entry:
    """Take an entry of the log back.

    Raises:
        ApprovalError: E501, nobody of that name is listed.
        LoaError: E273, no entry of that number stands.
    """
    by = find_reviewer(desk, person)
    with desk.book.write() as connection:
        taken = withdraw_entry(connection, number, by.name, desk.clock.now())
        if taken is None:
            raise LoaError("E273", name=number)
        words = {"entry": str(number)}
        note_deed(desk, doer(by, origin), "withdraw entry", taken.plan_id, words=words, connection=connection)
    return taken


def logged(desk: Desk, plan_id: str | None = None) -> list[Entry]:
    """What stands in the log of a plan (None: of all plans), by day."""
    with desk.book.read() as connection:
        return entries_of(connection, plan_id)


def evidence(desk: Desk, link: str, photo: Path | None) -> dict[str, str]:
    """A proof as the words of an entry: the link, and the photo copied to where it stays, with its SHA-256.

    Raises:
        LoaError: E697 neither a web address nor a photo; E698 the photo is none, or too large; E101 it cannot be read.
    """
    kept = checked(Proof(link, photo))
    words = {"link": link} if link else {}
    if kept is not None:
        path = kept.keep_in(desk.workspace.var / "evidence")
        words |= {"photo": desk.workspace.shown(path), "sha256": kept.sha256}
    return words


def find_plan(desk: Desk, name: str) -> Plan:
    """The plan of that id; where there is only one, no name is needed.

    Raises:
        LoaError: E265, there is none.
        ProblemsFound: the files of plans cannot be read.
    """
    plans = [each.plan for each in load_plans(desk.workspace)]
    found = [each for each in plans if each.id == name] if name else plans
    if len(found) != 1:
        raise LoaError("E265", name=name or ", ".join(each.id for each in plans))
    return found[0]


def require_believable(desk: Desk, plan: Plan, told: Told) -> None:
    """Judge one thing that a person tells.

    Raises:
        LoaError: E213 no such unit; E270 no such target; E271 nothing to count; E272 no proof; E274 it is to come.
    """
    if told.unit_code:
        desk.workspace.units.get(told.unit_code)
    known = _targets(plan, told.kind)
    if known is not None and told.target not in known:
        raise LoaError("E270", plan=plan.id, kind=KIND_NAMES[told.kind], name=told.target)
    if not (told.count > 0 or told.amount > 0 or told.value is not None):
        raise LoaError("E271")
    if told.kind in COUNTED and not (told.words.get("link") or told.words.get("photo")):
        raise LoaError("E272")
    if told.day > today(desk):
        raise LoaError("E274", day=short_date(told.day, "vi"))


def _targets(plan: Plan, kind: Kind) -> tuple[str, ...] | None:
    """The ids that an entry of this kind may name; None where others know them (events stand in campaigns)."""
    if kind in ("event", "people"):
        return None
    if kind == "spent":
        return tuple(each.id for each in plan.budget)
    if kind == "reading":
        return tuple(each.id for each in plan.indicators)
    return tuple(each.id for each in plan.quotas)
