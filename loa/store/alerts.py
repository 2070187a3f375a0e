"""What the office was told of, and what it is still to be told: one row a way and condition.

The rows are shared by all machines, so that a condition is told once, whoever sees it, and also after a restart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.store.book import Book
from loa.store.tables import alert

LEASE = timedelta(minutes=3)
"""Whoever takes an alert to tell it has so long; then another may."""
AGAIN = timedelta(hours=24)
"""A condition that lasts is told again after so long."""
FAILED = "telling_failed"
"""In the parameters of a row: the code of what kept it from being told."""
ONCE = "once"
"""In the parameters of a row: it is told once, and its end needs no words."""
_FIRST_RETRY, _LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A condition on one way. ``key`` begins with the way; ``tries`` counts tellings that were not confirmed."""

    key: str
    kind: str
    code: str
    params: Mapping[str, str]
    since: datetime
    told_at: datetime | None
    tries: int
    next_try: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A condition as it is seen now."""

    key: str
    kind: str
    code: str
    params: Mapping[str, str]


_COLUMNS = [alert.c[name] for name in AlertRow.__slots__]


def alerts_of(connection: sa.Connection) -> list[AlertRow]:
    """Every condition that was told or is to be told, oldest first."""
    query = sa.select(*_COLUMNS).order_by(alert.c.since, alert.c.key)
    return [AlertRow(*row) for row in connection.execute(query)]


def alerts_untold(connection: sa.Connection) -> list[AlertRow]:
    """Conditions that somebody tried to tell, and could not so far."""
    return [each for each in alerts_of(connection) if each.tries and FAILED in each.params]


def bring_up(book: Book, seen: Sequence[Seen], now: datetime) -> None:
    """Make the rows agree with what is seen now: new ones to be told, gone ones to be told as over."""
    with book.read() as connection:
        known = {each.key: each for each in alerts_of(connection)}
    here = {each.key: each for each in seen}
    new = [each for key, each in here.items() if key not in known]
    back = [known[key] for key in here if key in known and known[key].ended_at]
    over = [each for key, each in known.items() if key not in here and not each.ended_at]
    moved = [(known[key], each.params) for key, each in here.items() if key in known and _says_more(known[key], each)]
    if not (new or back or over or moved):
        return
    with book.write() as connection:
        _add(connection, new, now, book.is_sqlite)
        for row in back:  # it was not told as over yet: nothing was
            _change(connection, row, ended_at=None, next_try=_retelling(row, now))
        for row, params in moved:
            connection.execute(sa.update(alert).where(alert.c.key == row.key).values(params=dict(params)))
        for row in over:
            if row.told_at is None or ONCE in row.params:
                connection.execute(sa.delete(alert).where(alert.c.key == row.key, alert.c.ended_at.is_(None)))
            else:
                _change(connection, row, ended_at=now, next_try=now, tries=0)


def _says_more(row: AlertRow, seen: Seen) -> bool:
    """Whether a condition has other figures by now; that alone is not told."""
    return not row.tries and dict(row.params) != dict(seen.params)


def _retelling(row: AlertRow, now: datetime) -> datetime:
    return row.told_at + AGAIN if row.told_at else now


def _add(connection: sa.Connection, new: Sequence[Seen], now: datetime, in_file: bool) -> None:  # noqa: FBT001 - which dialect
    make = sqlite.insert if in_file else postgresql.insert
    for each in new:
        values = {"key": each.key, "kind": each.kind, "code": each.code, "params": dict(each.params)}
        fresh = make(alert).values(values | {"since": now, "next_try": now, "tries": 0})
        connection.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))


def _change(connection: sa.Connection, row: AlertRow, **values: object) -> bool:
    """Change a row that nobody has touched since it was read."""
    same = (alert.c.key == row.key, alert.c.tries == row.tries, alert.c.next_try.is_not_distinct_from(row.next_try))
    return bool(connection.execute(sa.update(alert).where(*same).values(values)).rowcount)


def take_due(book: Book, way: str, now: datetime) -> list[AlertRow]:
    """What is to be told now on a way: ours for ``LEASE``. Nobody else tells it meanwhile."""
    with book.read() as connection:
        due = [each for each in alerts_of(connection) if each.key.startswith(way) and each.next_try]
    ripe = [each for each in due if each.next_try and each.next_try <= now]
    if not ripe:
        return []
    with book.write() as connection:
        return [each for each in ripe if _change(connection, each, next_try=now + LEASE, tries=each.tries + 1)]


def was_told(book: Book, rows: Sequence[AlertRow], now: datetime) -> None:
    """These were told: what is over is forgotten, what lasts is told again in a day."""
    with book.write() as connection:
        for row in rows:
            mine = (alert.c.key == row.key, alert.c.tries == row.tries + 1)
            if row.ended_at:
                connection.execute(sa.delete(alert).where(*mine, alert.c.ended_at.is_not(None)))
                continue
            again = None if ONCE in row.params else now + AGAIN
            params = {name: value for name, value in row.params.items() if name != FAILED}
            values = {"told_at": now, "tries": 0, "next_try": again, "params": params}
            connection.execute(sa.update(alert).where(*mine).values(values))


def was_not_told(book: Book, rows: Sequence[AlertRow], code: str, now: datetime) -> None:
    """These could not be told: they are tried again, later each time; an end that nobody could hear of is let go."""
    with book.write() as connection:
        for row in rows:
            mine = (alert.c.key == row.key, alert.c.tries == row.tries + 1)
            if row.ended_at and row.ended_at < now - AGAIN:
                connection.execute(sa.delete(alert).where(*mine))
                continue
            wait = min(_FIRST_RETRY * 2 ** min(row.tries, 10), _LONGEST_RETRY)
            values = {"next_try": now + wait, "params": {**row.params, FAILED: code}}
            connection.execute(sa.update(alert).where(*mine).values(values))


def forget_ways(book: Book, ways: Collection[str]) -> None:
    """Drop what was for ways that ``loa.yaml`` does not name any more."""
    with book.read() as connection:
        gone = [each.key for each in alerts_of(connection) if not each.key.startswith(tuple(ways))]
    if gone:
        with book.write() as connection:
            connection.execute(sa.delete(alert).where(alert.c.key.in_(gone)))
