"""Words on a spot of a picture, or on a text: written once, settled once, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.store.desk_tables import remark

WHOLE = 10_000
"""``x`` and ``y`` count in ten-thousandths of a picture's width and height."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said of just these bytes; without ``asset_sha256`` it is about the text."""

    delivery_key: str
    content_hash: str
    asset_sha256: str
    x: int
    y: int
    person_id: str
    person_name: str
    words: str
    at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""
    id: int = 0


def add_remark(connection: sa.Connection, made: Remark) -> int:
    """Write a remark down; its number."""
    values = {name: getattr(made, name) for name in Remark.__slots__ if name != "id"}
    return int(connection.execute(sa.insert(remark).values(values).returning(remark.c.id)).scalar_one())


def remarks_of(connection: sa.Connection, delivery_key: str) -> list[Remark]:
    """All remarks on a delivery, on its earlier versions too, oldest first."""
    columns = [remark.c[name] for name in Remark.__slots__]
    query = sa.select(*columns).where(remark.c.delivery_key == delivery_key).order_by(remark.c.id)
    return [Remark(*row) for row in connection.execute(query)]


def open_remarks(connection: sa.Connection) -> dict[str, int]:
    """How many remarks are not settled, by delivery key."""
    query = sa.select(remark.c.delivery_key, sa.func.count()).where(remark.c.settled_at.is_(None))
    return {row.delivery_key: row[1] for row in connection.execute(query.group_by(remark.c.delivery_key))}


def settle_remark(connection: sa.Connection, number: int, by: str, at: datetime) -> Remark | None:
    """Note that what was said is dealt with; the remark, or None where none of that number is open."""
    open_one = sa.update(remark).where(remark.c.id == number, remark.c.settled_at.is_(None))
    if not connection.execute(open_one.values(settled_at=at, settled_by=by)).rowcount:
        return None
    columns = [remark.c[name] for name in Remark.__slots__]
    return Remark(*connection.execute(sa.select(*columns).where(remark.c.id == number)).one())
