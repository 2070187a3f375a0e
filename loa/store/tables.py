"""The tables of the book. Times are microseconds since 1970 in UTC; texts are NFC; a state is its own word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from loa.clock import aware
from loa.delivery import State

SCHEMA_VERSION = "1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_whole_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(_whole_number)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else (aware(value) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _EPOCH + value * _MICROSECOND


class Words(sa.types.TypeDecorator[Mapping[str, str]]):
    """A small mapping of strings, kept as JSON."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        return json.dumps(dict(value or {}), ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, str]:  # noqa: ARG002 - SQLAlchemy's signature
        loaded: dict[str, str] = json.loads(value) if value else {}
        return loaded


class StateWord(sa.types.TypeDecorator[State]):
    """A state by its word."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else State(value)


metadata = sa.MetaData()


def _text(name: str, *args: Any, **options: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *args, nullable=False, **options)


note = sa.Table("note", metadata, _text("name", primary_key=True), _text("value"))

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("id", _whole_number, primary_key=True),
    _text("key", unique=True),
    _text("campaign_id"),
    _text("item_id"),
    _text("unit_code"),
    _text("channel"),
    _text("account_id"),
    sa.Column("due", Moment, nullable=False),
    sa.Column("expires", Moment, nullable=False),
    _text("when_late"),
    sa.Column("state", StateWord, nullable=False),
    _text("reason", server_default=""),
    sa.Column("reason_params", Words, nullable=False),
    _text("content_hash", server_default=""),
    _text("package", server_default=""),
    _text("approved_package", server_default=""),
    sa.Column("labels", Words, nullable=False),
    sa.Index("delivery_open_due", "state", "due"),
    sa.Index("delivery_by_campaign", "campaign_id"),
    sqlite_strict=True,
)

sending = sa.Table(
    "sending",
    metadata,
    sa.Column("id", _whole_number, primary_key=True),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    _text("idem", unique=True),
    _text("account_id"),
    sa.Column("due", Moment, nullable=False),
    sa.Column("recipient", sa.LargeBinary, nullable=False),
    sa.Column("state", StateWord, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("crashes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("look_ups", sa.Integer, nullable=False, server_default="0"),
    _text("owner", server_default=""),
    sa.Column("sent_at", Moment),
    sa.Column("next_try", Moment),
    sa.Column("done_at", Moment),
    _text("platform_id", server_default=""),
    _text("url", server_default=""),
    _text("code", server_default=""),
    _text("detail", server_default=""),
    sa.Column("hint", Words, nullable=False),
    sa.UniqueConstraint("delivery_id", "seq"),
    sa.Index("sending_by_state", "state", "next_try"),
    sqlite_strict=True,
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", _whole_number, primary_key=True),
    sa.Column("sending_id", sa.ForeignKey("sending.id"), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    _text("content_hash"),
    sa.Column("sent_at", Moment, nullable=False),
    sa.Column("answered_at", Moment),
    _text("ending", server_default=""),
    _text("code", server_default=""),
    _text("detail", server_default=""),
    sqlite_strict=True,
)

approval = sa.Table(
    "approval",
    metadata,
    sa.Column("id", _whole_number, primary_key=True),
    _text("delivery_key", index=True),
    _text("content_hash"),
    _text("reviewer_id"),
    _text("reviewer_name"),
    _text("decision"),
    sa.Column("at", Moment, nullable=False),
    _text("note", server_default=""),
    sqlite_strict=True,
)

event = sa.Table(
    "event",
    metadata,
    sa.Column("id", _whole_number, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    _text("actor"),
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), index=True),
    sa.Column("sending_id", sa.ForeignKey("sending.id")),
    _text("before", server_default=""),
    _text("after", server_default=""),
    _text("cause", server_default=""),
    sa.Column("params", Words, nullable=False),
    sqlite_strict=True,
)

account = sa.Table(
    "account",
    metadata,
    _text("id", primary_key=True),
    sa.Column("paused_until", Moment),
    _text("code"),
    _text("detail"),
    sqlite_strict=True,
)

worker = sa.Table(
    "worker",
    metadata,
    _text("id", primary_key=True),
    sa.Column("beats", _whole_number, nullable=False),
    sa.Column("seen_at", Moment, nullable=False),
    _text("host"),
    sa.Column("pid", _whole_number, nullable=False),
    sqlite_strict=True,
)

token = sa.Table(
    "token",
    metadata,
    _text("account_id", primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("in_doubt", sa.Integer, nullable=False, server_default="0"),
    sa.Column("changed_at", Moment, nullable=False),
    sqlite_strict=True,
)

health = sa.Table(
    "health",
    metadata,
    _text("account_id", primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    _text("level"),
    _text("code"),
    sa.Column("params", Words, nullable=False),
    sqlite_strict=True,
)

insight = sa.Table(
    "insight",
    metadata,
    sa.Column("delivery_id", sa.ForeignKey("delivery.id"), primary_key=True),
    _text("name", primary_key=True),
    sa.Column("value", _whole_number, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sqlite_strict=True,
)
