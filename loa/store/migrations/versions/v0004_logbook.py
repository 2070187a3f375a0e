"""The log of what people did for a plan, and what citizens said."""

from __future__ import annotations

from loa.store.migrations.written import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring a book to one that plans are reported from."""
    run(revision)
