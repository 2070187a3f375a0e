"""Entries of the log: written once, withdrawn once, never edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from loa.store.log_tables import entry, known_sources


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done for a plan.

    ``kind``: ``event``, ``people``, ``copies``, ``logged``, ``spent`` or ``reading``. ``target``: the id of the event,
    quota, budget line or indicator. ``amount`` is in đồng; ``value`` is a decimal number as text. ``source`` makes a
    row of an imported file known again.
    """

    plan_id: str
    kind: str
    target: str
    unit_code: str
    day: date
    count: int
    amount: int
    value: str
    person_id: str
    person_name: str
    at: datetime
    source: str
    words: Mapping[str, str] = field(default_factory=dict)
    """``note``, ``place``, ``link``, ``photo`` (path from the root), ``sha256``."""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    id: int = 0


_COLUMNS = [entry.c[name] for name in Entry.__slots__]


def add_entries(connection: sa.Connection, made: Sequence[Entry]) -> list[int]:
    """Write entries down, leaving out those whose ``source`` is known; the numbers of the new ones."""
    known = known_sources(connection, entry, [each.source for each in made])
    numbers = []
    for each in made:
        if each.source not in known:
            known.add(each.source)
            values = {name: getattr(each, name) for name in Entry.__slots__ if name != "id"}
            written = sa.insert(entry).values(values | {"day": each.day.isoformat()}).returning(entry.c.id)
            numbers.append(int(connection.execute(written).scalar_one()))
    return numbers


def entries_of(connection: sa.Connection, plan_id: str | None = None, *, withdrawn: bool = False) -> list[Entry]:
    """The entries of a plan (None: of all), by day and number; those that were withdrawn only where asked for."""
    query = sa.select(*_COLUMNS).order_by(entry.c.day, entry.c.id)
    if plan_id is not None:
        query = query.where(entry.c.plan_id == plan_id)
    if not withdrawn:
        query = query.where(entry.c.withdrawn_at.is_(None))
    return [_entry(row) for row in connection.execute(query)]


def withdraw_entry(connection: sa.Connection, number: int, by: str, at: datetime) -> Entry | None:
    """Take an entry back; as it stands now, or None where none of that number stands."""
    standing = sa.update(entry).where(entry.c.id == number, entry.c.withdrawn_at.is_(None))
    if not connection.execute(standing.values(withdrawn_at=at, withdrawn_by=by)).rowcount:
        return None
    return _entry(connection.execute(sa.select(*_COLUMNS).where(entry.c.id == number)).one())


def _entry(row: sa.Row[Any]) -> Entry:
    values: list[Any] = list(row)
    made = Entry(*values)
    return replace(made, day=date.fromisoformat(str(made.day)))
