"""The usage headers: how much of what Meta grants is used up, and the rest that follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import Rest

SHARED = ("x-app-usage", "x-page-usage")
BUSINESS = "x-business-use-case-usage"
PERCENTS = ("call_count", "total_cputime", "total_time")
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(minutes=5)
STOPPED = timedelta(minutes=15)
"""The stop where Meta names no time of its own."""


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
            if found := _object(headers.get(name, "")):
                yield name, found
        uses = _object(headers.get(BUSINESS, "")).get(self._page)
        for use in uses if isinstance(uses, list) else []:
            if isinstance(use, dict):
                yield f"{BUSINESS} {use.get('type')}", use


def minutes_to_wait(headers: Mapping[str, str]) -> int:
    """The longest ``estimated_time_to_regain_access`` (minutes) of the business use case header; 0 for none."""
    uses = _object(headers.get(BUSINESS, "")).values()
    each = [use for found in uses if isinstance(found, list) for use in found if isinstance(use, dict)]
    return max((_minutes(use) for use in each), default=0)


def _object(words: str) -> Mapping[str, Any]:
    try:
        found = json.loads(words or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _percent(share: Mapping[str, Any]) -> float:
    return max(_number(share.get(name)) for name in PERCENTS)


def _minutes(share: Mapping[str, Any]) -> int:
    return int(_number(share.get("estimated_time_to_regain_access")))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
