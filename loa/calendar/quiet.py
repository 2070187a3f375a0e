"""The hours in which nothing goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from loa.clock import aware


@dataclass(frozen=True, slots=True)
class QuietWindow:
    """From ``start`` until before ``end``, each day; crosses midnight where the end is earlier. Equal ends: never."""

    start: time
    end: time

    def contains(self, local: datetime) -> bool:
        """Whether this local moment is a quiet one; a moment without a zone is refused."""
        aware(local)
        at = local.time()
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def release(self, local: datetime) -> datetime:
        """The first moment from ``local`` on that is not quiet."""
        if not self.contains(local):
            return local
        day = local.date()
        if self.start > self.end and local.time() >= self.start:
            day += timedelta(days=1)
        return datetime.combine(day, self.end, tzinfo=local.tzinfo)
