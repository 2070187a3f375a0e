"""What one screen shows of a book with a hundred thousand deliveries: counts, and the few rows that are looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store.deliveries import DeliveryRow, Plan
from loa.store.desk_tables import audit, looked, remark
from loa.store.people_tables import batch
from loa.store.tables import approval, attempt, delivery, event, sending

_DONE_WITH = (State.REFUSED, State.MISSED, State.CANCELLED, State.DONE)
_AT_ONCE = 500


def change_mark(connection: sa.Connection) -> tuple[int, ...]:
    """A mark that is another as soon as a screen of deliveries would be: what moved, was planned, decided or sent."""
    newest = (sa.select(sa.func.max(each.c.id)).scalar_subquery() for each in (event, approval, delivery, attempt))
    return tuple(number or 0 for number in connection.execute(sa.select(*newest)).one())


def desk_mark(connection: sa.Connection) -> tuple[int, ...]:
    """The same for the whole review desk: with words on a spot, what was opened, and what people did."""
    settled = sa.select(sa.func.count()).where(remark.c.settled_at.is_not(None)).scalar_subquery()
    newest = (sa.select(sa.func.max(each.c.id)).scalar_subquery() for each in (remark, audit))
    opened = sa.select(sa.func.count()).select_from(looked).scalar_subquery()
    found = connection.execute(sa.select(*newest, settled, opened)).one()
    return (*change_mark(connection), *(number or 0 for number in found))


def counts_by_state(connection: sa.Connection) -> dict[State, int]:
    """All deliveries, counted."""
    query = sa.select(delivery.c.state, sa.func.count()).group_by(delivery.c.state).order_by(delivery.c.state)
    return {row.state: row[1] for row in connection.execute(query)}


def deliveries_of(connection: sa.Connection, ids: Iterable[int], *, held: bool = False) -> list[DeliveryRow]:
    """These deliveries, in the order in which they are due.

    ``held`` until the transaction ends: whoever else decides about them waits, and then sees what we wrote.
    """
    wanted, found = sorted(set(ids)), []
    columns = [*(delivery.c[name] for name in Plan.__slots__), delivery.c.id, delivery.c.approved_package]
    for first in range(0, len(wanted), _AT_ONCE):
        query = sa.select(*columns).where(delivery.c.id.in_(wanted[first : first + _AT_ONCE])).order_by(delivery.c.id)
        query = query.with_for_update() if held else query
        found += [DeliveryRow(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name
    return sorted(found, key=lambda row: (row.due, row.key))


def all_ids(connection: sa.Connection, most: int) -> list[int]:
    """Every delivery, as long as there are not more than ``most``; else none."""
    found = list(connection.scalars(sa.select(delivery.c.id).limit(most + 1)))
    return found if len(found) <= most else []


def next_ids(connection: sa.Connection, states: Collection[State], now: datetime, most: int) -> list[int]:
    """What comes next and is not too late."""
    found: list[tuple[datetime, int]] = []
    for state in states:
        mine = sa.select(delivery.c.due, delivery.c.id).where(delivery.c.state == state, delivery.c.expires > now)
        found += [(row.due, row.id) for row in connection.execute(mine.order_by(delivery.c.due).limit(most))]
    return [number for _, number in sorted(found)[:most]]


def last_done_ids(connection: sa.Connection, most: int) -> list[int]:
    """What went out last: posts, and calls to people."""
    found: dict[int, datetime] = {}
    for table in (sending, batch):
        last = sa.func.max(table.c.done_at, type_=table.c.done_at.type)
        query = sa.select(table.c.delivery_id, last).where(table.c.state == State.DONE, table.c.done_at.is_not(None))
        newest = query.group_by(table.c.delivery_id).order_by(last.desc()).limit(most)
        found |= {row.delivery_id: row[1] for row in connection.execute(newest)}
    return sorted(found, key=lambda each: found[each], reverse=True)[:most]


def troubled_ids(connection: sa.Connection, settled: Collection[str], most: int) -> tuple[list[int], int]:
    """Whose reason a person should read, and how many there are: what may still be saved first, then the newest.

    ``settled``: reasons about which there is nothing to do.
    """
    told = (delivery.c.reason != "", delivery.c.reason.not_in(tuple(settled)))
    going, over = delivery.c.state.not_in(_DONE_WITH), delivery.c.state.in_(_DONE_WITH)
    ids = sa.select(delivery.c.id)
    found = list(connection.scalars(ids.where(*told, going).order_by(delivery.c.due).limit(most)))
    if len(found) < most:
        newest = ids.where(*told, over).order_by(delivery.c.due.desc()).limit(most - len(found))
        found += connection.scalars(newest)
    count = connection.scalar(sa.select(sa.func.count()).where(*told)) or 0
    return found, count


def told_ids(
    connection: sa.Connection, states: Collection[State], settled: Collection[str], most: int
) -> tuple[list[int], int]:
    """Of deliveries in ``states`` those with a reason not in ``settled``: the newest, and how many there are."""
    told = (delivery.c.reason != "", delivery.c.reason.not_in(tuple(settled)), delivery.c.state.in_(tuple(states)))
    found = connection.scalars(sa.select(delivery.c.id).where(*told).order_by(delivery.c.due.desc()).limit(most))
    return list(found), connection.scalar(sa.select(sa.func.count()).where(*told)) or 0


def late_ids(
    connection: sa.Connection, states: Collection[State], due_before: datetime, most: int
) -> tuple[list[int], int]:
    """What was due by then and still stands in ``states``: the latest first, and how many there are."""
    late = (delivery.c.state.in_(tuple(states)), delivery.c.due <= due_before)
    found = connection.scalars(sa.select(delivery.c.id).where(*late).order_by(delivery.c.due).limit(most))
    return list(found), connection.scalar(sa.select(sa.func.count()).where(*late)) or 0


def open_to(connection: sa.Connection, reviewer_id: str, most: int) -> tuple[list[int], int]:
    """What waits for approval and ``reviewer_id`` has not approved as it is now: the first due, and how many."""
    mine = sa.select(sa.func.max(approval.c.id)).where(
        approval.c.delivery_key == delivery.c.key,
        approval.c.content_hash == delivery.c.content_hash,
        approval.c.reviewer_id == reviewer_id,
    )
    said = sa.select(approval.c.decision).where(approval.c.id == mine.correlate(delivery).scalar_subquery())
    last = sa.func.coalesce(said.correlate(delivery).scalar_subquery(), "")
    waits = (delivery.c.state == State.AWAITING, last != "approve")
    found = connection.scalars(sa.select(delivery.c.id).where(*waits).order_by(delivery.c.due).limit(most))
    return list(found), connection.scalar(sa.select(sa.func.count()).where(*waits)) or 0


def first_due(connection: sa.Connection, state: State) -> datetime | None:
    """When the earliest delivery in a state is due."""
    query = sa.select(delivery.c.due).where(delivery.c.state == state).order_by(delivery.c.due).limit(1)
    found: datetime | None = connection.scalar(query)
    return found


def waiting_by_account(
    connection: sa.Connection, accounts: Collection[str], states: Collection[State]
) -> dict[str, int]:
    """How many deliveries of these accounts stand in ``states``."""
    query = sa.select(delivery.c.account_id, sa.func.count()).where(
        delivery.c.account_id.in_(tuple(accounts)), delivery.c.state.in_(tuple(states))
    )
    return {row.account_id: row[1] for row in connection.execute(query.group_by(delivery.c.account_id))}


def messages_since(connection: sa.Connection, since: datetime, most: int) -> list[int]:
    """Deliveries to people of which a call was taken since then, the newest first."""
    last = sa.func.max(batch.c.done_at, type_=batch.c.done_at.type)
    query = sa.select(batch.c.delivery_id).where(batch.c.state == State.DONE, batch.c.done_at > since)
    return list(connection.scalars(query.group_by(batch.c.delivery_id).order_by(last.desc()).limit(most)))
