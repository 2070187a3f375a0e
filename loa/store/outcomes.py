"""Counting what became of messages to people: by delivery, from rows that may be a million."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from loa.delivery import Fate, State
from loa.store.people_tables import batch, recipient


@dataclass
class Outcomes:
    """The messages of one delivery. What a gateway only told for a call as a whole counts like the rest.

    ``delivered``, ``partial``, ``failed``, ``on_the_way`` and ``no_receipt`` add up to ``accepted``.
    """

    accepted: int = 0
    delivered: int = 0
    partial: int = 0
    """Long messages of which some parts arrived and some never will."""
    failed: Counter[str] = field(default_factory=Counter)
    """By the code of the reason; an empty code where the gateway gave none."""
    on_the_way: int = 0
    no_receipt: int = 0
    """Accepted so long ago that no receipt is expected any more; one that comes all the same is counted then."""
    dropped: Counter[str] = field(default_factory=Counter)
    """Never sent, by the code of the guard."""
    refused: Counter[str] = field(default_factory=Counter)
    """Refused by the gateway, by the code of the reason."""

    def tell(self, delivered: int, failed: int, *, silent: bool) -> None:
        """So many of those of whom nothing was told are known after all, though not by name."""
        left = self.no_receipt if silent else self.on_the_way
        arrived = min(delivered, left)
        lost = min(failed, left - arrived)
        self.delivered += arrived
        if lost:
            self.failed[""] += lost
        if silent:
            self.no_receipt -= arrived + lost
        else:
            self.on_the_way -= arrived + lost


def outcomes_of(connection: sa.Connection, delivery_ids: Iterable[int], silent_since: datetime) -> dict[int, Outcomes]:
    """What became of the messages of these deliveries.

    A message that was accepted before ``silent_since`` and of which nothing final was told has no receipt.
    """
    wanted = tuple(delivery_ids)
    found: dict[int, Outcomes] = {}
    silent = sa.and_(batch.c.done_at < silent_since, recipient.c.fate < Fate.FAILED)
    told = (recipient.c.state, recipient.c.fate, recipient.c.code, _partial(), silent)
    joined = sa.outerjoin(recipient, batch, recipient.c.batch_id == batch.c.id)
    query = sa.select(recipient.c.delivery_id, *told, sa.func.count()).select_from(joined)
    query = query.where(recipient.c.delivery_id.in_(wanted)).group_by(recipient.c.delivery_id, *told)
    for delivery_id, state, fate, code, partial, is_silent, count in connection.execute(query):
        outcomes = found.setdefault(delivery_id, Outcomes())
        _count(outcomes, state, fate, code, count, partial=bool(partial), silent=bool(is_silent))
    _add_totals(connection, wanted, found, silent_since)
    return found


def _partial() -> sa.ColumnElement[bool]:
    """A part of it failed and another arrived; the first letter is about the whole."""
    return sa.and_(recipient.c.fate == Fate.FAILED, sa.func.substr(recipient.c.fate_parts, 2).like("%d%"))


def _count(outcomes: Outcomes, state: State, fate: Fate, code: str, count: int, *, partial: bool, silent: bool) -> None:
    if state == State.CANCELLED:
        outcomes.dropped[code] += count
    elif state == State.REFUSED:
        outcomes.refused[code] += count
    if state != State.DONE:
        return
    outcomes.accepted += count
    if fate == Fate.DELIVERED:
        outcomes.delivered += count
    elif partial:
        outcomes.partial += count
    elif fate == Fate.FAILED:
        outcomes.failed[code] += count
    elif silent:
        outcomes.no_receipt += count
    else:
        outcomes.on_the_way += count


def _add_totals(
    connection: sa.Connection, delivery_ids: tuple[int, ...], found: dict[int, Outcomes], silent_since: datetime
) -> None:
    """What was told of whole calls takes its share from those of whom nothing was told."""
    silent = batch.c.done_at < silent_since
    sums = (sa.func.sum(batch.c.told_delivered), sa.func.sum(batch.c.told_failed))
    query = sa.select(batch.c.delivery_id, silent, *sums).where(
        batch.c.delivery_id.in_(delivery_ids), batch.c.told_delivered + batch.c.told_failed > 0
    )
    for delivery_id, is_silent, delivered, failed in connection.execute(query.group_by(batch.c.delivery_id, silent)):
        found.setdefault(delivery_id, Outcomes()).tell(int(delivered), int(failed), silent=bool(is_silent))
