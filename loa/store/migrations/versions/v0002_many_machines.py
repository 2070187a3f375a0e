"""Who leads and who works, alerts, the pace of a bucket; on SQLite every small row gets a checksum.

SQLite adds no such column to a table: the tables are made anew and filled.
"""

from __future__ import annotations

from loa.store.migrations.written import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring a book of one PC to one of many machines."""
    run(revision)
