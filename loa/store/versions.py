"""What deliveries were before they changed: kept so that people see what became of what they had looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store.desk_tables import version


@dataclass(frozen=True, slots=True)
class Version:
    """A package that a delivery had until ``at``."""

    delivery_key: str
    content_hash: str
    package: str
    at: datetime


def keep_version(connection: sa.Connection, old: Version) -> None:
    """Keep what a delivery was, if it was whole; one that comes back and changes again keeps its first moment."""
    if old.content_hash and old.package:
        insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        row = {name: getattr(old, name) for name in Version.__slots__}
        connection.execute(insert(version).values(row).on_conflict_do_nothing())


def versions_of(connection: sa.Connection, delivery_key: str) -> list[Version]:
    """The earlier versions of a delivery, oldest first."""
    columns = [version.c[name] for name in Version.__slots__]
    query = sa.select(*columns).where(version.c.delivery_key == delivery_key)
    return [Version(*row) for row in connection.execute(query.order_by(version.c.at, version.c.content_hash))]
