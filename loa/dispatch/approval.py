"""Approving and returning. An approval is a named reviewer's yes to exactly one content hash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.errors import ApprovalError
from loa.store import Approval, DeliveryRow
from loa.text import nfc
from loa.workspace import Policies, Reviewer

APPROVE, RETURN = "approve", "return"
_DECIDABLE = (State.AWAITING, State.APPROVED)


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
    """The approvals of ``content_hash`` that stand: a later return of the same bytes takes them all back."""
    held: dict[str, Approval] = {}
    for each in decisions:
        if each.content_hash != content_hash:
            continue
        if each.decision == RETURN:
            held.clear()
        else:
            held[each.reviewer_id] = each
    return list(held.values())


def returned(decisions: Sequence[Approval], content_hash: str) -> Approval | None:
    """The return that stands against ``content_hash``, where its last decision is one."""
    mine = [each for each in decisions if each.content_hash == content_hash]
    return mine[-1] if mine and mine[-1].decision == RETURN else None


def is_enough(approvals: Sequence[Approval], author: str, policies: Policies) -> bool:
    """Whether these approvals let the bytes go out."""
    if len(approvals) < policies.approvals:
        return False
    others = [each for each in approvals if author not in (each.reviewer_id, each.reviewer_name)]
    return bool(others) or policies.author_may_approve_alone


def decide(desk: Desk, selection: Selection, reviewer_name: str, decision: str, note: str = "") -> list[DeliveryRow]:
    """Record a reviewer's decision on every selected delivery that is ready; the deliveries decided upon.

    Raises:
        ApprovalError: E501 nobody of that name may review; E502 nothing matches; E503 a return without a reason.
    """
    reviewer = find_reviewer(desk, reviewer_name)
    if decision == RETURN and not note.strip():
        raise ApprovalError("E503")
    with desk.book.write() as connection:
        rows = [row for row in store.deliveries(connection, states=_DECIDABLE) if selection.takes(row)]
        if not rows:
            raise ApprovalError("E502")
        for row in rows:
            _record(connection, desk, row, reviewer, decision, note)
    return rows


def find_reviewer(desk: Desk, name: str) -> Reviewer:
    """The reviewer of that name or id.

    Raises:
        ApprovalError: E501 nobody of that name may review.
    """
    reviewers = desk.workspace.settings.reviewers
    said = nfc(name).strip()  # some keyboards write a letter and its marks apart
    for reviewer in reviewers:
        if said in (reviewer.id, reviewer.name):
            return reviewer
    raise ApprovalError("E501", name=name, reviewers=", ".join(each.name for each in reviewers) or "–")


def _record(
    connection: store.Connection, desk: Desk, row: DeliveryRow, reviewer: Reviewer, decision: str, note: str
) -> None:
    now = desk.clock.now()
    approval = Approval(row.key, row.content_hash, reviewer.id, reviewer.name, decision, now, note)
    store.record_decision(connection, approval, row.id)
    decisions = store.approvals_of(connection, [row.key])[row.key]
    state, reason, params = verdict(decisions, row.content_hash, row.labels["author"], desk.workspace.settings.policies)
    store.move_delivery(connection, row, state, at=now, actor=reviewer.name, reason=reason, params=params)


def verdict(
    decisions: Sequence[Approval], content_hash: str, author: str, policies: Policies
) -> tuple[State, str, dict[str, str]]:
    """Where the decisions so far put a delivery with these bytes: its state, and why."""
    approvals = standing(decisions, content_hash)
    if is_enough(approvals, author, policies):
        return State.APPROVED, "", {}
    if against := returned(decisions, content_hash):
        return State.AWAITING, reasons.RETURNED, {"reviewer": against.reviewer_name, "note": against.note}
    if approvals and len(approvals) >= policies.approvals:
        return State.AWAITING, reasons.ONLY_ITS_AUTHOR, {"author": author}
    if approvals:
        return (
            State.AWAITING,
            reasons.NEEDS_MORE_APPROVALS,
            {"have": str(len(approvals)), "need": str(policies.approvals)},
        )
    return State.AWAITING, "", {}
