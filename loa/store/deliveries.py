"""The rows of (slot, channel, account): what the plan says, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.events import MACHINE, Event, write_events
from loa.store.journal_words import keep_move
from loa.store.versions import Version, keep_version

OPEN = (State.PLANNED, State.AWAITING, State.APPROVED, State.HELD)
"""The states before the wire: a changed plan still changes the delivery."""
_GOING = (State.DUE, State.RETRY_LATER, State.UNKNOWN, State.HUMAN)
"""What a changed plan holds. A message to many people may be on its way for days."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One delivery as the plan has it now. ``package`` is the canonical form whose SHA-256 is ``content_hash``."""

    key: str
    campaign_id: str
    item_id: str
    unit_code: str
    channel: str
    account_id: str
    due: datetime
    expires: datetime
    when_late: str
    state: State
    content_hash: str
    package: str
    reason: str = ""
    reason_params: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeliveryRow(Plan):
    """A delivery as it stands in the book. ``approved_package`` is the last package that was approved."""

    id: int = 0
    approved_package: str = ""


def save_plan(
    connection: sa.Connection, new: Sequence[Plan], changed: Sequence[tuple[DeliveryRow, Plan]], now: datetime
) -> None:
    """Write what a fresh look at the plan brought; a row that moved on meanwhile is left alone."""
    for plan in new:
        connection.execute(sa.insert(tables.delivery).values(_values(plan)))
    told = []
    for row, plan in changed:
        guarded = sa.update(tables.delivery).where(tables.delivery.c.id == row.id, tables.delivery.c.state == row.state)
        if not connection.execute(guarded.values(_values(plan))).rowcount:
            continue
        if plan.content_hash != row.content_hash:
            keep_version(connection, Version(row.key, row.content_hash, row.package, now))
            told.append(Event(now, MACHINE, "changed", row.id, params={"hash": plan.content_hash}))
        if plan.state != row.state:
            words = dict(plan.reason_params) | {"reason": plan.reason}
            told.append(Event(now, MACHINE, "plan", row.id, None, row.state, plan.state, words))
    write_events(connection, told)


_MIDWAY = "midway/"


def midway_changes(connection: sa.Connection) -> dict[int, str]:
    """By delivery: the content hash (empty: withdrawn) for which it was held in the midst of its sending."""
    note = tables.note
    found = connection.execute(sa.select(note.c.name, note.c.value).where(note.c.name.startswith(_MIDWAY)))
    return {int(name.removeprefix(_MIDWAY)): value for name, value in found}


def note_midway_change(connection: sa.Connection, delivery_id: int, content_hash: str) -> None:
    """Remember what a delivery was held for in the midst of its sending: a person's word on it holds."""
    note, name = tables.note, f"{_MIDWAY}{delivery_id}"
    connection.execute(sa.delete(note).where(note.c.name == name))
    connection.execute(sa.insert(note).values(name=name, value=content_hash))


def _values(plan: Plan) -> dict[str, Any]:
    values = {name: getattr(plan, name) for name in Plan.__slots__}
    return values | ({"approved_package": plan.package} if plan.state == State.APPROVED else {})


def deliveries(
    connection: sa.Connection,
    *,
    campaigns: Iterable[str] | None = None,
    states: Iterable[State] | None = None,
    due_before: datetime | None = None,
    expires_before: datetime | None = None,
    to_people: bool = False,
) -> list[DeliveryRow]:
    """Deliveries in the order in which they are due; ``to_people``: no public posts that are laid out."""
    table = tables.delivery
    query = sa.select(*[table.c[name] for name in Plan.__slots__], table.c.id, table.c.approved_package).order_by(
        table.c.due, table.c.key
    )
    if campaigns is not None:
        query = query.where(table.c.campaign_id.in_(tuple(campaigns)))
    if states is not None:
        query = query.where(table.c.state.in_(tuple(states)))
    if due_before is not None:
        query = query.where(table.c.due <= due_before)
    if expires_before is not None:
        query = query.where(table.c.expires < expires_before)
    if to_people:  # a hundred thousand posts that are due are passed over in the index, and not read
        posts = sa.select(tables.sending.c.id).where(tables.sending.c.delivery_id == table.c.id)
        query = query.where(~posts.exists())
    return [DeliveryRow(**row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's public name


def keys_of_moment(connection: sa.Connection, channel: str, due: datetime) -> list[str]:
    """The keys of everything that is due on a channel at exactly one moment, whatever has become of it."""
    table = tables.delivery
    query = sa.select(table.c.key).where(table.c.channel == channel, table.c.due == due)
    return list(connection.scalars(query))


def delivery_by_id(connection: sa.Connection, delivery_id: int, *, held: bool = False) -> DeliveryRow:
    """One delivery; the caller knows that it exists.

    ``held`` until the transaction ends: whoever else sums up the same delivery waits, and then sees what we wrote.
    """
    table = tables.delivery
    query = sa.select(*[table.c[name] for name in Plan.__slots__], table.c.id, table.c.approved_package).where(
        table.c.id == delivery_id
    )
    query = query.with_for_update() if held else query
    return DeliveryRow(**connection.execute(query).one()._mapping)  # noqa: SLF001 - SQLAlchemy's public name


def oldest_open_due(connection: sa.Connection) -> datetime | None:
    """The earliest due moment among deliveries that the plan may still change."""
    table = tables.delivery
    found: datetime | None = connection.scalar(
        sa.select(table.c.due).where(table.c.state.in_((*OPEN, *_GOING))).order_by(table.c.due).limit(1)
    )
    return found


def move_delivery(
    connection: sa.Connection,
    row: DeliveryRow,
    after: State,
    *,
    at: datetime,
    actor: str = MACHINE,
    reason: str = "",
    params: Mapping[str, str] | None = None,
    expires: datetime | None = None,
) -> bool:
    """One guarded move; False when the row is not in ``row.state`` any more."""
    table = tables.delivery
    values: dict[str, Any] = {"state": after, "reason": reason, "reason_params": params or {}}
    values |= {"expires": expires} if expires else {}
    values |= {"approved_package": row.package} if after == State.APPROVED else {}
    guarded = sa.update(table).where(table.c.id == row.id, table.c.state == row.state)
    if not connection.execute(guarded.values(values)).rowcount:
        return False
    words = dict(params or {}) | ({"reason": reason} if reason else {})
    write_events(connection, [Event(at, actor, "move", row.id, None, row.state, after, words)])
    told = {"reason": reason, "reason_params": dict(params or {})} | ({"expires": expires} if expires else {})
    keep_move(connection, row.id, row.state, after, told, by_hand=actor != MACHINE)
    return True
