"""Proofs leave the office for a named reviewer; their answers come back as files, and are taken in once, whole.

A decision counts for exactly the bytes that the proof showed and the book still has; nothing is decided about others.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from loa import store
from loa.dispatch.approval import APPROVE, DECIDABLE, RETURN, record
from loa.dispatch.audit import Who, at_terminal, deed_of, doer
from loa.dispatch.desk import Desk
from loa.dispatch.opinion_file import Opinion, OpinionFile, read_opinions
from loa.dispatch.package import seen as content_of
from loa.dispatch.people import find_reviewer, human_of, person_who_may, signer
from loa.errors import LoaError, Place, Problem, ProblemsFound
from loa.messages import moment
from loa.store import Approval, DeliveryRow
from loa.store.audit import Deed, add_deeds
from loa.store.looked import note_looked
from loa.store.proofs import ProofRow, add_proof, forget_proofs, mark_taken, proof_of
from loa.store.remarks import Remark, add_remark
from loa.store.screen import deliveries_of
from loa.workspace import Reviewer

Outcome = Literal["approved", "returned", "remarked", "changed", "gone", "decided since"]
"""What became of an opinion. The last three: nothing was recorded, for the reason that they name."""
_KEPT = timedelta(days=90)
"""So long after its end a proof is still known, so that an answer is told why it comes too late."""


@dataclass(frozen=True, slots=True)
class Result:
    """One opinion and what became of it. ``by``: who has decided since, where that is why nothing was recorded."""

    delivery_id: int
    key: str
    item: str
    outcome: Outcome
    by: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken in."""

    proof: ProofRow
    reviewer: Reviewer
    officer: Reviewer
    results: tuple[Result, ...]


def open_proof(
    desk: Desk, campaign: str, reviewer_name: str, shown: Mapping[int, str], life: timedelta, by: Who
) -> ProofRow:
    """Write down that ``by`` sends a proof of these bytes to a reviewer; with its key, which goes into its pages.

    Proofs that expired long ago are forgotten: what came of them stands with the deliveries and in the audit log.

    Raises:
        ApprovalError: E501 nobody of that name is listed; E807 the person may not review.
    """
    reviewer = person_who_may(desk, reviewer_name, "reviewer")
    now = desk.clock.now()
    made = ProofRow(
        id=secrets.token_hex(8),
        campaign_id=campaign,
        reviewer_id=reviewer.id,
        key=secrets.token_hex(32),
        made_at=now,
        until=now + life,
        shown=dict(shown),
    )
    told = {"proof": made.id, "for": reviewer.name, "count": str(len(shown))}
    with desk.book.write() as connection:
        forget_proofs(connection, now - _KEPT)
        add_proof(connection, made)
        add_deeds(connection, [deed_of(desk, by, "make proof", campaign, words=told)])
    return made


def take_in(desk: Desk, path: Path, officer_name: str) -> Taken:
    """Record what a reviewer's file says, in one transaction; what became of each opinion.

    Raises:
        ProblemsFound: E101, E833 the file cannot be read.
        ApprovalError: E501 the officer or the reviewer is not listed; E807 the reviewer may not review today.
        LoaError: E834 the book does not know its proof; E835 it is not signed with its key; E836 the proof has
            expired; E837 its answer is in already.
    """
    officer = find_reviewer(desk, officer_name)
    file = read_opinions(path)
    with desk.book.write() as connection:
        proof = _proof_of(desk, connection, file)
        reviewer = signer(desk, proof.reviewer_id)
        _check_shown(path, file, proof)
        if not mark_taken(connection, proof, desk.clock.now(), officer.name):
            raise _taken_already(desk, connection, proof)
        results, deeds = _TakingIn(desk, connection, proof, reviewer, officer, path).over(file.said.opinions)
        told = {"proof": proof.id, "for": reviewer.name, "count": str(len(results))}
        add_deeds(
            connection, [*deeds, deed_of(desk, doer(officer, ""), "take in", proof.campaign_id, file.sha256, told)]
        )
    return Taken(proof, reviewer, officer, tuple(results))


def _proof_of(desk: Desk, connection: store.Connection, file: OpinionFile) -> ProofRow:
    said = file.said
    proof = proof_of(connection, said.proof)
    if proof is None:
        raise LoaError("E834", proof=said.proof)
    if not file.is_signed_with(proof.key) or (said.campaign, said.reviewer) != (proof.campaign_id, proof.reviewer_id):
        raise LoaError("E835", proof=proof.id)
    if proof.taken_at is not None:
        raise _taken_already(desk, connection, proof)
    if desk.clock.now() > proof.until:
        raise LoaError("E836", proof=proof.id, until=moment(proof.until, desk.workspace.zone, "vi"))
    return proof


def _taken_already(desk: Desk, connection: store.Connection, proof: ProofRow) -> LoaError:
    now = proof_of(connection, proof.id) or proof
    at = moment(now.taken_at, desk.workspace.zone, "vi") if now.taken_at else "–"
    return LoaError("E837", proof=proof.id, at=at, by=now.taken_by)


def _check_shown(path: Path, file: OpinionFile, proof: ProofRow) -> None:
    """A signed opinion about something that the proof did not show was not written by its page."""
    for place, each in enumerate(file.said.opinions):
        if proof.shown.get(each.id) != each.hash:
            raise _bad(path, f"opinions[{place}].id: {each.id}")


def _bad(path: Path, detail: str) -> ProblemsFound:
    return ProblemsFound([Problem("E833", {"detail": detail}, Place(str(path)))])


class _TakingIn:
    """The opinions of one file, within one transaction."""

    def __init__(
        self,
        desk: Desk,
        connection: store.Connection,
        proof: ProofRow,
        reviewer: Reviewer,
        officer: Reviewer,
        path: Path,
    ) -> None:
        self._desk, self._connection, self._path = desk, connection, path
        self._proof, self._reviewer, self._officer = proof, reviewer, officer
        self._now: datetime = desk.clock.now()
        self._deeds: list[Deed] = []

    def over(self, opinions: Sequence[Opinion]) -> tuple[list[Result], list[Deed]]:
        """What became of each, in the order in which they are due, and what the audit log is told."""
        by_id = {each.id: each for each in opinions}
        rows = deliveries_of(self._connection, by_id, held=True)
        decisions = store.approvals_of(self._connection, [row.key for row in rows])
        results = [self._one(row, by_id[row.id], decisions.get(row.key, [])) for row in rows]
        left = sorted(by_id.keys() - {row.id for row in rows})
        return [*results, *(Result(number, "", "", "gone") for number in left)], self._deeds

    def _one(self, row: DeliveryRow, opinion: Opinion, decisions: Sequence[Approval]) -> Result:
        item = row.labels["item"]
        if row.content_hash != opinion.hash:
            return Result(row.id, row.key, item, "changed")
        if row.state not in DECIDABLE:
            return Result(row.id, row.key, item, "gone")
        self._remark(row, opinion)
        if opinion.decision == "remark":
            return Result(row.id, row.key, item, "remarked")
        if since := self._decided_since(opinion, decisions):
            return Result(row.id, row.key, item, "decided since", since.reviewer_name)
        self._decide(row, opinion)
        return Result(row.id, row.key, item, "approved" if opinion.decision == APPROVE else "returned")

    def _decided_since(self, opinion: Opinion, decisions: Sequence[Approval]) -> Approval | None:
        """What the reviewer could not know when the page was made, or has said otherwise since: it stands."""
        later = [each for each in decisions if each.content_hash == opinion.hash and each.at >= self._proof.made_at]
        own = [each for each in later if human_of(each.reviewer_id) == human_of(self._reviewer.id)]
        against = [each for each in later if each.decision == RETURN] if opinion.decision == APPROVE else []
        return next(reversed([*against, *own]), None)

    def _decide(self, row: DeliveryRow, opinion: Opinion) -> None:
        parts = [opinion.note, *(each.words for each in opinion.spots)]
        note = " · ".join(part for part in parts if part) if opinion.decision == RETURN else opinion.note
        note_looked(self._connection, human_of(self._reviewer.id), [(row.key, row.content_hash)], self._now)
        record(self._connection, self._desk, row, self._reviewer, opinion.decision, note)
        self._tell(opinion.decision, row, {"note": note} if note else {})

    def _remark(self, row: DeliveryRow, opinion: Opinion) -> None:
        content = content_of(row.package)
        known = {each["sha256"] for each in (*content["assets"], *content.get("besides", ()))}
        by = (human_of(self._reviewer.id), self._reviewer.name)
        where = [(each.asset, each.x, each.y, each.words) for each in opinion.spots]
        if unknown := {asset for asset, *_ in where} - known:
            raise _bad(self._path, f"spots.asset: {min(unknown)[:12]}")
        if opinion.decision == "remark" and opinion.note:
            where.append(("", 0, 0, opinion.note))
        for asset, x, y, words in where:
            add_remark(self._connection, Remark(row.key, row.content_hash, asset, x, y, *by, words, self._now))
            self._tell("remark", row, {"words": words})

    def _tell(self, deed: str, row: DeliveryRow, words: Mapping[str, str]) -> None:
        """The deed is the reviewer's; through whose hands it came stands beside it."""
        who = doer(self._reviewer, f"proof {self._proof.id}; {at_terminal()}")
        told = {**words, "taken in by": self._officer.name}
        self._deeds.append(deed_of(self._desk, who, deed, row.key, row.content_hash, told))
