"""The tables of messages to people: lists, and what was sent to whom.

A number is sealed (AES-GCM) and marked (HMAC, 16 bytes); the key of both lies outside the book.
"""

from __future__ import annotations

import sqlalchemy as sa

from loa.store.columns import FateNumber, Moment, StateWord, Words, metadata, text_column, whole_number, with_row_sum

people_list = sa.Table(
    "people_list",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("name", unique=True),
    sa.Column("imported_at", Moment, nullable=False),
    text_column("imported_by"),
    text_column("source"),
    text_column("source_sha256"),
    text_column("consent", server_default=""),
    text_column("legal_basis", server_default=""),
    sa.Column("rows_read", whole_number, nullable=False),
    sa.Column("doubled", whole_number, nullable=False),
    sa.Column("purged_at", Moment),
    sqlite_strict=True,
    sqlite_autoincrement=True,  # the number of a list that is gone is never given again: somebody may still write to it
)

people_unit = sa.Table(
    "people_unit",
    metadata,
    sa.Column("list_id", sa.ForeignKey("people_list.id"), primary_key=True),
    text_column("unit_code", primary_key=True),
    sa.Column("members", whole_number, nullable=False),
    text_column("digest"),
    sqlite_strict=True,
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("list_id", sa.ForeignKey("people_list.id"), primary_key=True),
    sa.Column("seq", whole_number, primary_key=True, autoincrement=False),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    text_column("unit_code", server_default=""),
    text_column("carrier", server_default=""),
    sa.Index("person_by_mark", "mark", "list_id", unique=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

doubtful_number = sa.Table(
    "doubtful_number",
    metadata,
    sa.Column("list_id", sa.ForeignKey("people_list.id"), primary_key=True),
    sa.Column("seq", whole_number, primary_key=True, autoincrement=False),
    sa.Column("row", whole_number, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    text_column("unit_code", server_default=""),
    text_column("code"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

suppression = sa.Table(
    "suppression",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),
    text_column("kind", primary_key=True),
    sa.Column("at", Moment, nullable=False),
    text_column("source"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Sending to people: a call is a row of "batch", each of its numbers a row of "recipient".

recipient = sa.Table(
    "recipient",
    metadata,
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), primary_key=True),
    sa.Column("seq", whole_number, primary_key=True, autoincrement=False),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    text_column("carrier", server_default=""),
    sa.Column("wave", sa.Integer, nullable=False, server_default="1"),
    sa.Column("state", StateWord, nullable=False),
    sa.Column("next_try", Moment),
    sa.Column("batch_id", whole_number),
    text_column("code", server_default=""),
    sa.Column("fate", FateNumber, nullable=False, server_default="0"),
    text_column("fate_parts", server_default=""),
    sa.Column("fate_at", Moment),
    sa.Index(
        "recipient_waiting",
        "delivery_id",
        "wave",
        "next_try",
        "seq",
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    ),
    sa.Index(
        "recipient_held",
        "delivery_id",
        "seq",
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

batch = sa.Table(
    "batch",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("key", unique=True),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), nullable=False),
    text_column("account_id"),
    text_column("content_hash"),
    sa.Column("first_seq", whole_number, nullable=False),
    sa.Column("last_seq", whole_number, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("parts", sa.Integer, nullable=False),
    sa.Column("state", StateWord, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("crashes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("look_ups", sa.Integer, nullable=False, server_default="0"),
    text_column("owner", server_default=""),
    sa.Column("first_sent_at", Moment),
    sa.Column("sent_at", Moment),
    sa.Column("next_try", Moment),
    sa.Column("done_at", Moment),
    text_column("platform_id", server_default=""),
    text_column("code", server_default=""),
    text_column("detail", server_default=""),
    sa.Column("hint", Words, nullable=False),
    sa.Column("ask_at", Moment),
    sa.Column("asked", sa.Integer, nullable=False, server_default="0"),
    sa.Column("told_delivered", sa.Integer, nullable=False, server_default="0"),
    sa.Column("told_failed", sa.Integer, nullable=False, server_default="0"),
    sa.Index("batch_by_state", "state", "next_try"),
    sa.Index("batch_by_delivery", "delivery_id", "state"),
    sa.Index("batch_by_platform_id", "account_id", "platform_id"),
    sa.Index("batch_to_ask", "ask_at"),
    sqlite_strict=True,
)

contact = sa.Table(
    "contact",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),
    sa.Column("at", Moment, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("account_id"),
    text_column("fingerprint", unique=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("next_try", Moment),
    sa.Column("repeats", sa.Integer, nullable=False, server_default="0"),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Index(
        "inbox_waiting",
        "next_try",
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    ),
    sqlite_strict=True,
)

pace = sa.Table(
    "pace",
    metadata,
    text_column("bucket", primary_key=True),
    sa.Column("free_at", Moment, nullable=False),
    sqlite_strict=True,
)

reply = sa.Table(
    "reply",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("account_id"),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("state", StateWord, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_try", Moment),
    text_column("code", server_default=""),
    sa.Index("reply_by_mark", "mark", "at"),
    sa.Index(
        "reply_waiting",
        "next_try",
        sqlite_where=sa.text("next_try IS NOT NULL"),
        postgresql_where=sa.text("next_try IS NOT NULL"),
    ),
    sqlite_strict=True,
)

for _each in (people_list, people_unit, suppression, batch, pace):
    with_row_sum(_each)
