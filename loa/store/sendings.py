"""The units on the wire, one for a public post. Messages to many people go out in calls (``bulk_calls``).

``windows`` claims many of them and writes their answers; here one is moved at a time. Every move is one guarded UPDATE.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.bulk_counts import recipient_counts
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal_words import keep_result
from loa.store.many import insert_rows

_TABLE = tables.sending
WAITING = (State.DUE, State.RETRY_LATER)


@dataclass(frozen=True, slots=True)
class NewSending:
    """A sending to be made when its delivery comes due. ``idem`` is its idempotency key."""

    delivery_id: int
    seq: int
    idem: str
    account_id: str
    due: datetime


@dataclass(frozen=True, slots=True)
class SendingRow:
    """A sending as it stands in the book."""

    id: int
    delivery_id: int
    seq: int
    idem: str
    account_id: str
    due: datetime
    state: State
    attempt: int
    crashes: int
    look_ups: int
    owner: str
    sent_at: datetime | None
    next_try: datetime | None
    done_at: datetime | None
    platform_id: str
    url: str
    code: str
    detail: str
    hint: Mapping[str, str]


_OF_NEW = attrgetter(*NewSending.__slots__)
_COLUMNS = [_TABLE.c[name] for name in SendingRow.__slots__]


def add_sendings(connection: sa.Connection, new: Sequence[NewSending]) -> None:
    """Write the sendings of a delivery that has come due; its key makes a second insertion impossible."""
    rows = [(*_OF_NEW(each), State.DUE, each.due, {}) for each in new]
    insert_rows(connection, _TABLE, (*NewSending.__slots__, "state", "next_try", "hint"), rows)


def sendings(
    connection: sa.Connection,
    *,
    delivery_ids: Iterable[int] | None = None,
    states: Iterable[State] | None = None,
    next_try_before: datetime | None = None,
) -> list[SendingRow]:
    """Sendings by delivery and sequence."""
    query = sa.select(*_COLUMNS).order_by(_TABLE.c.delivery_id, _TABLE.c.seq)
    if delivery_ids is not None:
        query = query.where(_TABLE.c.delivery_id.in_(tuple(delivery_ids)))
    if states is not None:
        query = query.where(_TABLE.c.state.in_(tuple(states)))
    if next_try_before is not None:
        query = query.where(_TABLE.c.next_try <= next_try_before)
    return [SendingRow(*row) for row in connection.execute(query)]


def move_sending(
    connection: sa.Connection,
    row: SendingRow,
    values: Mapping[str, Any],
    *,
    at: datetime,
    actor: str = MACHINE,
    cause: str,
) -> bool:
    """One guarded move to ``values["state"]``; False when somebody else moved the row first."""
    guarded = sa.update(_TABLE).where(_TABLE.c.id == row.id, _TABLE.c.state == row.state)
    if not connection.execute(guarded.values(dict(values))).rowcount:
        return False
    words = {name: str(values[name]) for name in ("code", "detail", "platform_id") if values.get(name)}
    event = Event(at, actor, cause, row.delivery_id, row.id, row.state, values["state"], words)
    write_events(connection, [event])
    if row.attempt or actor != MACHINE:
        keep_result(connection, row.idem, row.attempt, values, actor if actor != MACHINE else "")
    return True


def first_sent(connection: sa.Connection, sending_id: int) -> datetime | None:
    """When the first attempt at a sending left: a gateway counts the life of a key from there."""
    query = sa.select(sa.func.min(tables.attempt.c.sent_at)).where(tables.attempt.c.sending_id == sending_id)
    found: datetime | None = connection.scalar(query)
    return found


def is_held_by_another(connection: sa.Connection, row: SendingRow, platform_id: str) -> bool:
    """Whether another sending of the same account is known to be this very post of the platform."""
    query = sa.select(_TABLE.c.id).where(
        _TABLE.c.account_id == row.account_id, _TABLE.c.platform_id == platform_id, _TABLE.c.id != row.id
    )
    return connection.execute(query.limit(1)).first() is not None


def recover(connection: sa.Connection, here: Collection[str] = ()) -> list[SendingRow]:
    """Sendings that a dead process left on the wire: all but those of the workers that are ``here``."""
    return [row for row in sendings(connection, states=(State.SENDING,)) if row.owner not in here]


def next_moment(connection: sa.Connection, stopped: Iterable[str] = ()) -> datetime | None:
    """When a sending next wants attention (a retry, a follow-up, a look-up).

    What waits to go out by one of the ``stopped`` accounts wants none until a person has let the account go on.
    """
    found: datetime | None = connection.scalar(
        sa.select(_TABLE.c.next_try)
        .where(_TABLE.c.state.in_((*WAITING, State.PENDING, State.UNKNOWN)), _TABLE.c.next_try.is_not(None))
        .where(~(_TABLE.c.state.in_(WAITING) & _TABLE.c.account_id.in_(tuple(stopped))))
        .order_by(_TABLE.c.next_try)
        .limit(1)
    )
    return found


def state_counts(connection: sa.Connection, delivery_ids: Iterable[int] | None = None) -> dict[int, dict[State, int]]:
    """Sendings and recipients by delivery and state."""
    ids = None if delivery_ids is None else tuple(delivery_ids)
    query = sa.select(_TABLE.c.delivery_id, _TABLE.c.state, sa.func.count())
    if ids is not None:
        query = query.where(_TABLE.c.delivery_id.in_(ids))
    found = recipient_counts(connection, ids)
    for delivery_id, state, count in connection.execute(query.group_by(_TABLE.c.delivery_id, _TABLE.c.state)):
        found.setdefault(delivery_id, {})[state] = count
    return found
