"""Trying again what failed, on a named person's word: never what is done, never what nobody can vouch for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.actions import is_overtaken
from loa.dispatch.approval import Selection
from loa.dispatch.audit import deed_of, doer
from loa.dispatch.bulk.line import back_in_line, is_to_people
from loa.dispatch.desk import Desk
from loa.dispatch.pace import resume
from loa.dispatch.package import action_of
from loa.dispatch.people import person_who_may
from loa.errors import ApprovalError
from loa.store import DeliveryRow, Resumed
from loa.store.audit import add_deeds
from loa.store.bulk_counts import can_be_put_back, put_back

_HELD_FOR_A_REFUSAL = (reasons.CONTENT_REFUSED, reasons.REFERENCE_LOST)
_WAS_LATE = (reasons.TOO_LATE, reasons.REFERENCE_TOO_LATE, reasons.LATE)


@dataclass(frozen=True, slots=True)
class Retried:
    """What is tried again, by account; what stays because it is too late; and what became of stopped accounts."""

    accounts: Mapping[str, int]
    too_late: int
    resumed: Resumed


def retry(desk: Desk, selection: Selection, person: str, *, late: bool = False, origin: str = "") -> Retried:
    """Put what was refused, or held for a refusal, back in the line, and let the accounts of what waits go on.

    With ``late`` also what is past its lateness limit: it gets its window anew from now. Attempts are kept, so that the
    trail stays whole; done, pending and doubtful sendings are not looked at.

    Raises:
        ApprovalError: E501, E807 nobody of that name may decide; E561 there is nothing to try again.
    """
    decider = person_who_may(desk, person, "publisher")
    name, who = decider.name, doer(decider, origin)
    now = desk.clock.now()
    tried: Counter[str] = Counter()
    told = []
    too_late = 0
    with desk.book.write() as connection:
        rows = [row for row in store.deliveries(connection) if selection.takes(row)]
        for row in rows:
            if not _failed(connection, row) or _is_overtaken(connection, row):
                continue
            if row.expires < now and not late:
                too_late += 1
                continue
            _put_back(connection, row, now, name)
            tried[row.account_id] += 1
            told.append(deed_of(desk, who, "retry", row.key, row.content_hash))
        resumed = _resume(desk, connection, name, {row.account_id for row in rows if _waits(row)} | set(tried))
        told += [deed_of(desk, who, "resume account", account) for account in resumed.lifted]
        add_deeds(connection, told)
    if not (tried or too_late or resumed.lifted or resumed.resting):
        raise ApprovalError("E561")
    return Retried(tried, too_late, resumed)


def _waits(row: DeliveryRow) -> bool:
    """Whether something of it is still to be sent or asked: a stopped account keeps it from both."""
    return row.state in (State.DUE, State.RETRY_LATER, State.PENDING, State.UNKNOWN)


def _failed(connection: store.Connection, row: DeliveryRow) -> bool:
    """Whether something of a delivery failed for good or is held for a refusal, and a person may try it again."""
    if row.state == State.HELD:
        return row.reason in (*_HELD_FOR_A_REFUSAL, reasons.LATE)
    if row.state == State.MISSED:
        return row.reason in _WAS_LATE
    if row.state in (State.REFUSED, State.DONE):
        if is_to_people(row):
            return can_be_put_back(connection, row.id)
        counts = store.state_counts(connection, [row.id]).get(row.id, {})
        return bool(counts.get(State.REFUSED) or counts.get(State.MISSED))
    return False


def _is_overtaken(connection: store.Connection, row: DeliveryRow) -> bool:
    """An old correction must not come over a newer one, nor over a post that is gone."""
    return action_of(row.package) != "publish" and is_overtaken(connection, row)


def _put_back(connection: store.Connection, row: DeliveryRow, now: datetime, name: str) -> None:
    for each in store.sendings(connection, delivery_ids=[row.id], states=(State.REFUSED, State.MISSED)):
        values = {"state": State.DUE, "next_try": now, "look_ups": 0, "code": "", "detail": ""}
        store.move_sending(connection, each, values, at=now, actor=name, cause="retry")
    put_back(connection, row.id, now)
    after = back_in_line(connection, row)
    expires = row.expires if row.expires >= now else now + (row.expires - row.due)
    store.move_delivery(
        connection, row, after, at=now, actor=name, reason=reasons.RELEASED, params={"by": name}, expires=expires
    )


def _resume(desk: Desk, connection: store.Connection, name: str, accounts: set[str]) -> Resumed:
    stopped = {pause.account_id for pause in store.pauses(connection, desk.clock.now()) if pause.until is None}
    wanted = stopped & accounts
    return resume(desk, connection, name, wanted) if wanted else Resumed()
