"""Where a delivery to people stands as a whole, by its calls and recipients."""

from __future__ import annotations

from loa import store
from loa.delivery import State
from loa.dispatch import reasons
from loa.rules.guards import DO_NOT_CALL, OPTED_OUT
from loa.store import bulk_counts as counts

Standing = tuple[State, str, dict[str, str]]


def standing(connection: store.Connection, delivery_id: int) -> Standing:
    """State, reason and its parameters of a delivery that is laid out."""
    if doubt := counts.worst_doubt(connection, delivery_id):
        state, code, detail = doubt
        return state, code, {"detail": detail} if code else {}
    if counts.is_going_on(connection, delivery_id):
        return State.DUE, "", {}
    if (first := counts.first_held(connection, delivery_id)) is not None:
        return _after_canary(connection, delivery_id, first)
    return _ended(connection, delivery_id)


def _after_canary(connection: store.Connection, delivery_id: int, first_held: int) -> Standing:
    """The trial wave has ended: the rest waits for a person's yes."""
    wave = counts.first_wave_counts(connection, delivery_id, first_held)
    words = {"done": str(wave.get(State.DONE, 0)), "total": str(sum(wave.values()))}
    return State.HELD, reasons.CANARY_OUT, words


def _ended(connection: store.Connection, delivery_id: int) -> Standing:
    found = counts.recipient_counts(connection, [delivery_id]).get(delivery_id)
    if not found:
        return State.CANCELLED, reasons.NOBODY_LEFT, {}
    done, total = found.get(State.DONE, 0), sum(found.values())
    if done == total:
        return State.DONE, "", {}
    dropped = counts.dropped(connection, delivery_id, (OPTED_OUT, DO_NOT_CALL))
    if done + dropped == total:
        words = {"done": str(done), "dropped": str(dropped)}
        return State.DONE if done else State.CANCELLED, reasons.SOME_DROPPED, words
    if done:
        return State.DONE, reasons.PARTLY_DONE, {"done": str(done), "total": str(total)}
    worst = next(state for state in (State.REFUSED, State.MISSED, State.CANCELLED) if found.get(state))
    code = counts.some_code(connection, delivery_id, worst)
    return worst, code, {"detail": ""} if code else {}
