"""What people log for a plan: events held, copies handed out, visits, money spent; and what citizens said."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from loa.store.columns import Moment, Words, metadata, text_column, whole_number, with_row_sum

entry = sa.Table(
    "entry",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("plan_id", index=True),
    text_column("kind"),
    text_column("target"),
    text_column("unit_code", server_default=""),
    text_column("day"),
    sa.Column("count", whole_number, nullable=False, server_default="0"),
    sa.Column("amount", whole_number, nullable=False, server_default="0"),
    text_column("value", server_default=""),
    sa.Column("words", Words, nullable=False),
    text_column("person_id"),
    text_column("person_name"),
    sa.Column("at", Moment, nullable=False),
    text_column("source", unique=True),
    sa.Column("withdrawn_at", Moment),
    text_column("withdrawn_by", server_default=""),
    sqlite_strict=True,
)
"""One thing that was done. ``day`` is ISO; ``amount`` in đồng; ``value`` a decimal of an indicator; ``source`` is what
makes an imported row known again (a typed one has a random one)."""

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("source", unique=True),
    text_column("plan_id", server_default="", index=True),
    text_column("day"),
    text_column("topic"),
    text_column("unit_code", server_default=""),
    text_column("question"),
    text_column("answer", server_default=""),
    text_column("state"),
    sa.Column("is_public", sa.Integer, nullable=False, server_default="0"),
    sa.Column("words", Words, nullable=False),
    text_column("person_id"),
    text_column("person_name"),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)
"""What a citizen said, without name or number. ``state``: ``new``, ``passed_on``, ``answered``, ``closed``;
``is_public`` is 1 where the answer may be shown."""

for _each in (entry, feedback):
    with_row_sum(_each)


_AT_ONCE = 500
"""SQLite takes no more than some thousand parameters in a statement."""


def known_sources(connection: sa.Connection, table: sa.Table, sources: Sequence[str]) -> set[str]:
    """Those of ``sources`` that stand in ``table`` already."""
    found: set[str] = set()
    for start in range(0, len(sources), _AT_ONCE):
        part = sources[start : start + _AT_ONCE]
        found |= set(connection.scalars(sa.select(table.c.source).where(table.c.source.in_(part))))
    return found
