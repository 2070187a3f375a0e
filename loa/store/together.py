"""Many deliveries moved together, where a window of their posts was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.deliveries import DeliveryRow, Plan
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal_words import keep_move
from loa.store.many import update_rows

_DELIVERY = tables.delivery


def approved(
    connection: sa.Connection, due_before: datetime, after: tuple[datetime, int] | None, most: int
) -> list[DeliveryRow]:
    """The next approved deliveries that are due, by due and number, from ``after`` (due, number) on."""
    columns = [_DELIVERY.c[name] for name in (*Plan.__slots__, "id", "approved_package")]
    query = sa.select(*columns).where(_DELIVERY.c.state == State.APPROVED, _DELIVERY.c.due <= due_before)
    if after is not None:
        due, id_ = after
        query = query.where(_DELIVERY.c.due >= due, (_DELIVERY.c.due > due) | (_DELIVERY.c.id > id_))
    return [
        DeliveryRow(*row) for row in connection.execute(query.order_by(_DELIVERY.c.due, _DELIVERY.c.id).limit(most))
    ]


def next_approved(connection: sa.Connection, channel: str, after: datetime) -> datetime | None:
    """When the next approved delivery of a channel is due after a moment."""
    query = sa.select(_DELIVERY.c.due).where(
        _DELIVERY.c.state == State.APPROVED, _DELIVERY.c.due > after, _DELIVERY.c.channel == channel
    )
    found: datetime | None = connection.scalar(query.order_by(_DELIVERY.c.due).limit(1))
    return found


@dataclass(frozen=True, slots=True)
class DeliveryMove:
    """A delivery that goes from one state to another, and why."""

    delivery_id: int
    before: State
    after: State
    reason: str
    params: Mapping[str, str]


def move_together(connection: sa.Connection, moves: Sequence[DeliveryMove], *, at: datetime) -> None:
    """Many guarded moves in a few statements. Their states were read in this transaction."""
    if not moves:
        return
    rows = [(each.after, each.reason, each.params, each.delivery_id, each.before) for each in moves]
    update_rows(connection, _DELIVERY, ("state", "reason", "reason_params"), ("id", "state"), rows)
    told = [dict(each.params) | ({"reason": each.reason} if each.reason else {}) for each in moves]
    write_events(
        connection,
        [
            Event(at, MACHINE, "move", each.delivery_id, None, each.before, each.after, words)
            for each, words in zip(moves, told, strict=True)
        ],
    )
    for each in moves:
        words = {"reason": each.reason, "reason_params": dict(each.params)}
        keep_move(connection, each.delivery_id, each.before, each.after, words, by_hand=False)
