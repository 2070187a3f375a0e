"""Proofs that left the office: who each was made for, what it shows, and whether its answer has come back.

They stand among the notes of the book (``proof:<id>``) as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from loa.store.control import put_note
from loa.store.tables import note

_PREFIX = "proof:"


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One proof. ``shown``: delivery id → the content hash that it shows."""

    id: str
    campaign_id: str
    reviewer_id: str
    key: str
    """With which its answer is signed (HMAC-SHA-256), in hexadecimal."""
    made_at: datetime
    until: datetime
    shown: Mapping[int, str]
    taken_at: datetime | None = None
    taken_by: str = ""


def add_proof(connection: sa.Connection, made: ProofRow) -> None:
    """Write a proof down."""
    put_note(connection, _PREFIX + made.id, _written(made))


def proof_of(connection: sa.Connection, proof_id: str) -> ProofRow | None:
    """The proof of this id; None where the book knows none."""
    value = connection.scalar(sa.select(note.c.value).where(note.c.name == _PREFIX + proof_id))
    return _read(proof_id, value) if value else None


def forget_proofs(connection: sa.Connection, before: datetime) -> None:
    """Drop the proofs whose time was over before a moment."""
    rows = connection.execute(sa.select(note.c.name, note.c.value).where(note.c.name.startswith(_PREFIX))).all()
    old = [name for name, value in rows if _read(name, value).until < before]
    if old:
        connection.execute(sa.delete(note).where(note.c.name.in_(old)))


def mark_taken(connection: sa.Connection, before: ProofRow, at: datetime, by: str) -> bool:
    """Note that its answer came in; False where it had come in already, in another moment or another process."""
    if before.taken_at is not None:
        return False
    ours = sa.update(note).where(note.c.name == _PREFIX + before.id, note.c.value == _written(before))
    after = replace(before, taken_at=at, taken_by=by)
    return bool(connection.execute(ours.values(value=_written(after))).rowcount)


def _written(proof: ProofRow) -> str:
    values = {
        "campaign": proof.campaign_id,
        "reviewer": proof.reviewer_id,
        "key": proof.key,
        "made_at": proof.made_at.isoformat(),
        "until": proof.until.isoformat(),
        "shown": {str(number): digest for number, digest in proof.shown.items()},
        "taken_at": proof.taken_at.isoformat() if proof.taken_at else "",
        "taken_by": proof.taken_by,
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _read(proof_id: str, value: str) -> ProofRow:
    found = json.loads(value)
    return ProofRow(
        id=proof_id,
        campaign_id=found["campaign"],
        reviewer_id=found["reviewer"],
        key=found["key"],
        made_at=datetime.fromisoformat(found["made_at"]),
        until=datetime.fromisoformat(found["until"]),
        shown={int(number): digest for number, digest in found["shown"].items()},
        taken_at=datetime.fromisoformat(found["taken_at"]) if found["taken_at"] else None,
        taken_by=found["taken_by"],
    )
