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
LONGEST_CALL = timedelta(hours=1)


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

    Raises:
        ValueError: one call takes longer than an hour; callers make calls small enough to be stopped.
    """
    if takes > LONGEST_CALL:
        raise ValueError(takes)
    if rules.opens is None or rules.closes is None:
        return ALLOW
    windows = (*quiet, QuietWindow(rules.closes, rules.opens))
    begin = _released(start, windows)
    while (end := _released(begin + takes, windows)) != begin + takes:
        begin = end
    return ALLOW if begin == start else Verdict("hold", OUTSIDE_HOURS, begin)


def _released(moment: datetime, windows: Sequence[QuietWindow]) -> datetime:
    """The first moment from ``moment`` on that is in none of the windows."""
    for _ in range(len(windows) + 1):
        for window in windows:
            moment = window.release(moment)
    return moment
