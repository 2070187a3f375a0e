"""What the review desk keeps: PINs, who has looked at what, words on a spot, earlier versions, and the audit log."""

from __future__ import annotations

import sqlalchemy as sa

from loa.store.columns import Moment, Words, metadata, text_column, whole_number, with_row_sum

pin = sa.Table(
    "pin",
    metadata,
    text_column("person_id", primary_key=True),
    text_column("sealed"),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("locked_until", Moment),
    sa.Column("changed_at", Moment, nullable=False),
    sqlite_strict=True,
)
"""``sealed`` is the argon2 hash; ``failures`` counts wrong tries since the last right one."""

looked = sa.Table(
    "looked",
    metadata,
    text_column("delivery_key", primary_key=True),
    text_column("content_hash", primary_key=True),
    text_column("person_id", primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)
"""Who has opened just these bytes, and when first."""

remark = sa.Table(
    "remark",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("delivery_key", index=True),
    text_column("content_hash"),
    text_column("asset_sha256", server_default=""),
    sa.Column("x", sa.Integer, nullable=False, server_default="0"),
    sa.Column("y", sa.Integer, nullable=False, server_default="0"),
    text_column("person_id"),
    text_column("person_name"),
    text_column("words"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("settled_at", Moment),
    text_column("settled_by", server_default=""),
    sqlite_strict=True,
)
"""On a spot of a picture (``x`` and ``y`` in ten-thousandths of width and height), or on the text without a picture."""

version = sa.Table(
    "version",
    metadata,
    text_column("delivery_key", primary_key=True),
    text_column("content_hash", primary_key=True),
    text_column("package"),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)
"""What a delivery was before it changed, so that people see what became of what they had looked at."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    text_column("person_id"),
    text_column("person_name"),
    text_column("deed"),
    text_column("target", server_default=""),
    text_column("content_hash", server_default=""),
    text_column("origin"),
    sa.Column("words", Words, nullable=False),
    text_column("previous"),
    text_column("digest", unique=True),
    sqlite_strict=True,
)
"""Who did what, to which bytes, from where; each row carries the digest of the one before it."""

for _each in (pin, looked, remark, version, audit):
    with_row_sum(_each)
