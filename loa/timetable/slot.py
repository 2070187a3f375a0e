"""A slot: one item, one occurrence, one unit, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter


@dataclass(frozen=True, order=True, slots=True, kw_only=True)
class Slot:
    """Ordered by the moment when it is due.

    ``occurrence`` is the nominal day, which a move does not change: the identity of the slot. A slot that counts from
    a meeting has the meeting for its identity (``<event>.<meeting>``) instead: a meeting may come on another day.
    ``days_left`` counts from the day of sending to the day that the item counts from (negative afterwards, 0 without
    such a day).
    """

    due: datetime
    campaign_id: str
    item_id: str
    unit_code: str
    occurrence: date
    expires: datetime
    days_left: int
    meeting: str = ""

    @property
    def key(self) -> str:
        return f"{self.campaign_id}/{self.item_id}/{self.meeting or self.occurrence.isoformat()}/{self.unit_code}"


in_order = attrgetter("due", "campaign_id", "item_id", "unit_code", "occurrence", "meeting")
"""The key to sort by: the order of slots, many times as fast as comparing them."""
