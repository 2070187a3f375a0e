"""Who approved which bytes. A decision is about a content hash; it is never edited, only followed by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book
from loa.store.events import Event, write_events
from loa.store.journal_words import keep_decision


@dataclass(frozen=True, slots=True)
class Approval:
    """One decision: ``approve`` or ``return``, by a named person, on exactly one content hash."""

    delivery_key: str
    content_hash: str
    reviewer_id: str
    reviewer_name: str
    decision: str
    at: datetime
    note: str = ""


def record_decision(connection: sa.Connection, approval: Approval, delivery_id: int) -> None:
    """Write a decision down, in the caller's transaction."""
    connection.execute(
        sa.insert(tables.approval).values({name: getattr(approval, name) for name in Approval.__slots__})
    )
    words = {name: getattr(approval, name) for name in Approval.__slots__}
    keep_decision(connection, words | {"since": words.pop("at")}, delivery_id, yes=approval.decision == "approve")
    params = {"hash": approval.content_hash, "note": approval.note}
    write_events(
        connection, [Event(approval.at, approval.reviewer_name, approval.decision, delivery_id, params=params)]
    )


def approvals_of(source: Book | sa.Connection, keys: Sequence[str] | None = None) -> dict[str, list[Approval]]:
    """The decisions, oldest first, by delivery key (all, or those of ``keys``)."""
    if isinstance(source, Book):
        with source.read() as connection:
            return approvals_of(connection, keys)
    columns = [tables.approval.c[name] for name in Approval.__slots__]
    query = sa.select(*columns).order_by(tables.approval.c.id)
    if keys is not None:
        query = query.where(tables.approval.c.delivery_key.in_(keys))
    found: dict[str, list[Approval]] = {}
    for row in source.execute(query).all():
        found.setdefault(row.delivery_key, []).append(Approval(*row))
    return found
