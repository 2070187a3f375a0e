"""Who has opened which bytes: the ticks without which nobody approves many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store.desk_tables import looked

_AT_ONCE = 500


def note_looked(connection: sa.Connection, person_id: str, bytes_: Iterable[tuple[str, str]], at: datetime) -> None:
    """Tick (delivery key, content hash) as opened by a person; the first moment stays."""
    rows = [
        {"delivery_key": key, "content_hash": content_hash, "person_id": person_id, "at": at}
        for key, content_hash in bytes_
    ]
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if rows:
        connection.execute(insert(looked).on_conflict_do_nothing(), rows)


def looked_at(connection: sa.Connection, person_id: str, keys: Collection[str]) -> set[tuple[str, str]]:
    """What of these deliveries a person has opened: (delivery key, content hash)."""
    found: set[tuple[str, str]] = set()
    wanted = sorted(keys)
    for first in range(0, len(wanted), _AT_ONCE):
        some = looked.c.delivery_key.in_(wanted[first : first + _AT_ONCE])
        query = sa.select(looked.c.delivery_key, looked.c.content_hash).where(looked.c.person_id == person_id, some)
        found |= {(row.delivery_key, row.content_hash) for row in connection.execute(query)}
    return found
