"""Alembic comes in here. The connection, and the transaction around everything, are ``upgrade``'s."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
