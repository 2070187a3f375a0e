"""When the bucket of an account lets the next post go: written before it goes, so that a kill empties no bucket."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store.people_tables import pace


def taken_in_hand(connection: sa.Connection, buckets: Collection[str], now: datetime) -> dict[str, datetime]:
    """When each bucket is free; nobody else changes it before this transaction has ended. A new one is free now."""
    found = {}
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for bucket in sorted(buckets):  # in one order everywhere: two transactions never wait for each other
        new = insert(pace).values(bucket=bucket, free_at=now)
        same = new.on_conflict_do_update(index_elements=[pace.c.bucket], set_={"free_at": pace.c.free_at})
        found[bucket] = connection.scalar(same.returning(pace.c.free_at))
    return found


def free_moments(connection: sa.Connection) -> dict[str, datetime]:
    """When each bucket that was ever used is free."""
    found = connection.execute(sa.select(pace.c.bucket, pace.c.free_at))
    return {row.bucket: row.free_at for row in found}


_FREE = (
    sa.update(pace)
    .where(pace.c.bucket == sa.bindparam("of"))
    .values(free_at=sa.bindparam("moment", type_=pace.c.free_at.type))
)


def write_moments(connection: sa.Connection, moments: Mapping[str, datetime]) -> None:
    """When buckets in hand are free from now on."""
    if moments:
        connection.execute(_FREE, [{"of": bucket, "moment": moment} for bucket, moment in sorted(moments.items())])
