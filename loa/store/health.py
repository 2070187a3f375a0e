"""How each account was when it was last asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from loa.store import tables
from loa.store.book import Book

Level = Literal["ok", "warning", "stop"]


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One finding about an account: ``code`` and ``params`` of its sentence."""

    account_id: str
    at: datetime
    level: Level
    code: str
    params: Mapping[str, str]


def replace_health(book: Book, account_id: str, lines: Sequence[HealthLine]) -> None:
    """What is known of an account from now on; nothing of it, for an account that is gone."""
    rows = [
        {"account_id": account_id, "seq": seq, "at": each.at, "level": each.level, "code": each.code}
        | {"params": each.params}
        for seq, each in enumerate(lines)
    ]
    with book.write() as connection:
        connection.execute(sa.delete(tables.health).where(tables.health.c.account_id == account_id))
        if rows:
            connection.execute(sa.insert(tables.health), rows)


def health_of_accounts(book: Book) -> tuple[HealthLine, ...]:
    """Every finding, by account, in the order in which the horn told them."""
    health = tables.health
    query = sa.select(health.c.account_id, health.c.at, health.c.level, health.c.code, health.c.params)
    with book.read() as connection:
        return tuple(HealthLine(*row) for row in connection.execute(query.order_by(health.c.account_id, health.c.seq)))
