"""Days of national mourning: nothing public goes out on them, and what fell on them never goes out by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.dispatch.approval import Selection, demands_of, is_enough, standing
from loa.dispatch.audit import Who, deed_of, doer, note_deed
from loa.dispatch.bulk.line import put_forward
from loa.dispatch.desk import Desk
from loa.dispatch.halting import name_of
from loa.dispatch.mourning_days import Mourning, days_in, let_go, put_days
from loa.dispatch.outbox import is_takedown
from loa.dispatch.people import person_who_may
from loa.dispatch.person import AGAIN, settle
from loa.errors import ApprovalError, LoaError
from loa.store import Approval, DeliveryRow
from loa.store.audit import add_deeds

_MAY_GO_OUT = (State.PLANNED, State.AWAITING, State.APPROVED, State.DUE, State.RETRY_LATER)
_PATIENCE = timedelta(days=1)
"""What is released without its approval may wait so long for it."""


def mourning_of(desk: Desk) -> Mourning | None:
    """The days that were declared last, also where they lie ahead or are over."""
    with desk.book.read() as connection:
        return days_in(connection)


def mourn(desk: Desk, who: Who, why: str, first: date, last: date | None) -> int:
    """Hold everything that falls on these days, and from the first moment on all that waits; how many are held now.

    Raises:
        LoaError: E291 the last day comes before the first; E292 no reason was given.
    """
    if last is not None and last < first:
        raise LoaError("E291")
    if not why.strip():
        raise LoaError("E292")
    days = Mourning(first.isoformat(), last.isoformat() if last else "", name_of(who), why.strip())
    with desk.book.write() as connection:
        put_days(connection, days)
        words = {"why": days.why, "first": days.first, "last": days.last}
        note_deed(desk, who, "mourn", words=words, connection=connection)
    return hold_back(desk)


def end(desk: Desk, who: Who) -> None:
    """The days are over: what comes after goes out again; what was held stays held until a person releases it."""
    with desk.book.write() as connection:
        put_days(connection, None)
        note_deed(desk, who, "end mourning", connection=connection)


def hold_back(desk: Desk) -> int:
    """Hold whatever falls on the days, before anything else is decided of it; how many. A takedown is never held."""
    days = mourning_of(desk)
    if days is None:
        return 0
    now, (start, stop) = desk.clock.now(), days.span(desk.workspace.zone)
    # On the days nothing goes out that is late from before; afterwards a desk that slept through them holds theirs.
    since = None if start <= now < stop else start
    params = {"why": days.why, "by": days.by}
    with desk.book.write() as connection:
        rows = store.deliveries(connection, states=_MAY_GO_OUT, due_before=stop)
        falls = [row for row in rows if since is None or row.due >= since]
        held = [row for row in falls if row.key not in days.released and not is_takedown(row)]
        for row in held:
            store.move_delivery(connection, row, State.HELD, at=now, reason=reasons.MOURNING, params=params)
    return len(held)


def held_back(desk: Desk) -> list[DeliveryRow]:
    """What stands held for mourning, in the order in which it was due."""
    with desk.book.read() as connection:
        return [row for row in store.deliveries(connection, states=(State.HELD,)) if row.reason == reasons.MOURNING]


def release(desk: Desk, person: str, names: tuple[str, ...]) -> list[DeliveryRow]:
    """Let chosen deliveries (numbers or keys; ``all``) go on, on a named person's word; the others stay held.

    What was approved goes out; what was not waits for its approval again.

    Raises:
        ApprovalError: E501, E807 nobody of that name may; E504 none of them is held for mourning.
    """
    decider = person_who_may(desk, person, "publisher")
    chosen = [row for row in held_back(desk) if "all" in names or {row.key, str(row.id)} & set(names)]
    if not chosen:
        raise ApprovalError("E504")
    with desk.book.write() as connection:  # first: a beat in between must not hold them again
        let_go(connection, [row.key for row in chosen])
    now = desk.clock.now()
    with desk.book.read() as connection:
        ready = _approved(desk, connection, chosen)
    if late := [row.key for row in ready if row.due <= now]:
        settle(desk, Selection(keys=tuple(late)), person, AGAIN)
    others = [row for row in chosen if row.due > now or row not in ready]
    with desk.book.write() as connection:
        for row in others:
            if row in ready:  # its hour is still to come: it keeps its window
                put_forward(connection, row, now, decider.name)
            else:
                _await(connection, row, now, decider.name)
        add_deeds(connection, [deed_of(desk, doer(decider, ""), AGAIN, row.key, row.content_hash) for row in others])
    return chosen


def _approved(desk: Desk, connection: store.Connection, rows: list[DeliveryRow]) -> list[DeliveryRow]:
    """Those that may go out as they are."""
    decisions = store.approvals_of(connection, [row.key for row in rows])
    return [row for row in rows if row.content_hash and _is_enough(desk, row, decisions.get(row.key, []))]


def _is_enough(desk: Desk, row: DeliveryRow, decisions: list[Approval]) -> bool:
    approvals = standing(decisions, row.content_hash)
    return is_enough(approvals, row.labels["author"], demands_of(desk.workspace, row.package))


def _await(connection: store.Connection, row: DeliveryRow, now: datetime, by: str) -> None:
    """Back to waiting for its approval, with time left for it."""
    after = State.AWAITING if row.content_hash else State.PLANNED
    expires = max(row.expires, now + max(row.expires - row.due, _PATIENCE))
    words = {"by": by}
    store.move_delivery(
        connection, row, after, at=now, actor=by, reason=reasons.RELEASED, params=words, expires=expires
    )
