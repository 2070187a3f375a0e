"""The usage headers: how much of what Meta grants is used up, and the rest that follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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


class Usage:
    """What the last answer told. ``slow_at`` and ``stop_at`` are percents."""

    def __init__(self, page: str, clock: Clock, slow_at: float, stop_at: float) -> None:
        self._page = page
        self._clock = clock
        self._slow_at = slow_at
        self._stop_at = stop_at
        self._percent = 0.0
        self._minutes = 0
        self._at = clock.now()

    def note(self, headers: Mapping[str, str]) -> None:
        """Read the headers of one answer (names in lower case); an answer without them changes nothing."""
        shares = [share for _, share in self._shares(headers)]
        if shares:
            self._percent = max(_percent(share) for share in shares)
            self._minutes = max(_minutes(share) for share in shares)
            self._at = self._clock.now()

    def rest(self) -> Rest | None:
        """From the slow mark on a growing rest, from the stop mark on until Meta grants calls again."""
        until = self._until()
        return Rest(until, "E647", f"{self._percent:.0f}") if until and until > self._clock.now() else None

    def _until(self) -> datetime | None:
        if self._percent < self._slow_at:
            return None
        if self._percent >= self._stop_at:
            return self._at + (timedelta(minutes=self._minutes) or STOPPED)
        grown = (self._percent - self._slow_at) / (self._stop_at - self._slow_at)
        return self._at + SHORTEST + grown * (LONGEST - SHORTEST)

    def _shares(self, headers: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What the app has used, and what this Page has; other Pages of the same app are not ours to count."""
        for name in SHARED:
            if found := _object(headers.get(name, "")):
                yield name, found
        uses = _object(headers.get(BUSINESS, "")).get(self._page)
        for use in uses if isinstance(uses, list) else []:
            if isinstance(use, dict):
                yield BUSINESS, use


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
