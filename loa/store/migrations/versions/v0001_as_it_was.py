"""The book of one PC: posts, approvals, lists of people, messages."""

from __future__ import annotations

from loa.store.migrations.written import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Lay the first tables out."""
    run(revision)
