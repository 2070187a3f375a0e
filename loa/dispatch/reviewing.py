"""Decisions at the review desk: about exactly the bytes that the person saw, knowing what others had decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from loa import store
from loa.delivery import State
from loa.dispatch.approval import APPROVE, DECIDABLE, RETURN, TAKE_BACK, demands_of, record, returned, standing, verdict
from loa.dispatch.audit import Who, deed_of
from loa.dispatch.desk import Desk
from loa.dispatch.looking import Seen, unopened
from loa.dispatch.package import differences
from loa.dispatch.people import human_of, signer
from loa.errors import ApprovalError
from loa.messages import Lang, sentence
from loa.store import Approval, DeliveryRow
from loa.store.audit import add_deeds
from loa.store.looked import note_looked
from loa.store.remarks import remarks_of
from loa.store.screen import deliveries_of
from loa.store.versions import versions_of
from loa.workspace import Reviewer


@dataclass(frozen=True, slots=True)
class Decided:
    """A delivery that was decided upon, and where all decisions so far put it."""

    row: DeliveryRow
    state: State
    others: tuple[Approval, ...]
    """Decisions of others that were written after the page had been shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a delivery is from going out."""

    approvals: tuple[Approval, ...]
    needed: int
    author: str
    author_alone: bool
    why: str
    """What is still missing, in words; empty where nothing is, or nobody has decided."""


def decide_seen(desk: Desk, seen: Sequence[Seen], who: Who, decision: str, note: str = "") -> list[Decided]:
    """Record a decision about just the bytes that a person saw: about all of them, or about none.

    Raises:
        ApprovalError: E503 a return without a reason; E816 the content is another by now; E817 it has left the desk;
            E818 several at once, and not all were opened; E819 no own approval to take back; E821 another reviewer
            has returned it meanwhile; E824 there are no bytes yet; E806 nobody has signed in; E807 the person may
            not review, or not in that name.
    """
    if who.person is None:
        raise ApprovalError("E806")
    reviewer = signer(desk, who.person.id)
    if decision == RETURN and not note.strip():
        raise ApprovalError("E503")
    shown = {each.delivery_id: each for each in seen}
    if not shown or not all(each.content_hash for each in seen):
        raise ApprovalError("E824")
    with desk.book.write() as connection:
        rows = deliveries_of(connection, shown, held=True)
        if len(rows) < len(shown):
            raise ApprovalError("E817", id=min(shown.keys() - {row.id for row in rows}))
        decisions = store.approvals_of(connection, [row.key for row in rows])
        later = {row.id: _since(decisions.get(row.key, ()), shown[row.id], reviewer) for row in rows}
        for row in rows:
            _check(connection, row, shown[row.id])
            _check_others(desk, row, later[row.id], decision)
        if decision == APPROVE:
            _check_opened(connection, rows, reviewer, desk.clock.now())
        if decision == TAKE_BACK:
            _check_own(rows, decisions, reviewer)
        notes = {row.id: _whole(connection, row, note) for row in rows}
        states = {row.id: record(connection, desk, row, reviewer, decision, notes[row.id]) for row in rows}
        told = [deed_of(desk, who, decision, row.key, row.content_hash, _told(notes[row.id])) for row in rows]
        add_deeds(connection, told)
    return [Decided(row, states[row.id], later[row.id]) for row in rows]


def _told(note: str) -> dict[str, str]:
    return {"note": note} if note else {}


def _since(decisions: Iterable[Approval], seen: Seen, reviewer: Reviewer) -> tuple[Approval, ...]:
    mine = [each for each in decisions if each.content_hash == seen.content_hash]
    return tuple(each for each in mine[seen.decisions :] if human_of(each.reviewer_id) != human_of(reviewer.id))


def _check(connection: store.Connection, row: DeliveryRow, seen: Seen) -> None:
    """The bytes are those that were seen, and they can still be decided upon."""
    if row.content_hash != seen.content_hash:
        raise ApprovalError("E816", id=row.id, item=row.labels["item"], parts=what_changed(connection, row, seen))
    if row.state not in DECIDABLE:
        raise ApprovalError("E817", id=row.id)


def what_changed(connection: store.Connection, row: DeliveryRow, seen: Seen) -> str:
    """Which parts of a delivery are others than those that were seen, as people call them."""
    versions = versions_of(connection, row.key)
    before = next((each.package for each in versions if each.content_hash == seen.content_hash), "")
    return ", ".join(differences(before, row.package))


def _check_others(desk: Desk, row: DeliveryRow, later: Sequence[Approval], decision: str) -> None:
    """Nobody says yes over a return that they could not know of. A return needs no knowledge: it lets nothing out."""
    against = next((each for each in reversed(later) if each.decision == RETURN), None)
    if decision == APPROVE and against is not None:
        when = against.at.astimezone(desk.workspace.zone)
        raise ApprovalError(
            "E821", id=row.id, reviewer=against.reviewer_name, at=f"{when:%H:%M %d/%m/%Y}", note=against.note
        )


def _check_opened(connection: store.Connection, rows: Sequence[DeliveryRow], reviewer: Reviewer, now: datetime) -> None:
    """Of several at once each was opened; who approves one from its own page has it open."""
    if len(rows) == 1:
        note_looked(connection, human_of(reviewer.id), [(rows[0].key, rows[0].content_hash)], now)
    elif missing := unopened(connection, human_of(reviewer.id), rows):
        raise ApprovalError("E818", count=len(missing), id=missing[0].id)


def _check_own(rows: Sequence[DeliveryRow], decisions: dict[str, list[Approval]], reviewer: Reviewer) -> None:
    for row in rows:
        held = standing(decisions.get(row.key, []), row.content_hash)
        if human_of(reviewer.id) not in {human_of(each.reviewer_id) for each in held}:
            raise ApprovalError("E819", id=row.id)


def _whole(connection: store.Connection, row: DeliveryRow, note: str) -> str:
    """A return carries the open remarks on these bytes along: who mends it sees them without the desk."""
    if not note.strip():
        return ""
    mine = [each for each in remarks_of(connection, row.key) if each.content_hash == row.content_hash]
    said = [f"({number}) {each.words}" for number, each in enumerate(mine, start=1) if each.settled_at is None]
    return " ".join((note.strip(), *said))


def standing_of(desk: Desk, delivery_id: int, lang: Lang) -> Standing | None:
    """Who has approved the bytes of a delivery and what is missing; None where there is no such delivery."""
    with desk.book.read() as connection:
        rows = deliveries_of(connection, [delivery_id])
        if not rows:
            return None
        decisions = store.approvals_of(connection, [rows[0].key]).get(rows[0].key, [])
    row = rows[0]
    author, demands = row.labels["author"], demands_of(desk.workspace, row.package)
    _, reason, words = verdict(decisions, row.content_hash, author, demands)
    lacking = reason if reason and returned(decisions, row.content_hash) is None else ""
    return Standing(
        approvals=tuple(standing(decisions, row.content_hash)),
        needed=demands.approvals,
        author=next((each.name for each in desk.workspace.settings.reviewers if each.id == author), author),
        author_alone=demands.author_alone,
        why=sentence(lacking, words, lang) if lacking else "",
    )
