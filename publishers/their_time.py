"""A moment of ours on a platform's clock: an office's clock may be wrong by hours, and its platform's is not.

A search that begins after the post that it looks for says "it is not there", and the post is made a second time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from loa.clock import Clock
from publishers.http import Answer


def not_after(moment: datetime, answer: Answer, clock: Clock) -> datetime:
    """``moment`` by the clock that dated ``answer``, where that is earlier than by ours: the wider search is safe.

    The date of an answer is rounded down to a second.
    """
    try:
        theirs = parsedate_to_datetime(answer.headers["date"])
    except (KeyError, ValueError):
        return moment
    theirs = theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC)
    return min(moment, moment + (theirs - clock.now()))
