"""The last look before the wire, shared by everything that is about to leave: what is ours, and who rests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from loa.delivery import State
from loa.store import tables
from loa.store.windows import GOING

_SENDING, _DELIVERY = tables.sending, tables.delivery
_PAIR = _SENDING.c.id.cast(sa.Text) + ":" + _SENDING.c.attempt.cast(sa.Text)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look saw: whether all is stopped, who rests, and what is ours to send and held back by nobody.

    ``asked`` are the posts that were looked at; ``claims`` names those of them that are free, with their attempts, as
    one word (",7:1,9:1,").
    """

    is_stopped: bool
    paused: frozenset[str]
    asked: frozenset[int]
    claims: str

    def holds(self, sending_id: int, attempt: int) -> bool:
        """Whether a post was ours to send, in this attempt."""
        return f",{sending_id}:{attempt}," in self.claims


NOTHING = Sight(is_stopped=True, paused=frozenset(), asked=frozenset(), claims="")
_STOP = sa.select(sa.literal(1)).where(tables.note.c.name == "stop")
_GONE = sa.select(sa.literal(1)).where(tables.worker.c.id == sa.bindparam("owner"), tables.worker.c.gone == 1)
_PAUSED = sa.select(sa.func.aggregate_strings(tables.account.c.id, "\n")).where(
    tables.account.c.paused_until.is_(None)
    | (tables.account.c.paused_until > sa.bindparam("now", type_=tables.account.c.paused_until.type))
)
_OF_IDS = {
    "sqlite": _SENDING.c.id.in_(sa.select(sa.func.json_each(sa.bindparam("ids")).table_valued("value").c.value)),
    "postgresql": _SENDING.c.id == sa.any_(sa.bindparam("ids", type_=ARRAY(_SENDING.c.id.type))),
}
_CLAIMS = {
    dialect: sa.select(sa.func.aggregate_strings(_PAIR, ","))
    .join(_DELIVERY, _DELIVERY.c.id == _SENDING.c.delivery_id)
    .where(
        of_ids,
        _SENDING.c.state == State.SENDING,
        _SENDING.c.owner == sa.bindparam("owner"),
        sa.or_(*(_DELIVERY.c.state == state for state in (*GOING, State.SENDING))),
    )
    for dialect, of_ids in _OF_IDS.items()
}
_LOOKS = {
    dialect: sa.select(_STOP.exists() | _GONE.exists(), _PAUSED.scalar_subquery(), claims.scalar_subquery())
    for dialect, claims in _CLAIMS.items()
}
"""One statement: threads that wait for a look wait for each step of it."""


def look(connection: sa.Connection, owner: str, now: datetime, ids: Sequence[int]) -> Sight:
    """One look at all that may keep the posts ``ids`` of ``owner`` back; for one who is gone nothing may leave."""
    dialect = connection.dialect.name
    asked = json.dumps(list(ids)) if dialect == "sqlite" else list(ids)
    seen = connection.execute(_LOOKS[dialect], {"owner": owner, "now": now, "ids": asked})
    is_hindered, paused, claims = seen.one()
    if is_hindered:
        return NOTHING
    resting = frozenset(paused.split("\n")) if paused else frozenset[str]()
    return Sight(is_stopped=False, paused=resting, asked=frozenset(ids), claims=f",{claims or ''},")
