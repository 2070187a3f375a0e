"""The usage headers: how much of what Meta grants is used up, and the rest that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import Rest
from publishers.shapes import objects_in, read_object

SHARED = ("x-app-usage", "x-page-usage")
BUSINESS = "x-business-use-case-usage"
PERCENTS = ("call_count", "total_cputime", "total_time")
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(minutes=5)
STOPPED = timedelta(minutes=15)
"""The stop where Meta names no time of its own."""
MOST_MINUTES = 24 * 60
"""Meta counts over a day at most; a longer time is not believed."""


@dataclass(frozen=True, slots=True)
class _Share:
    """One meter as an answer told it."""

    percent: float
    minutes: int
    at: datetime


class Usage:
    """What the last answers told, meter by meter: not every answer carries all. ``slow_at``, ``stop_at``: percents."""

    def __init__(self, page: str, clock: Clock, slow_at: float, stop_at: float) -> None:
        self._page = page
        self._clock = clock
        self._slow_at = slow_at
        self._stop_at = stop_at
        self._shares: dict[str, _Share] = {}

    def note(self, headers: Mapping[str, str]) -> None:
        """Read the headers of one answer (names in lower case)."""
        now = self._clock.now()
        self._shares |= {name: _Share(_percent(told), _minutes(told), now) for name, told in self._told(headers)}

    def rest(self) -> Rest | None:
        """From the slow mark on a growing rest, from the stop mark on until Meta grants calls again."""
        asked = [(self._until(share), share) for share in self._shares.values() if share.percent >= self._slow_at]
        until, share = max(asked, key=lambda each: each[0], default=(self._clock.now(), None))
        return Rest(until, "E647", f"{share.percent:.0f}") if share and until > self._clock.now() else None

    def _until(self, share: _Share) -> datetime:
        if share.percent >= self._stop_at:
            return share.at + (timedelta(minutes=share.minutes) or STOPPED)
        grown = (share.percent - self._slow_at) / (self._stop_at - self._slow_at)
        return share.at + SHORTEST + grown * (LONGEST - SHORTEST)

    def _told(self, headers: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What the app has used, and what this Page has; other Pages of the same app are not ours to count."""
        for name in SHARED:
            if found := read_object(headers.get(name, "")):
                yield name, found
        for use in objects_in(_business(headers), self._page):
            yield f"{BUSINESS} {use.get('type')}", use


def minutes_to_wait(headers: Mapping[str, str]) -> int:
    """The longest ``estimated_time_to_regain_access`` (minutes) of the business use case header; 0 for none."""
    uses = _business(headers)
    return max((_minutes(use) for page in uses for use in objects_in(uses, page)), default=0)


def _business(headers: Mapping[str, str]) -> Mapping[str, Any]:
    return read_object(headers.get(BUSINESS, "")) or {}


def _percent(share: Mapping[str, Any]) -> float:
    return max(_number(share.get(name)) for name in PERCENTS)


def _minutes(share: Mapping[str, Any]) -> int:
    return int(min(max(_number(share.get("estimated_time_to_regain_access")), 0), MOST_MINUTES))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
