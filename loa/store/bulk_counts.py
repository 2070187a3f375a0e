"""Where a delivery to people stands, asked so that a million recipients are not looked at after every call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store.bulk_calls import BatchRow
from loa.store.bulk_layout import FIRST_WAVE, IS_DUE, IS_HELD, REST
from loa.store.journal_words import keep_released
from loa.store.people_tables import batch, recipient
from loa.store.tables import account, delivery, note, worker

IN_DOUBT = (State.HUMAN, State.UNKNOWN)
"""Calls of which nobody knows, the worst first."""
TO_REPEAT = State.RETRY_LATER
"""A call of which nobody knows either, and that goes out once more under the key that its gateway remembers."""


def worst_doubt(connection: sa.Connection, delivery_id: int) -> tuple[State, str, str] | None:
    """The worst doubt about a call of a delivery: its state, code and detail."""
    query = sa.select(batch.c.state, batch.c.code, batch.c.detail).where(batch.c.delivery_id == delivery_id)
    for state in IN_DOUBT:
        if found := connection.execute(query.where(batch.c.state == state).order_by(batch.c.id).limit(1)).first():
            return state, found.code, found.detail
    return None


def is_going_on(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether somebody still waits to be sent to, or a call is on the wire or goes there again."""
    going = (State.SENDING, TO_REPEAT)
    wire = sa.select(batch.c.id).where(batch.c.delivery_id == delivery_id, batch.c.state.in_(going)).limit(1)
    return waits(connection, delivery_id) or connection.scalar(wire) is not None


def waits(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether somebody waits to be sent to."""
    return next_try_of(connection, delivery_id) is not None


def next_try_of(connection: sa.Connection, delivery_id: int) -> datetime | None:
    """When the next recipient of a delivery may be sent to; None where nobody waits."""
    mine = (recipient.c.delivery_id == delivery_id, IS_DUE)
    moments = [
        connection.scalar(
            sa.select(recipient.c.next_try)
            .where(*mine, recipient.c.wave == wave)
            .order_by(recipient.c.next_try)
            .limit(1)
        )
        for wave in (FIRST_WAVE, REST)
    ]
    return min((moment for moment in moments if moment is not None), default=None)


def first_held(connection: sa.Connection, delivery_id: int) -> int | None:
    """The first place of the wave that waits for a person's yes; None where nobody waits for it."""
    query = sa.select(recipient.c.seq).where(recipient.c.delivery_id == delivery_id, IS_HELD)
    found: int | None = connection.scalar(query.order_by(recipient.c.seq).limit(1))
    return found


def first_wave_counts(connection: sa.Connection, delivery_id: int, before: int) -> dict[State, int]:
    """The recipients of the first wave by state; all of them stand before place ``before``."""
    query = sa.select(recipient.c.state, sa.func.count()).where(
        recipient.c.delivery_id == delivery_id, recipient.c.seq < before, recipient.c.wave == FIRST_WAVE
    )
    return {row.state: row[1] for row in connection.execute(query.group_by(recipient.c.state))}


def recipient_counts(
    connection: sa.Connection, delivery_ids: Iterable[int] | None = None
) -> dict[int, dict[State, int]]:
    """Recipients by delivery and state."""
    query = sa.select(recipient.c.delivery_id, recipient.c.state, sa.func.count())
    if delivery_ids is not None:
        query = query.where(recipient.c.delivery_id.in_(tuple(delivery_ids)))
    found: dict[int, dict[State, int]] = {}
    for delivery_id, state, count in connection.execute(query.group_by(recipient.c.delivery_id, recipient.c.state)):
        found.setdefault(delivery_id, {})[state] = count
    return found


def dropped(connection: sa.Connection, delivery_id: int, codes: Iterable[str]) -> int:
    """How many recipients were dropped with one of ``codes``."""
    query = sa.select(sa.func.count()).where(
        recipient.c.delivery_id == delivery_id,
        recipient.c.state == State.CANCELLED,
        recipient.c.code.in_(tuple(codes)),
    )
    return connection.scalar(query) or 0


def some_code(connection: sa.Connection, delivery_id: int, state: State) -> str:
    """The code of one recipient in this state."""
    query = sa.select(recipient.c.code).where(recipient.c.delivery_id == delivery_id, recipient.c.state == state)
    return connection.scalar(query.order_by(recipient.c.seq).limit(1)) or ""


def last_done(connection: sa.Connection) -> dict[int, datetime]:
    """When the last call of each delivery was taken."""
    query = sa.select(batch.c.delivery_id, sa.func.max(batch.c.done_at, type_=batch.c.done_at.type))
    done = query.where(batch.c.state == State.DONE, batch.c.done_at.is_not(None)).group_by(batch.c.delivery_id)
    return {row.delivery_id: row[1] for row in connection.execute(done)}


def end_waiting(connection: sa.Connection, delivery_id: int, after: State, code: str) -> int:
    """Everybody who waits, or waits for a yes, ends as ``after``; how many."""
    ended = 0
    for waiting in (IS_DUE, IS_HELD):
        mine = sa.update(recipient).where(recipient.c.delivery_id == delivery_id, waiting)
        ended += connection.execute(mine.values(state=after, next_try=None, code=code)).rowcount
    return ended


def release_held(connection: sa.Connection, delivery_id: int, now: datetime) -> int:
    """Who waited for a person's yes waits to be sent to; whom the cap holds waits for that. How many."""
    moment = sa.case(
        (recipient.c.next_try > now, recipient.c.next_try), else_=sa.literal(now, recipient.c.next_try.type)
    )
    mine = sa.update(recipient).where(recipient.c.delivery_id == delivery_id, IS_HELD)
    keep_released(connection, delivery_id)
    return int(connection.execute(mine.values(state=State.DUE, next_try=moment)).rowcount)


def put_back(connection: sa.Connection, delivery_id: int, now: datetime) -> int:
    """Who was refused or missed waits to be sent to again; how many."""
    mine = sa.update(recipient).where(*_failed(delivery_id))
    values = {"state": State.DUE, "next_try": now, "batch_id": None, "code": ""}
    return int(connection.execute(mine.values(values)).rowcount)


def can_be_put_back(connection: sa.Connection, delivery_id: int) -> bool:
    """Whether somebody was refused or missed whose number is still known."""
    return connection.scalar(sa.select(sa.literal(1)).where(*_failed(delivery_id)).limit(1)) is not None


def _failed(delivery_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """Who was refused or missed; of those who asked to be forgotten, and of the purged, there is no number any more."""
    failed = recipient.c.state.in_((State.REFUSED, State.MISSED))
    return recipient.c.delivery_id == delivery_id, failed, sa.func.length(recipient.c.sealed) > 0


_FREE = (
    sa.select(delivery.c.id)
    .where(delivery.c.id == sa.bindparam("delivery"), delivery.c.state.in_(sa.bindparam("states", expanding=True)))
    .where(
        sa.select(sa.literal(1))
        .where(batch.c.id == sa.bindparam("batch"), batch.c.state == State.SENDING)
        .where(batch.c.attempt == sa.bindparam("attempt"), batch.c.owner == sa.bindparam("owner"))
        .exists()
    )
    .where(
        ~sa.select(sa.literal(1)).where(note.c.name == "stop").exists(),
        ~sa.select(sa.literal(1)).where(worker.c.id == sa.bindparam("owner"), worker.c.gone == 1).exists(),
        ~sa.select(sa.literal(1))
        .where(account.c.id == delivery.c.account_id)
        .where(
            sa.or_(
                account.c.paused_until.is_(None),
                account.c.paused_until > sa.bindparam("now", type_=account.c.paused_until.type),
            )
        )
        .exists(),
    )
)


def may_go(connection: sa.Connection, call: BatchRow, states: Iterable[State], now: datetime) -> bool:
    """Whether nothing keeps a call back at the last moment: no stop, no pause, no person. One short question.

    Nor may one leave that another scheduler has put in doubt while ours slept: it may have been settled since; nor one
    of a process that was declared gone.
    """
    named = {"delivery": call.delivery_id, "states": list(states), "now": now}
    named |= {"batch": call.id, "attempt": call.attempt, "owner": call.owner}
    return connection.scalar(_FREE, named) is not None


def next_batch_moment(connection: sa.Connection) -> datetime | None:
    """When a call of which nobody knows is looked up next."""
    query = sa.select(batch.c.next_try).where(batch.c.state == State.UNKNOWN, batch.c.next_try.is_not(None))
    found: datetime | None = connection.scalar(query.order_by(batch.c.next_try).limit(1))
    return found
