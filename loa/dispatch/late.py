"""What is too late is set aside, visibly; what waits for a person or for a platform is not late."""

from __future__ import annotations

from datetime import datetime, timedelta

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.desk import Desk
from loa.dispatch.rolling import bring_to_standing
from loa.store import DeliveryRow
from loa.store.bulk_calls import stop_repeating
from loa.store.bulk_counts import end_waiting, waits

LATE_AFTER = timedelta(minutes=15)
"""What is due for so long and not out is told as late."""
_IN_DOUBT = (State.UNKNOWN, State.HUMAN)
_CAN_BE_LATE = (*store.OPEN, State.DUE, State.RETRY_LATER, *_IN_DOUBT)
_LATE_BECAUSE = {reasons.REFERENCE_MISSING: reasons.REFERENCE_TOO_LATE}
"""What it waited for in vain says more than that it is late."""


def set_aside(desk: Desk, now: datetime) -> int:
    """Set aside what can go out in time no more; how many deliveries count as missed."""
    with desk.book.write() as connection:
        rows = store.deliveries(connection, states=_CAN_BE_LATE, due_before=now, expires_before=now)
        late = [row for row in rows if _is_late(connection, row)]
        return sum(_too_late(connection, row, now) for row in late)


def _is_late(connection: store.Connection, row: DeliveryRow) -> bool:
    """Whether it, whose time has passed, is late: of what is in doubt only those who wait beside the doubtful call."""
    if row.reason in reasons.WAITS_FOR_A_PERSON:
        return False
    return row.state not in _IN_DOUBT or waits(connection, row.id)


def _too_late(connection: store.Connection, row: DeliveryRow, now: datetime) -> bool:
    """Set one late delivery aside, visibly; True when it counts as missed."""
    was_ready = row.state in (State.APPROVED, State.DUE, State.RETRY_LATER, *_IN_DOUBT)
    if was_ready and row.when_late == "ask" and row.reason != reasons.REFERENCE_MISSING:
        return store.move_delivery(connection, row, State.HELD, at=now, reason=reasons.LATE)
    after = State.CANCELLED if row.reason == reasons.WITHDRAWN else State.MISSED
    _end_waiting(connection, row, after, now)
    begun = was_ready or is_to_people(row)
    if begun and set(store.state_counts(connection, [row.id]).get(row.id, {})) - {after}:
        bring_to_standing(connection, row, now)  # some recipients have it: that part is done, not missed
        return True
    # Whatever kept it from being approved (a change, a return, a picture that is not made) is the reason to show.
    reason = (
        _LATE_BECAUSE.get(row.reason, reasons.TOO_LATE) if was_ready else row.reason or reasons.NOT_APPROVED_IN_TIME
    )
    params = dict(row.reason_params)
    return store.move_delivery(connection, row, after, at=now, reason=reason, params=params) and after == State.MISSED


def _end_waiting(connection: store.Connection, row: DeliveryRow, after: State, now: datetime) -> None:
    end_waiting(connection, row.id, after, reasons.TOO_LATE if after == State.MISSED else reasons.WITHDRAWN)
    stop_repeating(connection, row.id, reasons.CANNOT_TELL)
    for each in store.sendings(connection, delivery_ids=[row.id], states=store.WAITING):
        store.move_sending(connection, each, {"state": after, "next_try": None}, at=now, cause="late")
