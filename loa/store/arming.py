"""Which accounts may speak to people for real, and to whom: nobody until a person has said so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.store import people_tables, tables
from loa.store.events import Event, write_events

_NAME = "armed:"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Arming:
    """An account may send for real: to the numbers of one list, or to everybody (``ALL``)."""

    account_id: str
    scope: str
    by: str
    at: datetime
    reply: str = ""
    """The words that this person let go to those who refuse; nothing else is answered."""


def armings(connection: sa.Connection) -> tuple[Arming, ...]:
    """Every account that may send for real."""
    note = tables.note
    query = sa.select(note.c.name, note.c.value).where(note.c.name.startswith(_NAME, autoescape=True))
    found = ((name.removeprefix(_NAME), json.loads(value)) for name, value in connection.execute(query))
    return tuple(Arming(account, **words | {"at": datetime.fromisoformat(words["at"])}) for account, words in found)


def arming_of(connection: sa.Connection, account_id: str) -> Arming | None:
    """Whether an account may send for real, and to whom."""
    return next((each for each in armings(connection) if each.account_id == account_id), None)


def set_arming(connection: sa.Connection, account_id: str, scope: str, who: str, at: datetime, reply: str = "") -> None:
    """Let an account send for real to ``scope``, and answer refusals with ``reply``; an empty scope takes it back."""
    note = tables.note
    connection.execute(sa.delete(note).where(note.c.name == _NAME + account_id))
    if scope:
        words = {"scope": scope, "by": who, "at": at.isoformat(), "reply": reply}
        values = {"name": _NAME + account_id, "value": json.dumps(words, ensure_ascii=False)}
        connection.execute(sa.insert(note).values(values))
    params = {"account": account_id, "scope": scope} | ({"reply": reply} if reply else {})
    write_events(connection, [Event(at, who, "arm" if scope else "disarm", params=params)])


def outside_of(connection: sa.Connection, allowed: str, unit_code: str, wanted: tuple[str, ...]) -> int:
    """How many numbers of the lists ``wanted`` (as a unit gets them) are not in the list ``allowed``."""
    person = people_tables.person
    marks = sa.select(person.c.mark).where(person.c.list_id == _list_id(allowed))
    mine = sa.select(sa.func.count(person.c.mark.distinct())).where(
        person.c.list_id.in_([_list_id(name) for name in wanted]),
        person.c.unit_code.in_(("", unit_code)),
        person.c.mark.not_in(marks),
    )
    return connection.scalar(mine) or 0


def _list_id(name: str) -> sa.ScalarSelect[int]:
    listed = people_tables.people_list
    return sa.select(listed.c.id).where(listed.c.name == name).scalar_subquery()
