"""Claiming calls: a window is cut from the line, its intents and contacts are written, then it may leave."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.rules import MessageClass
from loa.store.bulk_calls import BatchRow, Call
from loa.store.bulk_layout import FIRST_WAVE, IS_DUE, REST, apply_guards
from loa.store.journal_words import keep_call
from loa.store.people_tables import batch, contact, pace, recipient

_CLAIMS = 0x10A_0C1A13
"""The lock of all claims on PostgreSQL: two campaigns that race for one number must see each other's contacts."""
LONGEST_BUSY = timedelta(hours=1)
"""No call keeps the line of an account busy for longer."""
_TRIES = 20
"""So many full windows of people whom the guards drop are passed over in one claim; the next goes on from there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim may take of one delivery; ``sizes`` cuts the recipients into calls of ``least`` to ``most``."""

    delivery_id: int
    delivery_key: str
    account_id: str
    content_hash: str
    rules: MessageClass
    parts: int
    """Of one message."""
    most: int
    least: int
    calls: int
    """The most calls of one window."""
    pace: Decimal
    """Parts per second."""


def serialise(connection: sa.Connection) -> None:
    """Let one claim at a time through, over all processes. SQLite's writers are one at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIMS)))


def claim_calls(connection: sa.Connection, wanted: Wanted, owner: str, now: datetime) -> list[Call]:
    """Take ripe recipients of a delivery, write the intents and the contacts, and give the calls back in order."""
    for _ in range(_TRIES):
        found = _window(connection, wanted, now)
        if found is None:
            return []
        columns = (recipient.c.seq, recipient.c.sealed, recipient.c.mark)
        rows = connection.execute(sa.select(*columns).where(*found).order_by("seq")).all()
        if rows:
            return _write(
                connection, wanted, [(seq, bytes(sealed), bytes(mark)) for seq, sealed, mark in rows], owner, now
            )
    return []


def _window(connection: sa.Connection, wanted: Wanted, now: datetime) -> tuple[sa.ColumnElement[bool], ...] | None:
    """The recipients of the next window, those whom the guards stop now taken out; None where nobody is ripe."""
    for wave in (FIRST_WAVE, REST):
        mine = (recipient.c.delivery_id == wanted.delivery_id, recipient.c.wave == wave, IS_DUE)
        ripe = sa.select(recipient.c.next_try).where(*mine, recipient.c.next_try <= now)
        first_try = connection.scalar(ripe.order_by(recipient.c.next_try).limit(1))
        if first_try is None:
            continue
        _bring_together(connection, mine, first_try, now)
        line = sa.select(recipient.c.seq).where(*mine, recipient.c.next_try == first_try).order_by(recipient.c.seq)
        part = line.limit(_span(wanted)).subquery()
        first, last = connection.execute(sa.select(sa.func.min(part.c.seq), sa.func.max(part.c.seq))).one()
        chosen = (*mine, recipient.c.next_try == first_try, recipient.c.seq.between(first, last))
        apply_guards(connection, chosen, wanted.rules, now)
        return chosen
    return None


def _span(wanted: Wanted) -> int:
    """Recipients of a window; with a least call as many more, so that it is seen who would be left alone."""
    return wanted.most * wanted.calls + (wanted.least if wanted.least > 1 else 0)


def _bring_together(
    connection: sa.Connection, mine: Sequence[sa.ColumnElement[bool]], first_try: datetime, now: datetime
) -> None:
    """All who are ripe stand in one line, whenever they became so: calls are full and ranges are close."""
    later = (recipient.c.next_try > first_try, recipient.c.next_try <= now)
    connection.execute(sa.update(recipient).where(*mine, *later).values(next_try=first_try))


def sizes(count: int, most: int, least: int, calls: int) -> list[int]:
    """Cut ``count`` recipients into at most ``calls`` calls, none above ``most``, none of the cut ones below ``least``.

    What is left over stays for the next window, and is never so little that it could not be sent alone.
    """
    found: list[int] = []
    while count and len(found) < calls:
        size = min(most, count)
        if 0 < count - size < least and count - least >= least:
            size = min(size, count - least)
        found.append(size)
        count -= size
    return found


def _write(
    connection: sa.Connection, wanted: Wanted, rows: Sequence[tuple[int, bytes, bytes]], owner: str, now: datetime
) -> list[Call]:
    number = (connection.scalar(sa.select(sa.func.max(batch.c.id))) or 0) + 1
    calls: list[Call] = []
    start = 0
    for size in sizes(len(rows), wanted.most, wanted.least, wanted.calls):
        members = rows[start : start + size]
        calls.append(_call(wanted, number + len(calls), members, owner, now))
        start += size
    _insert_batches(connection, [call.row for call in calls])
    _take(connection, [call.row for call in calls], now)
    _write_contacts(connection, calls, now)
    for call in calls:
        keep_call(connection, _told(wanted, call.row, now), call.seqs)
    recipients = sum(call.row.size for call in calls)
    take_time(connection, wanted.account_id, now, timedelta(seconds=float(wanted.parts * recipients / wanted.pace)))
    return calls


def _told(wanted: Wanted, row: BatchRow, now: datetime) -> dict[str, Any]:
    """What the journal tells of a call."""
    words = {"key": row.key, "number": row.id, "delivery": wanted.delivery_key, "account": row.account_id}
    return words | {"content": row.content_hash, "parts": row.parts, "attempt": row.attempt, "sent": now}


def _call(wanted: Wanted, number: int, members: Sequence[tuple[int, bytes, bytes]], owner: str, now: datetime) -> Call:
    seqs = tuple(seq for seq, _, _ in members)
    # The number of the call makes it differ from every other one of the same people and text.
    words = (wanted.delivery_key, wanted.content_hash, f"{seqs[0]}-{seqs[-1]}", str(number))
    row = BatchRow(
        id=number,
        key=hashlib.sha256("\n".join(words).encode()).hexdigest()[:32],
        delivery_id=wanted.delivery_id,
        account_id=wanted.account_id,
        content_hash=wanted.content_hash,
        first_seq=seqs[0],
        last_seq=seqs[-1],
        size=len(seqs),
        parts=wanted.parts,
        state=State.SENDING,
        attempt=1,
        crashes=0,
        look_ups=0,
        owner=owner,
        first_sent_at=now,
        sent_at=now,
        next_try=None,
        done_at=None,
        platform_id="",
        code="",
        detail="",
        hint={},
    )
    return Call(row, seqs, tuple(sealed for _, sealed, _ in members), tuple(mark for _, _, mark in members))


def _insert_batches(connection: sa.Connection, rows: Sequence[BatchRow]) -> None:
    connection.execute(sa.insert(batch), [{name: getattr(row, name) for name in row.__slots__} for row in rows])


_TAKING = (
    sa.update(recipient)
    .where(
        recipient.c.delivery_id == sa.bindparam("delivery"),
        recipient.c.seq.between(sa.bindparam("first"), sa.bindparam("last")),
        IS_DUE,
        recipient.c.next_try <= sa.bindparam("now", type_=recipient.c.next_try.type),
    )
    .values(state=State.SENDING, batch_id=sa.bindparam("batch"), next_try=None, code="")
)


def _take(connection: sa.Connection, rows: Sequence[BatchRow], now: datetime) -> None:
    """Mark the recipients of the calls; all of them, or the claim is undone."""
    places = [
        {"delivery": row.delivery_id, "first": row.first_seq, "last": row.last_seq, "now": now, "batch": row.id}
        for row in rows
    ]
    taken, wanted = connection.execute(_TAKING, places).rowcount, sum(row.size for row in rows)
    if taken != wanted:
        raise RuntimeError(f"calls to {wanted} recipients took {taken}")


def _write_contacts(connection: sa.Connection, calls: Sequence[Call], now: datetime) -> None:
    first, last = calls[0].row, calls[-1].row
    members = sa.select(recipient.c.mark, sa.literal(now, contact.c.at.type), recipient.c.delivery_id).where(
        recipient.c.delivery_id == first.delivery_id,
        recipient.c.seq.between(first.first_seq, last.last_seq),
        recipient.c.batch_id.between(first.id, last.id),
    )
    # A person's "again" may come in the very moment of the first attempt: it is one contact.
    known = sa.select(sa.literal(1)).where(
        contact.c.mark == recipient.c.mark, contact.c.at == now, contact.c.delivery_id == recipient.c.delivery_id
    )
    members = members.where(~known.correlate(recipient).exists())
    connection.execute(sa.insert(contact).from_select(("mark", "at", "delivery_id"), members))


def free_at(connection: sa.Connection, account_id: str, now: datetime) -> datetime | None:
    """When the account's pace lets the next call start; None for one that has not sent yet.

    A moment that no call can have asked for was written by a clock that was wrong: it keeps nobody waiting.
    """
    found: datetime | None = connection.scalar(sa.select(pace.c.free_at).where(pace.c.bucket == account_id))
    return now if found is not None and found > now + LONGEST_BUSY else found


def take_time(connection: sa.Connection, account_id: str, now: datetime, takes: timedelta) -> None:
    """Let the account's line be busy for so long after whatever keeps it busy already."""
    known = free_at(connection, account_id, now)
    busy_until = max(now, known or now) + takes
    if known is None:
        connection.execute(sa.insert(pace).values(bucket=account_id, free_at=busy_until))
    else:
        connection.execute(sa.update(pace).where(pace.c.bucket == account_id).values(free_at=busy_until))


def served_last(connection: sa.Connection, account_id: str) -> int:
    """The delivery whose call an account claimed last; 0 for none."""
    query = sa.select(batch.c.delivery_id).where(batch.c.account_id == account_id).order_by(batch.c.id.desc())
    return connection.scalar(query.limit(1)) or 0
