"""What citizens said: taken in once, answered, closed; no name and no number of anybody is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from loa.store.log_tables import feedback, known_sources


@dataclass(frozen=True, slots=True)
class Feedback:
    """One thing that somebody said. ``state``: ``new``, ``passed_on``, ``answered`` or ``closed``."""

    source: str
    plan_id: str
    day: date
    topic: str
    unit_code: str
    question: str
    state: str
    person_id: str
    person_name: str
    at: datetime
    answer: str = ""
    is_public: int = 0
    words: Mapping[str, str] = field(default_factory=dict)
    """``from`` (the form or portal), ``passed_to``."""
    id: int = 0


_COLUMNS = [feedback.c[name] for name in Feedback.__slots__]


def add_feedback(connection: sa.Connection, made: Sequence[Feedback]) -> list[int]:
    """Write down what is new (by ``source``); the numbers of the new ones."""
    known = known_sources(connection, feedback, [each.source for each in made])
    numbers = []
    for each in made:
        if each.source not in known:
            known.add(each.source)
            values = {name: getattr(each, name) for name in Feedback.__slots__ if name != "id"}
            written = sa.insert(feedback).values(values | {"day": each.day.isoformat()}).returning(feedback.c.id)
            numbers.append(int(connection.execute(written).scalar_one()))
    return numbers


def feedback_of(connection: sa.Connection, number: int | None = None) -> list[Feedback]:
    """All feedback (or the one of this number), by day."""
    query = sa.select(*_COLUMNS).order_by(feedback.c.day, feedback.c.id)
    if number is not None:
        query = query.where(feedback.c.id == number)
    return [_feedback(row) for row in connection.execute(query)]


def change_feedback(connection: sa.Connection, number: int, values: Mapping[str, Any]) -> bool:
    """Change the answer, the state or the unit; whether there is one of that number."""
    changed = sa.update(feedback).where(feedback.c.id == number).values(dict(values))
    return bool(connection.execute(changed).rowcount)


def _feedback(row: sa.Row[Any]) -> Feedback:
    values: list[Any] = list(row)
    made = Feedback(*values)
    return replace(made, day=date.fromisoformat(str(made.day)))
