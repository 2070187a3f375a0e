"""Calls to gateways as they stand in the book, and the recipients of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from loa.delivery import Receipt, State
from loa.store.journal_words import keep_call, keep_call_result, keys_of, ranges
from loa.store.people_tables import batch, contact, recipient


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A call as it stands in the book."""

    id: int
    key: str
    delivery_id: int
    account_id: str
    content_hash: str
    first_seq: int
    last_seq: int
    size: int
    parts: int
    state: State
    attempt: int
    crashes: int
    look_ups: int
    owner: str
    first_sent_at: datetime | None
    sent_at: datetime | None
    next_try: datetime | None
    done_at: datetime | None
    platform_id: str
    code: str
    detail: str
    hint: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """A claimed call with its recipients in order: their places and their sealed numbers."""

    row: BatchRow
    seqs: tuple[int, ...]
    sealed: tuple[bytes, ...] = field(repr=False)
    marks: tuple[bytes, ...] = field(repr=False)
    """By which the guards knew them."""


_COLUMNS = [batch.c[name] for name in BatchRow.__slots__]


def batches(
    connection: sa.Connection,
    *,
    states: Iterable[State],
    delivery_ids: Iterable[int] | None = None,
    next_try_before: datetime | None = None,
    most: int | None = None,
) -> list[BatchRow]:
    """Calls in the order in which they were claimed."""
    query = sa.select(*_COLUMNS).where(batch.c.state.in_(tuple(states))).order_by(batch.c.id).limit(most)
    if delivery_ids is not None:
        query = query.where(batch.c.delivery_id.in_(tuple(delivery_ids)))
    if next_try_before is not None:
        query = query.where(batch.c.next_try <= next_try_before)
    return [BatchRow(*row) for row in connection.execute(query)]


def call_of_batch(connection: sa.Connection, row: BatchRow) -> Call:
    """A call with its recipients, exactly those that it had when it was claimed."""
    columns = (recipient.c.seq, recipient.c.sealed, recipient.c.mark)
    found = connection.execute(sa.select(*columns).where(*members_of(row)).order_by(recipient.c.seq)).all()
    return Call(
        row,
        tuple(seq for seq, _, _ in found),
        tuple(bytes(sealed) for _, sealed, _ in found),
        tuple(bytes(mark) for _, _, mark in found),
    )


def repeat_call(connection: sa.Connection, row: BatchRow, owner: str, now: datetime) -> Call | None:
    """Put a doubtful call on the wire again, as it was: its intent is written, its recipients are not chosen anew.

    None where a report or a person has settled it meanwhile.
    """
    values: dict[str, Any] = {"state": State.SENDING, "owner": owner, "sent_at": now, "next_try": None}
    values |= {"attempt": row.attempt + 1}
    if not move_batch(connection, row, values):
        return None
    move_members(connection, row, {"state": State.SENDING})
    call = call_of_batch(connection, replace(row, **values))
    # Told whole once more: a kill may have come between the first claim and its line.
    words = {"key": row.key, "number": row.id, "delivery": keys_of(connection, [row.delivery_id])[row.delivery_id]}
    words |= {"account": row.account_id, "content": row.content_hash, "parts": row.parts}
    words |= {"attempt": row.attempt + 1, "sent": now, "first_sent": row.first_sent_at}
    keep_call(connection, words, call.seqs)
    return call


def stop_repeating(connection: sa.Connection, delivery_id: int, code: str) -> None:
    """Calls that were to go out again under their key do not any more: a person must decide them."""
    for row in batches(connection, states=(State.RETRY_LATER,), delivery_ids=[delivery_id]):
        if move_batch(connection, row, {"state": State.HUMAN, "next_try": None, "code": code}):
            move_members(connection, row, {"state": State.HUMAN, "code": code})


def members_of(row: BatchRow) -> tuple[sa.ColumnElement[bool], ...]:
    """The recipients of a call."""
    return (
        recipient.c.delivery_id == row.delivery_id,
        recipient.c.seq.between(row.first_seq, row.last_seq),
        recipient.c.batch_id == row.id,
    )


def move_batch(connection: sa.Connection, row: BatchRow, values: Mapping[str, Any]) -> bool:
    """One guarded move of a call; False when it is not in this state, attempt and hand any more: a late answer."""
    mine = (
        batch.c.id == row.id,
        batch.c.state == row.state,
        batch.c.attempt == row.attempt,
        batch.c.owner == row.owner,
    )
    if not connection.execute(sa.update(batch).where(*mine).values(dict(values))).rowcount:
        return False
    keep_call_result(connection, row.key, {"attempt": row.attempt, **values})
    return True


_TAKEN = (
    sa.update(batch)
    .where(batch.c.id == sa.bindparam("batch"))
    .values(
        state=State.DONE,
        next_try=None,
        done_at=sa.bindparam("now", type_=batch.c.done_at.type),
        code="",
        detail="",
        platform_id=sa.bindparam("platform"),
        hint=sa.bindparam("details", type_=batch.c.hint.type),
        ask_at=sa.bindparam("ask", type_=batch.c.ask_at.type),
    )
)


def take_all(
    connection: sa.Connection, taken: Mapping[int, tuple[BatchRow, Receipt]], now: datetime, ask_at: datetime | None
) -> None:
    """Calls of one delivery, by their ids, that their gateway took with every number, in a few statements.

    Those that were settled otherwise meanwhile are left alone.
    """
    [delivery_id] = {row.delivery_id for row, _ in taken.values()}
    still = sa.select(batch.c.id, batch.c.attempt, batch.c.owner).where(
        batch.c.id.in_(taken), batch.c.state == State.SENDING
    )
    found = connection.execute(still.with_for_update()).all()
    mine = [id_ for id_, attempt, owner in found if (attempt, owner) == (taken[id_][0].attempt, taken[id_][0].owner)]
    if not mine:
        return
    rows = [taken[id_] for id_ in mine]
    connection.execute(
        _TAKEN,
        [
            {"batch": row.id, "now": now, "platform": told.platform_id, "details": told.details, "ask": ask_at}
            for row, told in rows
        ],
    )
    theirs = sa.update(recipient).where(
        recipient.c.delivery_id == delivery_id,
        recipient.c.seq.between(min(row.first_seq for row, _ in rows), max(row.last_seq for row, _ in rows)),
        recipient.c.batch_id.in_(mine),
    )
    connection.execute(theirs.values(state=State.DONE, code=""))
    for row, told in rows:
        taken_as = {"state": State.DONE, "attempt": row.attempt, "platform_id": told.platform_id, "done_at": now}
        keep_call_result(connection, row.key, taken_as | {"hint": dict(told.details), "people": State.DONE})


def move_members(connection: sa.Connection, row: BatchRow, values: Mapping[str, Any]) -> None:
    """Move all recipients of a call."""
    connection.execute(sa.update(recipient).where(*members_of(row)).values(dict(values)))
    if "state" in values:
        keep_call_result(connection, row.key, {"people": values["state"]})


def return_members(connection: sa.Connection, row: BatchRow, again_at: datetime, code: str) -> None:
    """The recipients of a call wait in line again; another call will have them."""
    values = {"state": State.DUE, "next_try": again_at, "batch_id": None, "code": code}
    connection.execute(sa.update(recipient).where(*members_of(row)).values(values))
    keep_call_result(connection, row.key, {"people": State.DUE})


def refuse_members(connection: sa.Connection, row: BatchRow, codes: Mapping[int, str]) -> None:
    """Some recipients of a call that was taken were refused: place → code. They were not reached."""
    theirs = (recipient.c.delivery_id == row.delivery_id, recipient.c.batch_id == row.id)
    for seq, code in codes.items():
        mine = sa.update(recipient).where(*theirs, recipient.c.seq == seq)
        connection.execute(mine.values(state=State.REFUSED, code=code))
    by_code = {code: ranges(seq for seq, its in codes.items() if its == code) for code in set(codes.values())}
    keep_call_result(connection, row.key, {"refused": by_code})
    refused = (*members_of(row), recipient.c.state == State.REFUSED)
    _remove_contacts(connection, row, refused)


def remove_contacts(connection: sa.Connection, row: BatchRow) -> None:
    """The call certainly reached nobody: it does not count for the cap."""
    _remove_contacts(connection, row, members_of(row))


def _remove_contacts(connection: sa.Connection, row: BatchRow, theirs: Sequence[sa.ColumnElement[bool]]) -> None:
    marks = sa.select(recipient.c.mark).where(*theirs)
    mine = (contact.c.delivery_id == row.delivery_id, contact.c.at == row.first_sent_at, contact.c.mark.in_(marks))
    connection.execute(sa.delete(contact).where(*mine))


def doubtful_people(connection: sa.Connection, delivery_id: int) -> Iterator[tuple[BatchRow, int, bytes]]:
    """Recipients of whom nobody knows whether they got the message: their call, place, sealed number."""
    doubt = (State.UNKNOWN, State.HUMAN)
    for row in batches(connection, states=(*doubt, State.RETRY_LATER), delivery_ids=[delivery_id]):
        query = sa.select(recipient.c.seq, recipient.c.sealed).where(*members_of(row), recipient.c.state.in_(doubt))
        for seq, sealed in connection.execute(query.order_by(recipient.c.seq)):
            yield row, seq, bytes(sealed)
