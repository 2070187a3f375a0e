"""The PINs of people, sealed, and how often somebody guessed: a try is counted before anybody knows whether it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store.desk_tables import pin

FREE_TRIES = 5
"""Wrong tries in a row; with the last of them the name is locked."""
_LOCKS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
"""For how long, first after ``FREE_TRIES`` wrong ones, then after each more; the last again and again."""


@dataclass(frozen=True, slots=True)
class PinRow:
    """What is known of a person's PIN. ``sealed`` is its argon2 hash."""

    person_id: str
    sealed: str
    failures: int
    locked_until: datetime | None
    changed_at: datetime


def pins(connection: sa.Connection) -> dict[str, PinRow]:
    """Every PIN, by the id of its person."""
    rows = connection.execute(sa.select(*(pin.c[name] for name in PinRow.__slots__)))
    return {row.person_id: PinRow(*row) for row in rows}


def put_pin(connection: sa.Connection, person_id: str, sealed: str, now: datetime) -> None:
    """Set a PIN in place of an older one; wrong tries are forgotten."""
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {"sealed": sealed, "failures": 0, "locked_until": None, "changed_at": now}
    written = insert(pin).values(person_id=person_id, **values)
    connection.execute(written.on_conflict_do_update(index_elements=[pin.c.person_id], set_=values))


def begin_try(connection: sa.Connection, person_id: str, now: datetime) -> PinRow | None:
    """Count one more try as wrong, before it is judged, and lock the name with the last free one.

    Returns:
        The row to judge the try by; None where there is no PIN, or the name is locked.
    """
    open_now = sa.or_(pin.c.locked_until.is_(None), pin.c.locked_until <= now)
    mine = sa.update(pin).where(pin.c.person_id == person_id, open_now)
    counted = mine.values(failures=pin.c.failures + 1).returning(*(pin.c[name] for name in PinRow.__slots__))
    found = connection.execute(counted).one_or_none()
    if found is None:
        return None
    row = PinRow(*found)
    if row.failures >= FREE_TRIES:
        _write(connection, person_id, {"locked_until": now + _LOCKS[min(row.failures - FREE_TRIES, len(_LOCKS) - 1)]})
    return row


def end_try(connection: sa.Connection, row: PinRow) -> None:
    """The try was right: forget the wrong ones, unless the PIN was changed meanwhile."""
    same = (pin.c.person_id == row.person_id, pin.c.sealed == row.sealed)
    connection.execute(sa.update(pin).where(*same).values(failures=0, locked_until=None))


def unlock(connection: sa.Connection, person_id: str) -> bool:
    """Let a person try again at once; whether there was a PIN."""
    return _write(connection, person_id, {"failures": 0, "locked_until": None})


def _write(connection: sa.Connection, person_id: str, values: Mapping[str, Any]) -> bool:
    return connection.execute(sa.update(pin).where(pin.c.person_id == person_id).values(**values)).rowcount > 0
