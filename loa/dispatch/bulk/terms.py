"""On what terms the messages of a delivery leave: its class, its gateway's limits, its pace, its hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from loa.calendar import QuietWindow
from loa.delivery import ONE_EACH, Bulk, ChannelCard
from loa.dispatch.desk import Desk
from loa.dispatch.messages import MessageFacts, facts_of
from loa.dispatch.package import card_of, seen
from loa.errors import LoaError
from loa.rules import MessageClass, closed_hours, parts_per_second
from loa.rules.guards import is_closed, next_closing, released
from loa.store import DeliveryRow
from loa.store.bulk_claim import Wanted

LONGEST_CALL = timedelta(seconds=30)
"""Of parts at the account's pace: a pause, a stop or an opt-out is heeded within so long."""
LONGEST_WINDOW = timedelta(milliseconds=100)
"""Small calls are claimed together, as many as so long carries."""
MOST_CALLS = 64
MOST_PEOPLE = 5_000
"""Of several calls claimed together: the first of them leaves the sooner."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What every call of a delivery keeps to.

    ``parts``: of one message; ``pace``: parts per second; ``closed``: the hours when none may leave.
    """

    card: ChannelCard
    bulk: Bulk
    text: str
    options: Mapping[str, str]
    rules: MessageClass
    parts: int
    pace: Decimal
    closed: tuple[QuietWindow, ...]

    def takes(self, recipients: int) -> timedelta:
        """How long a call to so many lasts at the account's pace."""
        return timedelta(seconds=float(self.parts * recipients / self.pace))

    def fit(self, time: timedelta) -> int:
        """How many messages leave within ``time``."""
        return int(Decimal(time.total_seconds()) * self.pace / self.parts)


def terms_of(desk: Desk, row: DeliveryRow) -> Terms:
    """The terms of a delivery, from the package that was approved.

    Raises:
        LoaError: E583, the rules that it was approved under are gone.
    """
    content = seen(row.package)
    card = card_of(desk.cards, row)
    facts = pinned_facts(desk, content)
    return Terms(
        card=card,
        bulk=facts.bulk or ONE_EACH,
        text=content["text"],
        options=dict(content["options"]) | {"class": facts.message.name},
        rules=facts.message,
        parts=facts.parts,
        pace=parts_per_second(facts.settings) if facts.bulk else Decimal(str(card.rate_per_second)),
        closed=closed_hours(facts.message, facts.quiet),
    )


def pinned_facts(desk: Desk, content: Mapping[str, Any]) -> MessageFacts:
    """The message in a package, by the rules that are pinned in it.

    Raises:
        LoaError: E583, nobody has these rules any more.
    """
    facts = facts_of(desk.workspace, desk.cards, content)
    if facts is None:
        raise LoaError("E583", rules=content["message"]["rules"])
    return facts


def room_until_closing(desk: Desk, terms: Terms, now: datetime) -> timedelta | None:
    """How long messages may leave from ``now`` on, nothing where they may not; None for a class at any hour."""
    local = now.astimezone(desk.workspace.zone)
    if is_closed(local, terms.closed):
        return timedelta(0)
    closing = next_closing(local, terms.closed)
    return None if closing is None else closing - local


def opening(desk: Desk, terms: Terms, now: datetime) -> datetime:
    """The next moment from ``now`` on at which the least call fits into open hours to its last part."""
    least = terms.takes(terms.bulk.least)
    room = room_until_closing(desk, terms, now)
    if room is None or room >= least:
        return now
    return released((now + room).astimezone(desk.workspace.zone), terms.closed).astimezone(now.tzinfo)


def wanted(desk: Desk, row: DeliveryRow, terms: Terms, now: datetime) -> Wanted | None:
    """What may be claimed of a delivery now; None where not even the least call fits into open hours."""
    by_pace = max(terms.fit(LONGEST_CALL), terms.bulk.least, 1)
    room = room_until_closing(desk, terms, now)
    by_hours = by_pace * MOST_CALLS if room is None else terms.fit(room)
    most = min(terms.bulk.most, by_pace, by_hours)
    if most < max(terms.bulk.least, 1):
        return None
    together = min(terms.fit(LONGEST_WINDOW), MOST_PEOPLE) // most
    calls = min(max(1, together), by_hours // most, MOST_CALLS)
    return Wanted(
        delivery_id=row.id,
        delivery_key=row.key,
        account_id=row.account_id,
        content_hash=row.content_hash,
        rules=terms.rules,
        parts=terms.parts,
        most=most,
        least=terms.bulk.least,
        calls=calls,
        pace=terms.pace,
    )
