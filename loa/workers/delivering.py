"""Delivering by a worker: everything that is ripe of one account, in its order, by its pace."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from loa import store
from loa.dispatch.delivering import drain, next_moment

if TYPE_CHECKING:
    from loa.workers.shift import Shift

_SLICE = timedelta(seconds=2)
"""So long a drain goes on before it is asked again whether it may."""
_TURN_SECONDS = 60.0
"""So long one account keeps a thread; then others that wait have their turn."""
_WORTH_WAITING = timedelta(seconds=10)
"""A next call within this time is waited for: the leader's next beat would be later."""
_STEP_SECONDS = 0.2


def deliver(shift: Shift, account_id: str) -> None:
    """Drain one account, unless another process is doing so in this moment.

    What an error kept from being written down is in doubt: the life of the worker ends with it, so that the leader
    looks it up.
    """
    try:
        with store.turns(shift.desk.book, {account_id}) as mine:
            _drain(shift, mine)
    except Exception:
        shift.break_off()
        raise


def _drain(shift: Shift, mine: Collection[str]) -> None:
    end = time.monotonic() + _TURN_SECONDS
    while mine and time.monotonic() < end and shift.may_go_on():
        until = shift.desk.clock.now() + _SLICE
        if not drain(shift.desk, until, mine) and not _waited(shift, mine):
            return


def _waited(shift: Shift, mine: Collection[str]) -> bool:
    """Wait for the account's next call, where it is close; False where there is none to wait for."""
    desk = shift.desk
    moment = next_moment(desk, mine)
    if moment is None or moment > desk.clock.now() + _WORTH_WAITING:
        return False
    end = time.monotonic() + max((moment - desk.clock.now()).total_seconds(), 0.0)
    if end <= time.monotonic():  # it is ripe and still does not leave: something else holds it back
        return False
    while time.monotonic() < end and not shift.is_over():
        time.sleep(min(_STEP_SECONDS, max(end - time.monotonic(), 0.0)))
    return not shift.is_over()
