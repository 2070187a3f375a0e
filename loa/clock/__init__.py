"""The only "now". Every time in the program has a zone; the book keeps UTC."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

DEFAULT_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Tells the time, always with a zone."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        ...

    def pause(self, seconds: float) -> bool:
        """Wait for so long; False at once by a clock that does not go by itself, where waiting brings nothing."""
        ...

    def real(self) -> float:
        """Seconds that have passed since some moment, by a clock that nobody sets."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def pause(self, seconds: float) -> bool:
        if seconds > 0:  # a sleep of nothing would give the turn to every other thread
            time.sleep(seconds)
        return True

    def real(self) -> float:
        from loa.clock.steady import real_seconds  # noqa: PLC0415 - the steady clock is built on this one

        return real_seconds()


class SimulatedClock:
    """The clock of a rehearsal: stands still until it is moved forward."""

    def __init__(self, start: datetime) -> None:
        self._now = aware(start)

    def now(self) -> datetime:
        return self._now

    def pause(self, seconds: float) -> bool:  # noqa: ARG002 - nothing is waited for
        return False

    def real(self) -> float:
        return self._now.timestamp()

    def move_to(self, moment: datetime) -> None:
        """Go forward to ``moment``; a moment in the past leaves the clock where it is."""
        self._now = max(self._now, aware(moment))

    def advance(self, step: timedelta) -> None:
        self.move_to(self._now + step)


def aware(moment: datetime) -> datetime:
    """``moment`` in UTC.

    Raises:
        ValueError: ``moment`` has no zone; a time without a zone is refused everywhere.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone is refused: {moment!r}")
    return moment.astimezone(UTC)
