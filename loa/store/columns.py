"""The kinds of columns in the book. Times are microseconds since 1970 in UTC; a state is its own word."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn

from loa.clock import aware
from loa.delivery import Fate, State

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STATES = {state.value: state for state in State}
whole_number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class UnreadableError(ValueError):
    """A row holds what was never written into it."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept as whole microseconds."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(whole_number)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else (aware(value) - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _EPOCH + value * _MICROSECOND


class FateNumber(sa.types.TypeDecorator[Fate]):
    """What became of a message, by the rank of its fate."""

    impl = sa.SmallInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.SmallInteger())

    def process_bind_param(self, value: Fate | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Fate | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else Fate(value)


class Words(sa.types.TypeDecorator[Mapping[str, str]]):
    """A small mapping of strings, kept as JSON."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        return json.dumps(dict(value), ensure_ascii=False, sort_keys=True) if value else "{}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, str]:  # noqa: ARG002 - SQLAlchemy's signature
        return _words_in(value) if value and value != "{}" else {}


@lru_cache(maxsize=1_024)
def _words_in(written: str) -> Mapping[str, str]:
    """Rows of a window share their labels: they are opened once, to be read only."""
    try:
        loaded: dict[str, str] = json.loads(written)
    except ValueError as error:
        raise UnreadableError(f"{written[:40]!r}: {error}") from error
    return loaded


class StateWord(sa.types.TypeDecorator[State]):
    """A state by its word."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: State | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> State | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        if value not in _STATES:
            raise UnreadableError(f"{value!r} is no state")
        return _STATES[value]


metadata = sa.MetaData()


def text_column(name: str, *args: Any, **options: Any) -> sa.Column[str]:
    """A text that is never NULL."""
    return sa.Column(name, sa.Text, *args, nullable=False, **options)


ROW_SUM = "row_sum"
"""The column in which SQLite keeps the checksum of a row."""
_FUNCTION = "loa_row_sum"


def with_row_sum(table: sa.Table) -> sa.Table:
    """Give every row of ``table`` a checksum that SQLite itself keeps up: a flipped byte in the file is then seen.

    PostgreSQL has checksums of its pages and does not get the column.
    """
    table.append_column(sa.Column(ROW_SUM, whole_number, sa.Computed(sum_of(table), persisted=True)))
    return table


def written(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of a table that are written; a checksum makes itself."""
    return [column for column in table.columns if column.name != ROW_SUM]


def sum_of(table: sa.Table) -> str:
    """The SQL of the checksum of a row, from all that the row holds."""
    return f"{_FUNCTION}({', '.join(column.name for column in written(table))})"


def row_sum(*values: object) -> int:
    """CRC-32 over the values of a row."""
    return zlib.crc32("\x1f".join(map(str, values)).encode())


def teach_row_sum(connection: Any) -> None:
    """Let a raw SQLite connection compute checksums: without it nothing can be written in the book."""
    connection.create_function(_FUNCTION, -1, row_sum, deterministic=True)


@compiles(CreateColumn, "postgresql")
def _without_row_sum(element: CreateColumn, compiler: Any, **options: Any) -> str | None:
    """No such column on PostgreSQL."""
    written: str = compiler.visit_create_column(element, **options)
    return None if element.element.name == ROW_SUM else written
