"""The last look before the wire: what is about to be sent is what was approved, by the rules that it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.approval import demands_of, is_enough, standing, verdict
from loa.dispatch.arming import unarmed
from loa.dispatch.desk import Desk
from loa.dispatch.fetching import may_come
from loa.dispatch.messages import MessageFacts, are_pinned, facts_of, lateness, objections
from loa.dispatch.package import action_of, damaged_assets, package_hash, seen
from loa.messages import number
from loa.store import Approval, DeliveryRow, Event
from loa.store.events import write_events
from loa.workspace.limits import without_limits

_PASSED = "rules"
Objection = tuple[str, dict[str, str]]


def objection(desk: Desk, row: DeliveryRow, decisions: list[Approval]) -> Objection | None:
    """Why this delivery may not go out: a code and its parameters; None when nothing speaks against it."""
    if not row.content_hash or package_hash(row.package) != row.content_hash:
        return reasons.BROKEN_PACKAGE, {}
    content = seen(row.package)
    if "message" in content and not are_pinned(desk.workspace, content):
        return reasons.RULES_CHANGED, {"rules": content["message"]["rules"]}
    if against := _of_approvals(desk, row, decisions):
        return against
    if not _is_its_account(desk, content):
        return reasons.ACCOUNT_CHANGED, {"account": content["account"]["id"]}
    if damaged := damaged_assets(content, desk.workspace):
        return reasons.DAMAGED, {"files": ", ".join(damaged)}
    facts = facts_of(desk.workspace, desk.cards, content)
    return _of_rules(desk, row, facts) if facts else None


def _is_its_account(desk: Desk, content: Mapping[str, Any]) -> bool:
    """Whether the horn that would blow is the one that was approved: the plan may be of other settings than the desk.

    A takedown is let through: by a changed account it takes nothing down that is not ours, and harm must not wait.
    """
    approved = content["account"]
    now = desk.workspace.accounts.by_id.get(approved["id"])
    same = now is not None and without_limits(now.settings) == approved["settings"]
    return same or content.get("action") == "remove"


def _of_approvals(desk: Desk, row: DeliveryRow, decisions: list[Approval]) -> Objection | None:
    approvals = standing(decisions, row.content_hash)
    # One named person's word takes a post down: harm is not put to the vote.
    if approvals and action_of(row.package) == "remove":
        return None
    author, demands = row.labels["author"], demands_of(desk.workspace, row.package)
    if is_enough(approvals, author, demands):
        return None
    _, reason, params = verdict(decisions, row.content_hash, author, demands)
    by_rules = reason in (reasons.NEEDS_MORE_BY_RULES, reasons.NEEDS_A_REASON)
    return (reason, params) if by_rules else (reasons.NOT_APPROVED, {})


def _of_rules(desk: Desk, row: DeliveryRow, facts: MessageFacts) -> Objection | None:
    now = desk.clock.now()
    today = now.astimezone(desk.workspace.zone).date()
    dated = _register_of(desk) if facts.message.do_not_call_days else None
    against = next(objections(desk.workspace, facts, dated, today), None)
    # Once it is on its way, what is left of it is shorter; and a person's word sends what is late.
    if against is None and row.state == State.APPROVED and row.reason != reasons.RELEASED:
        against = lateness(desk.workspace, facts, now, row.expires)
    return (against.code, dict(against.params)) if against else None


def _register_of(desk: Desk) -> date | None:
    written = store.read_note(desk.book, store.REGISTER_DATED)
    return date.fromisoformat(written[:10]) if written else None


def guarded(desk: Desk, connection: store.Connection, rows: list[DeliveryRow]) -> tuple[list[DeliveryRow], int]:
    """The rows that may go out; the others are held with the reason, or wait for files. Also the number held."""
    decisions = store.approvals_of(connection, [row.key for row in rows])
    free, held = [], 0
    for row in rows:
        against = objection(desk, row, decisions.get(row.key, [])) or unarmed(desk, connection, row)
        if against is None:
            free.append(row)
            _write_down(desk, connection, row)
        elif not _waits_for_files(desk, connection, row, against):
            hold(desk, connection, row, *against)
            held += 1
    return free, held


def _waits_for_files(desk: Desk, connection: store.Connection, row: DeliveryRow, against: Objection) -> bool:
    """Whether the files that are not here as they were approved may still come from another machine."""
    damaged = damaged_assets(seen(row.package), desk.workspace) if against[0] == reasons.DAMAGED else ()
    return bool(damaged) and may_come(desk, connection, row, damaged)


def hold(desk: Desk, connection: store.Connection, row: DeliveryRow, reason: str, params: dict[str, str]) -> None:
    """Hold one delivery with its reason; of a message, by which rules."""
    terms = seen(row.package).get("message")
    pinned = {"rules": terms["rules"], "class": terms["class"]} | params if terms else params
    store.move_delivery(connection, row, State.HELD, at=desk.clock.now(), reason=reason, params=pinned)


def _write_down(desk: Desk, connection: store.Connection, row: DeliveryRow) -> None:
    """Into the trail: by which rules a message was let go, to how many, at what cost and until when."""
    facts = facts_of(desk.workspace, desk.cards, seen(row.package))
    if facts is None or row.state != State.APPROVED:
        return
    course = facts.course(desk.clock.now().astimezone(desk.workspace.zone))
    words = {
        "verdict": "allow",
        "rules": facts.rules.id,
        "sha256": facts.rules.sha256,
        "class": facts.message.name,
        "recipients": str(facts.recipients),
        "canary": str(facts.canary_count),
        "parts": str(facts.parts),
        "cost": number(facts.price) if facts.price is not None else "",
        "finish": course.finish.isoformat(timespec="seconds") if course else "",
    }
    write_events(connection, [Event(desk.clock.now(), store.MACHINE, _PASSED, row.id, params=words)])
