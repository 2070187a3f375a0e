"""The guards that look at each person and each moment. Pure: they are handed what is known and say what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loa.calendar import QuietWindow
from loa.rules.model import ALLOW, MessageClass, Verdict

OPTED_OUT = "E760"
DO_NOT_CALL = "E761"
CAP_REACHED = "E762"
OUTSIDE_HOURS = "E763"
NEVER_OPEN = "E794"
LONGEST_CALL = timedelta(hours=1)
_MOST_TURNS = 16
"""Open hours that are shorter than a call are never long enough, however often one asks."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of one number before a message leaves."""

    opted_out: bool = False
    do_not_call: bool = False
    recent: Sequence[datetime] = ()
    """When messages left to this number lately, over all campaigns, oldest first."""


def judge_person(known: Known, rules: MessageClass, now: datetime) -> Verdict:
    """Whether a message of this class may leave to a number now."""
    if known.opted_out and rules.keeps_opt_outs:
        return Verdict("drop", OPTED_OUT)
    if known.do_not_call and rules.do_not_call_days:
        return Verdict("drop", DO_NOT_CALL)
    inside = [moment for moment in known.recent if moment > now - rules.cap_span]
    if rules.cap and len(inside) >= rules.cap:
        return Verdict("hold", CAP_REACHED, inside[-rules.cap] + rules.cap_span)
    return ALLOW


def judge_moment(start: datetime, takes: timedelta, rules: MessageClass, quiet: Sequence[QuietWindow]) -> Verdict:
    """Whether a call that starts at ``start`` (local time) and takes so long lies in open hours to its last part.

    ``quiet`` are the hours of the house and of the channel; a class without hours of its own goes at any hour.

    A call that ends as the hours close is inside them: its last part has left by then. One that fits
    into no open hours at all is held for a day, with a code of its own.

    Raises:
        ValueError: one call takes longer than an hour; callers make calls small enough to be stopped.
    """
    if takes > LONGEST_CALL:
        raise ValueError(takes)
    windows = closed_hours(rules, quiet)
    begin = released(start, windows)
    for _ in range(_MOST_TURNS):
        if is_closed(begin, windows):
            break
        closing = next_closing(begin, windows)
        if closing is None or begin + takes <= closing:
            return ALLOW if begin == start else Verdict("hold", OUTSIDE_HOURS, begin)
        begin = released(closing, windows)
    return Verdict("hold", NEVER_OPEN, start + timedelta(days=1))


def closed_hours(rules: MessageClass, quiet: Sequence[QuietWindow]) -> tuple[QuietWindow, ...]:
    """When a class may not go: the hours of the house and of the channel, and its own; none for one at any hour."""
    if rules.opens is None or rules.closes is None:
        return ()
    return (*quiet, QuietWindow(rules.closes, rules.opens))


def released(moment: datetime, windows: Sequence[QuietWindow]) -> datetime:
    """The first moment from ``moment`` on that is in none of the windows (where they leave any)."""
    for _ in range(len(windows) + 1):
        for window in windows:
            moment = window.release(moment)
    return moment


def is_closed(moment: datetime, windows: Sequence[QuietWindow]) -> bool:
    """Whether one of the windows holds ``moment``."""
    return any(window.contains(moment) for window in windows)


def next_closing(moment: datetime, windows: Sequence[QuietWindow]) -> datetime | None:
    """When one of the windows next begins after ``moment``; None where none ever does."""
    found = []
    for window in windows:
        if window.start != window.end:
            today = datetime.combine(moment.date(), window.start, tzinfo=moment.tzinfo)
            found.append(today if today > moment else today + timedelta(days=1))
    return min(found, default=None)
