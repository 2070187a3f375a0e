"""The tables of the book."""

from __future__ import annotations

import sqlalchemy as sa

from loa.store.columns import Moment, StateWord, Words, metadata, text_column, whole_number, with_row_sum

SCHEMA_VERSION = "1"


note = sa.Table("note", metadata, text_column("name", primary_key=True), text_column("value"))

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("key", unique=True),
    text_column("campaign_id"),
    text_column("item_id"),
    text_column("unit_code"),
    text_column("channel"),
    text_column("account_id"),
    sa.Column("due", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False),
    text_column("when_late"),
    sa.Column("state", StateWord, nullable=False),
    text_column("reason", server_default=""),
    sa.Column("reason_params", Words, nullable=False),
    text_column("content_hash", server_default=""),
    text_column("package", server_default=""),
    text_column("approved_package", server_default=""),
    sa.Column("labels", Words, nullable=False),
    sa.Index("delivery_open_due", "state", "due"),
    sa.Index("delivery_by_campaign", "campaign_id"),
    sqlite_strict=True,
)

sending = sa.Table(
    "sending",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    text_column("idem", unique=True),
    text_column("account_id"),
    sa.Column("due", Moment, nullable=False),
    sa.Column("state", StateWord, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("crashes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("look_ups", sa.Integer, nullable=False, server_default="0"),
    text_column("owner", server_default=""),
    sa.Column("sent_at", Moment),
    sa.Column("next_try", Moment),
    sa.Column("done_at", Moment),
    text_column("platform_id", server_default=""),
    text_column("url", server_default=""),
    text_column("code", server_default=""),
    text_column("detail", server_default=""),
    sa.Column("hint", Words, nullable=False),
    sa.UniqueConstraint("delivery_id", "seq"),
    sa.Index("sending_by_state", "state", "next_try"),
    sa.Index(
        "sending_line",
        "account_id",
        "due",
        "delivery_id",
        "seq",
        "next_try",
        sqlite_where=sa.text("state IN ('due', 'retry_later')"),
        postgresql_where=sa.text("state IN ('due', 'retry_later')"),
    ),
    sqlite_strict=True,
)
WAITS = sending.c.state.in_((sa.literal_column("'due'"), sa.literal_column("'retry_later'")))
"""Written out, not bound: only so do both databases know that the index of what waits is meant."""

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    sa.Column("sending_id", sa.ForeignKey("sending.id"), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    text_column("content_hash"),
    sa.Column("sent_at", Moment, nullable=False),
    sa.Column("answered_at", Moment),
    text_column("ending", server_default=""),
    text_column("code", server_default=""),
    text_column("detail", server_default=""),
    sqlite_strict=True,
)

approval = sa.Table(
    "approval",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    text_column("delivery_key", index=True),
    text_column("content_hash"),
    text_column("reviewer_id"),
    text_column("reviewer_name"),
    text_column("decision"),
    sa.Column("at", Moment, nullable=False),
    text_column("note", server_default=""),
    sqlite_strict=True,
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("id", whole_number, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    text_column("actor"),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), index=True),
    sa.Column("sending_id", sa.ForeignKey("sending.id")),
    text_column("before", server_default=""),
    text_column("after", server_default=""),
    text_column("cause", server_default=""),
    sa.Column("params", Words, nullable=False),
    sqlite_strict=True,
)

account = sa.Table(
    "account",
    metadata,
    text_column("id", primary_key=True),
    sa.Column("paused_until", Moment),
    text_column("code"),
    text_column("detail"),
    sqlite_strict=True,
)

worker = sa.Table(
    "worker",
    metadata,
    text_column("id", primary_key=True),
    sa.Column("beats", whole_number, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    text_column("host"),
    sa.Column("pid", whole_number, nullable=False),
    text_column("kind", server_default="clock"),
    sa.Column("gone", sa.Integer, nullable=False, server_default="0"),
    sqlite_strict=True,
)

leader = sa.Table(
    "leader",
    metadata,
    text_column("name", primary_key=True),
    sa.Column("term", whole_number, nullable=False),
    text_column("worker_id", server_default=""),
    sa.Column("beats", whole_number, nullable=False, server_default="0"),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)

alert = sa.Table(
    "alert",
    metadata,
    text_column("key", primary_key=True),
    text_column("kind"),
    text_column("code"),
    sa.Column("params", Words, nullable=False),
    sa.Column("since", Moment, nullable=False),
    sa.Column("told_at", Moment),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_try", Moment),
    sa.Column("ended_at", Moment),
    sqlite_strict=True,
)

token = sa.Table(
    "token",
    metadata,
    text_column("account_id", primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("in_doubt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("changed_at", Moment, nullable=False),
    sqlite_strict=True,
)

health = sa.Table(
    "health",
    metadata,
    text_column("account_id", primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    text_column("level"),
    text_column("code"),
    sa.Column("params", Words, nullable=False),
    sqlite_strict=True,
)

insight = sa.Table(
    "insight",
    metadata,
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), primary_key=True),
    text_column("name", primary_key=True),
    sa.Column("value", whole_number, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)

for _each in (note, delivery, sending, attempt, approval, event, account, token, health, insight, leader, alert):
    with_row_sum(_each)
