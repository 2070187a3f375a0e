"""The review desk: PINs, who has looked at what, remarks, earlier versions and the audit log."""

from __future__ import annotations

from loa.store.migrations.written import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring a book to one that reviewers work on in the browser."""
    run(revision)
