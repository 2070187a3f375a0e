"""Once a day: numbers of people whose days are over are let go, and assets that nothing names any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from loa import logs, store
from loa.dispatch.clearing import clear_unused
from loa.dispatch.desk import Desk
from loa.errors import LoaError
from loa.recipients import purge

DAILY = timedelta(days=1)
_TIDIED = "tidied"


def tidy(desk: Desk) -> None:
    """Let go of what need not be kept, and note when that was done. A trouble with it keeps nothing from being sent."""
    try:
        purge(desk.workspace, desk.book, desk.clock, store.MACHINE)
        clear_unused(desk)
        store.note(desk.book, _TIDIED, desk.clock.now().isoformat())
    except (LoaError, OSError) as error:
        logs.trouble("tidying_failed", error)


def tidy_daily(desk: Desk) -> None:
    """The same for a run of a minute: where it was done last a day ago, or by a clock that was ahead."""
    written = store.read_note(desk.book, _TIDIED)
    if not written or not timedelta(0) <= desk.clock.now() - datetime.fromisoformat(written) < DAILY:
        tidy(desk)
