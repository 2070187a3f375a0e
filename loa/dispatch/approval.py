"""Approving and returning. An approval is a named reviewer's yes to exactly one content hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.audit import deed_of, doer
from loa.dispatch.desk import Desk
from loa.dispatch.package import seen
from loa.dispatch.people import STANDING_IN, human_of, people_of, signer
from loa.errors import ApprovalError
from loa.messages import number
from loa.rules import rules_by_id
from loa.store import Approval, DeliveryRow
from loa.store.audit import add_deeds
from loa.store.screen import deliveries_of
from loa.workspace import Reviewer, Workspace

APPROVE, RETURN, TAKE_BACK = "approve", "return", "take back"
"""``take back``: a person's own approval counts no more; those of others and an earlier return stay as they were."""
DECIDABLE = (State.AWAITING, State.APPROVED)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which deliveries a decision is about; empty means every one."""

    campaign: str = ""
    item: str = ""
    keys: tuple[str, ...] = ()

    def takes(self, row: DeliveryRow) -> bool:
        return (
            self.campaign in ("", row.campaign_id)
            and self.item in ("", row.item_id)
            and (not self.keys or row.key in self.keys or str(row.id) in self.keys)
        )


def standing(decisions: Iterable[Approval], content_hash: str) -> list[Approval]:
    """The approvals of ``content_hash`` that stand: a later return of the same bytes takes them all back.

    One human counts once, in whosever name; so does the one in whose name others approve.
    """
    held: dict[str, Approval] = {}
    for each in _in_force(decisions, content_hash):
        if each.decision == RETURN:
            held.clear()
        else:
            mine = people_of(each.reviewer_id)
            held = {name: one for name, one in held.items() if not mine & people_of(name)}
            held[each.reviewer_id] = each
    return list(held.values())


def returned(decisions: Iterable[Approval], content_hash: str) -> Approval | None:
    """The return that stands against ``content_hash``, where its last decision is one."""
    mine = _in_force(decisions, content_hash)
    return mine[-1] if mine and mine[-1].decision == RETURN else None


def _in_force(decisions: Iterable[Approval], content_hash: str) -> list[Approval]:
    """The decisions about these bytes, without the approvals that a person has taken back."""
    found: list[Approval] = []
    for each in decisions:
        if each.content_hash != content_hash:
            continue
        if each.decision == TAKE_BACK:
            human = human_of(each.reviewer_id)
            found = [one for one in found if (one.decision, human_of(one.reviewer_id)) != (APPROVE, human)]
        else:
            found.append(each)
    return found


@dataclass(frozen=True, slots=True)
class Demands:
    """What it takes to let a delivery go out: the house's policy, and for a message to people what its rules ask."""

    approvals: int
    author_alone: bool
    reason: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """The class of the message; the rules and the count too, where the rules ask for more people than the house."""


def demands_of(workspace: Workspace, package: str) -> Demands:
    """What the approval of a package takes.

    Raises:
        ProblemsFound: a file of rules has problems.
    """
    policies = workspace.settings.policies
    house = Demands(policies.approvals, policies.author_may_approve_alone)
    content = seen(package)
    terms = content.get("message")
    rules = rules_by_id(workspace, terms["rules"]) if terms else None
    if terms is None or rules is None:  # without its rules a message does not pass the last look anyway
        return house
    message, count = rules.of(terms["class"]), content["recipients"].get("count", 0)
    needed = max(message.approvals, rules.large_approvals if count > rules.large else 0)
    words = {"class": message.title, "rules": rules.id, "count": number(count)}
    more = needed > house.approvals
    return Demands(
        max(needed, house.approvals),
        house.author_alone,
        message.needs_reason,
        words if more else {"class": message.title},
    )


def is_enough(approvals: Sequence[Approval], author: str, demands: Demands) -> bool:
    """Whether these approvals let the bytes go out."""
    if len(approvals) < demands.approvals or _lacks_reason(approvals, demands):
        return False
    others = [each for each in approvals if not _is_by(each, author)]
    return bool(others) or demands.author_alone


def _is_by(approval: Approval, author: str) -> bool:
    """Whether somebody approved what is their own, or somebody else did in their name."""
    names = (approval.reviewer_name, *approval.reviewer_name.split(STANDING_IN))
    return author in (*names, *people_of(approval.reviewer_id))


def _lacks_reason(approvals: Sequence[Approval], demands: Demands) -> bool:
    return demands.reason and not any(each.note.strip() for each in approvals)


def decide(
    desk: Desk,
    selection: Selection,
    reviewer_name: str,
    decision: str,
    note: str = "",
    *,
    in_name_of: str = "",
    origin: str = "",
) -> list[DeliveryRow]:
    """Record a reviewer's decision on every selected delivery that is ready; the deliveries decided upon.

    ``origin``: from where, for the audit log; a command on this machine where none is given.

    Raises:
        ApprovalError: E501 nobody of that name is listed; E807 the person may not review, or not in that name; E502
            nothing matches; E503 a return without a reason.
    """
    reviewer = signer(desk, reviewer_name, in_name_of)
    if decision == RETURN and not note.strip():
        raise ApprovalError("E503")
    with desk.book.write() as connection:
        found = [row.id for row in store.deliveries(connection, states=DECIDABLE) if selection.takes(row)]
        rows = [row for row in deliveries_of(connection, found, held=True) if row.state in DECIDABLE]
        if not rows:
            raise ApprovalError("E502")
        for row in rows:
            record(connection, desk, row, reviewer, decision, note)
        who, words = doer(reviewer, origin), {"note": note} if note else {}
        add_deeds(connection, [deed_of(desk, who, decision, row.key, row.content_hash, words) for row in rows])
    return rows


def record(
    connection: store.Connection, desk: Desk, row: DeliveryRow, reviewer: Reviewer, decision: str, note: str
) -> State:
    """Write a decision about a delivery down, in the caller's transaction; where all decisions now put it."""
    now = desk.clock.now()
    approval = Approval(row.key, row.content_hash, reviewer.id, reviewer.name, decision, now, note)
    store.record_decision(connection, approval, row.id)
    decisions = store.approvals_of(connection, [row.key])[row.key]
    demands = demands_of(desk.workspace, row.package)
    state, reason, params = verdict(decisions, row.content_hash, row.labels["author"], demands)
    store.move_delivery(connection, row, state, at=now, actor=reviewer.name, reason=reason, params=params)
    return state


def verdict(
    decisions: Sequence[Approval], content_hash: str, author: str, demands: Demands
) -> tuple[State, str, dict[str, str]]:
    """Where the decisions so far put a delivery with these bytes: its state, and why."""
    approvals = standing(decisions, content_hash)
    if is_enough(approvals, author, demands):
        return State.APPROVED, "", {}
    if against := returned(decisions, content_hash):
        return State.AWAITING, reasons.RETURNED, {"reviewer": against.reviewer_name, "note": against.note}
    return State.AWAITING, *_lack(approvals, author, demands)


def _lack(approvals: Sequence[Approval], author: str, demands: Demands) -> tuple[str, dict[str, str]]:
    """What is missing, once somebody has approved."""
    if not approvals:
        return "", {}
    if len(approvals) < demands.approvals:
        counts = {"have": str(len(approvals)), "need": str(demands.approvals)}
        if "rules" in demands.words:
            return reasons.NEEDS_MORE_BY_RULES, {**demands.words, **counts}
        return reasons.NEEDS_MORE_APPROVALS, counts
    if _lacks_reason(approvals, demands):
        return reasons.NEEDS_A_REASON, {"class": demands.words["class"]}
    return reasons.ONLY_ITS_AUTHOR, {"author": author}
