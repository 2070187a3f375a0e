"""What became of messages after a gateway took them: found by what its reports name, and written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from loa.delivery import Fate, State
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal_words import keep_call_result, keep_refusal, keep_return
from loa.store.people_tables import batch, recipient, suppression

OPT_OUT = "opt_out"
_DOUBT = (State.UNKNOWN, State.HUMAN)
_Name = TypeVar("_Name")
_NAMES_AT_ONCE = 500
_LONGEST_ID = 200
"""Of a call at its gateway; an index of PostgreSQL bears no more than some 2,700 bytes."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as far as reports are about it. ``parts``: of all its messages together."""

    id: int
    key: str
    delivery_id: int
    account_id: str
    first_seq: int
    last_seq: int
    size: int
    parts: int
    state: State
    platform_id: str
    told_delivered: int
    told_failed: int
    asked: int
    done_at: datetime | None

    @property
    def parts_each(self) -> int:
        """The parts of one message."""
        return self.parts // max(self.size, 1)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One number of a call, with what is known of its message."""

    delivery_id: int
    seq: int
    mark: bytes
    sealed: bytes
    batch_id: int
    fate: Fate
    fate_parts: str
    code: str


_CALL = [batch.c[name] for name in CallRow.__slots__]
_PERSON = [recipient.c[name] for name in PersonRow.__slots__]


def calls_named(
    connection: sa.Connection, account_id: str, keys: Collection[str], platform_ids: Collection[str]
) -> list[CallRow]:
    """The calls of an account that carry one of these keys, or one of these ids of its gateway."""
    found: dict[int, CallRow] = {}
    for column, names in ((batch.c.key, keys), (batch.c.platform_id, platform_ids)):
        for some in _portions(sorted(names)):
            query = sa.select(*_CALL).where(batch.c.account_id == account_id, column.in_(some))
            found |= {row.id: CallRow(*row) for row in connection.execute(query)}
    return list(found.values())


def people_of_calls(connection: sa.Connection, calls: Iterable[CallRow]) -> list[PersonRow]:
    """The numbers of these calls, by call and in the order in which the call named them."""
    found: list[PersonRow] = []
    single: dict[int, list[int]] = {}
    for call in calls:
        if call.first_seq == call.last_seq:
            single.setdefault(call.delivery_id, []).append(call.first_seq)
    for delivery_id, seqs in single.items():
        for some in _portions(seqs):
            where = (recipient.c.delivery_id == delivery_id, recipient.c.seq.in_(some))
            found += [PersonRow(*row) for row in connection.execute(sa.select(*_PERSON).where(*where))]
    for call in calls:
        if call.first_seq != call.last_seq:
            query = sa.select(*_PERSON).where(*_within(call)).order_by(recipient.c.seq)
            found += [PersonRow(*row) for row in connection.execute(query)]
    return found


def _within(call: CallRow) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        recipient.c.delivery_id == call.delivery_id,
        recipient.c.seq.between(call.first_seq, call.last_seq),
        recipient.c.batch_id == call.id,
    )


def write_fates(connection: sa.Connection, changed: Sequence[tuple[PersonRow, Fate, str, str]], at: datetime) -> None:
    """Write what is known of messages now: fate, parts and code of each."""
    if not changed:
        return
    named = (
        sa.update(recipient)
        .where(recipient.c.delivery_id == sa.bindparam("d"), recipient.c.seq == sa.bindparam("s"))
        .values(fate=sa.bindparam("f"), fate_parts=sa.bindparam("p"), code=sa.bindparam("c"), fate_at=at)
    )
    rows = [
        {"d": row.delivery_id, "s": row.seq, "f": fate, "p": parts, "c": code} for row, fate, parts, code in changed
    ]
    connection.execute(named, rows)


def write_totals(connection: sa.Connection, call: CallRow, delivered: int, failed: int) -> None:
    """Write what a gateway says of a call as a whole; the numbers only grow, to no more than the call has people."""
    told = ((batch.c.told_delivered, min(delivered, call.size)), (batch.c.told_failed, min(failed, call.size)))
    values = {column.name: sa.case((column < count, count), else_=column) for column, count in told}
    connection.execute(sa.update(batch).where(batch.c.id == call.id).values(values))


def settle_by_report(connection: sa.Connection, call: CallRow, platform_id: str, at: datetime) -> bool:
    """A report names a call of which nobody knew whether it was taken: it was. False where it was settled already."""
    values = {"state": State.DONE, "next_try": None, "done_at": at, "code": "", "detail": ""}
    values |= {"platform_id": platform_id[:_LONGEST_ID]} if platform_id and not call.platform_id else {}
    guarded = sa.update(batch).where(batch.c.id == call.id, batch.c.state == call.state)
    if not connection.execute(guarded.values(values)).rowcount:
        return False
    people = sa.update(recipient).where(*_within(call), recipient.c.state.in_((*_DOUBT, call.state)))
    connection.execute(people.values(state=State.DONE, next_try=None, code=""))
    told = {"state": State.DONE, "platform_id": values.get("platform_id", call.platform_id), "done_at": at}
    keep_call_result(connection, call.key, told | {"people": State.DONE})
    words = {"key": call.key, "count": str(call.size)}
    event = Event(at, MACHINE, "settled by a report", call.delivery_id, None, call.state, State.DONE, words)
    write_events(connection, [event])
    return True


def calls_to_ask(connection: sa.Connection, now: datetime, accounts: Collection[str], each: int) -> list[CallRow]:
    """Calls whose gateway is to be asked what became of them, the oldest question first, so many of each account."""
    found: list[CallRow] = []
    for account_id in sorted(accounts):
        query = (
            sa.select(*_CALL)
            .where(batch.c.ask_at <= now, batch.c.account_id == account_id, batch.c.state == State.DONE)
            .order_by(batch.c.ask_at)
            .limit(each)
        )
        found += [CallRow(*row) for row in connection.execute(query)]
    return found


def ask_again(connection: sa.Connection, call: CallRow, moment: datetime | None) -> None:
    """When the gateway is asked next about a call; None: never again."""
    values = {"ask_at": moment, "asked": call.asked + 1}
    connection.execute(sa.update(batch).where(batch.c.id == call.id).values(values))


def next_question(connection: sa.Connection) -> datetime | None:
    """When a gateway is next to be asked."""
    found: datetime | None = connection.scalar(sa.select(sa.func.min(batch.c.ask_at)))
    return found


def opt_out(connection: sa.Connection, mark: bytes, at: datetime, source: str) -> bool:
    """A number wants no more messages; True when it is new."""
    own = (suppression.c.mark == mark, suppression.c.kind == OPT_OUT)
    if connection.execute(sa.select(suppression.c.mark).where(*own)).first():
        return False
    connection.execute(sa.insert(suppression).values(mark=mark, kind=OPT_OUT, at=at, source=source))
    keep_refusal(connection, [mark], OPT_OUT, at, source)
    return True


def opt_in(connection: sa.Connection, mark: bytes) -> bool:
    """A number wants messages again: its own word is taken back, never the register's. True when there was one."""
    own = (suppression.c.mark == mark, suppression.c.kind == OPT_OUT)
    if not connection.execute(sa.delete(suppression).where(*own)).rowcount:
        return False
    keep_return(connection, mark, OPT_OUT)
    return True


def _portions(whole: Sequence[_Name]) -> Iterable[Sequence[_Name]]:
    return (whole[first : first + _NAMES_AT_ONCE] for first in range(0, len(whole), _NAMES_AT_ONCE))
