"""What an office should hear of, counted in the book: never a row for each delivery, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.tables import delivery


@dataclass(frozen=True, slots=True)
class SlotTrouble:
    """Deliveries of one item at one moment that stand in trouble together; ``first`` names some of their accounts."""

    campaign_id: str
    item_id: str
    due: datetime
    item_title: str
    count: int
    first: tuple[str, ...]


_NOT_BEGUN = (State.PLANNED, State.AWAITING, State.APPROVED)
_ON_THE_WAY = (State.DUE, State.RETRY_LATER)
_READY = (State.APPROVED, *_ON_THE_WAY)


def late_slots(
    connection: sa.Connection, *, due_before: datetime, held_for: Collection[str], long_ways: Collection[str]
) -> list[SlotTrouble]:
    """What should have gone out by ``due_before`` and has not; held back with one of ``held_for`` counts too.

    ``long_ways``: channels whose messages may be on their way for days.
    """
    late = sa.or_(
        delivery.c.state.in_(_NOT_BEGUN),
        sa.and_(delivery.c.state.in_(_ON_THE_WAY), delivery.c.channel.not_in(tuple(long_ways))),
        sa.and_(delivery.c.state == State.HELD, delivery.c.reason.in_(tuple(held_for))),
    )
    states = (*_NOT_BEGUN, *_ON_THE_WAY, State.HELD)
    return _slots(connection, delivery.c.state.in_(states), delivery.c.due <= due_before, late)


def missed_slots(connection: sa.Connection, *, due_after: datetime) -> list[SlotTrouble]:
    """What was due since then and did not go out."""
    return _slots(connection, delivery.c.state == State.MISSED, delivery.c.due > due_after)


def doubtful_slots(connection: sa.Connection, *, due_before: datetime) -> list[SlotTrouble]:
    """What a person must decide, and what is in doubt and was due before that."""
    doubt = sa.or_(delivery.c.state == State.HUMAN, delivery.c.due <= due_before)
    return _slots(connection, delivery.c.state.in_((State.HUMAN, State.UNKNOWN)), doubt)


_NAMED = 5


def _slots(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[SlotTrouble]:
    key = (delivery.c.campaign_id, delivery.c.item_id, delivery.c.due)
    query = sa.select(*key, sa.func.count()).where(*where).group_by(*key).order_by(delivery.c.due, delivery.c.item_id)
    found = []
    for campaign_id, item_id, due, count in connection.execute(query):
        same = (delivery.c.campaign_id == campaign_id, delivery.c.item_id == item_id, delivery.c.due == due)
        some = sa.select(delivery.c.labels).where(*where, *same).order_by(delivery.c.id).limit(_NAMED)
        labels = [dict(each) for each in connection.scalars(some)]
        title = labels[0].get("item", item_id) if labels else item_id
        found.append(SlotTrouble(campaign_id, item_id, due, title, count, tuple(each["account"] for each in labels)))
    return found


def is_something_due(connection: sa.Connection, now: datetime) -> bool:
    """Whether a scheduler would have something to send now."""
    ripe = sa.select(sa.literal(1)).where(delivery.c.state.in_(_READY), delivery.c.due <= now)
    return connection.scalar(ripe.limit(1)) is not None


def due_count(connection: sa.Connection, now: datetime) -> int:
    """How many deliveries would go out now if nothing kept them."""
    ripe = sa.select(sa.func.count()).where(delivery.c.state.in_(_READY), delivery.c.due <= now)
    return connection.scalar(ripe) or 0


def waiting_for_account(connection: sa.Connection, account_id: str) -> int:
    """How many deliveries of an account cannot go on without it."""
    states = (*_ON_THE_WAY, State.PENDING, State.UNKNOWN)
    held = sa.select(sa.func.count()).where(delivery.c.account_id == account_id, delivery.c.state.in_(states))
    return connection.scalar(held) or 0


def total_beats(connection: sa.Connection) -> int:
    """A number that moves as long as anybody works on this book."""
    return int(connection.scalar(sa.select(sa.func.sum(tables.worker.c.beats))) or 0)
