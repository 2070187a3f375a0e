"""What a person wants to see of the calendar, as the address says it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from loa.delivery import State
from loa.dispatch.words import tone
from loa.text import nfc

GROUPS: dict[str, tuple[str, str]] = {
    "wait": ("Chờ duyệt, chưa dựng, giữ lại", "Waiting, not made, held"),
    "busy": ("Đã duyệt, đang gửi", "Approved, on the way"),
    "good": ("Đã phát", "Done"),
    "bad": ("Có vấn đề", "In trouble"),
    "quiet": ("Đã hủy", "Cancelled"),
}
"""States by how they are to be taken."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty means all. ``state`` is a tone: good, busy, wait, bad, quiet."""

    campaign: str = ""
    unit: str = ""
    audience: str = ""
    channel: str = ""
    state: str = ""

    def allows(self, campaign: str, unit: str, audience: str, channel: str) -> bool:
        """Whether one delivery is wanted, whatever its state."""
        wanted = (self.campaign, self.unit, self.audience, self.channel)
        return all(
            not name or name == own for name, own in zip(wanted, (campaign, unit, audience, channel), strict=True)
        )

    def allows_state(self, state: State) -> bool:
        """Whether deliveries in this state are wanted."""
        return not self.state or tone(state) == self.state

    @property
    def query(self) -> str:
        """The part of an address that says it."""
        return urlencode({each.name: value for each in fields(self) if (value := getattr(self, each.name))})


def filter_of(params: QueryParams) -> Filter:
    """The filter that an address asks for."""
    return Filter(**{each.name: nfc(params.get(each.name, "")) for each in fields(Filter)})
