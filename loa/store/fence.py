"""The last look before the wire, shared by everything that is about to leave: what is ours, and who rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import State
from loa.store import tables
from loa.store.windows import GOING

_SENDING, _DELIVERY = tables.sending, tables.delivery
_PAIR = _SENDING.c.id.cast(sa.Text) + ":" + _SENDING.c.attempt.cast(sa.Text)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look saw: whether all is stopped, who rests, and what is ours to send and held back by nobody.

    ``claims`` names posts with their attempts (",7:1,9:1,") as one word: of a thousand only those are looked for in it
    that leave before the next look.
    """

    is_stopped: bool
    paused: frozenset[str]
    claims: str

    def holds(self, sending_id: int, attempt: int) -> bool:
        """Whether a post was ours to send, in this attempt."""
        return f",{sending_id}:{attempt}," in self.claims


NOTHING = Sight(is_stopped=True, paused=frozenset(), claims="")
_STOP = sa.select(sa.literal(1)).where(tables.note.c.name == "stop")
_GONE = sa.select(sa.literal(1)).where(tables.worker.c.id == sa.bindparam("owner"), tables.worker.c.gone == 1)
_HINDERED = sa.select(_STOP.exists() | _GONE.exists())
_PAUSED = sa.select(tables.account.c.id).where(
    tables.account.c.paused_until.is_(None)
    | (tables.account.c.paused_until > sa.bindparam("now", type_=tables.account.c.paused_until.type))
)
_CLAIMS = (
    sa.select(sa.func.aggregate_strings(_PAIR, ","))
    .join(_DELIVERY, _DELIVERY.c.id == _SENDING.c.delivery_id)
    .where(
        _SENDING.c.state == State.SENDING,
        _SENDING.c.owner == sa.bindparam("owner"),
        _DELIVERY.c.state.in_((*GOING, State.SENDING)),
    )
)


def look(connection: sa.Connection, owner: str, now: datetime) -> Sight:
    """One look at everything that may keep a post of ``owner`` back; nothing may leave for one who is gone."""
    if connection.scalar(_HINDERED, {"owner": owner}):
        return NOTHING
    paused = frozenset(connection.scalars(_PAUSED, {"now": now}))
    claims = connection.scalar(_CLAIMS, {"owner": owner}) or ""
    return Sight(is_stopped=False, paused=paused, claims=f",{claims},")
