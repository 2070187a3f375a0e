"""The days of national mourning as the book keeps them, and what was let go on them all the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from loa import store
from loa.store.control import note_in, put_note

_NOTE = "mourning"


@dataclass(frozen=True, slots=True)
class Mourning:
    """The days, both included; ``last`` empty: until a person ends it. By whom, and why."""

    first: str
    last: str
    by: str
    why: str
    released: tuple[str, ...] = ()
    """The keys of deliveries that a person let go on all the same."""

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From its first moment until before its last, as local midnights."""
        last = date.fromisoformat(self.last) if self.last else date.max - timedelta(days=2)
        return _midnight(date.fromisoformat(self.first), zone), _midnight(last + timedelta(days=1), zone)


def days_in(connection: store.Connection) -> Mourning | None:
    """The days that were declared last; None where there are none, or a person has ended them."""
    written = note_in(connection, _NOTE)
    if not written:
        return None
    told = json.loads(written)
    return Mourning(**told | {"released": tuple(told["released"])})


def put_days(connection: store.Connection, days: Mourning | None) -> None:
    """Write the days down in place of earlier ones."""
    put_note(connection, _NOTE, json.dumps(asdict(days), ensure_ascii=False) if days else "")


def let_go(connection: store.Connection, keys: Iterable[str]) -> None:
    """These are held no more for the days that are declared now, whatever becomes of them."""
    days = days_in(connection)
    if days is not None:
        put_days(connection, replace(days, released=tuple({*days.released, *keys})))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
