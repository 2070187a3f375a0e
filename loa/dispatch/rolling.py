"""Rolling up: what the sendings or the recipients of deliveries say is what the deliveries stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from loa import store
from loa.delivery import Refused, State
from loa.dispatch import reasons
from loa.dispatch.actions import mark_post
from loa.dispatch.answers import lack_of
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.bulk.summary import Standing, standing
from loa.dispatch.package import action_of
from loa.store import DeliveryRow
from loa.store.bulk_counts import end_waiting, worst_doubt
from loa.store.together import DeliveryMove, move_together
from loa.store.windows import Ended, Stands


def hold_siblings(connection: store.Connection, row: DeliveryRow, ending: Refused, now: datetime) -> None:
    """Content that a platform refused is not offered to that channel's other accounts without a person's word."""
    slot = row.key.rsplit("/", 2)[0].rsplit("/", 1)[0]
    for other in store.deliveries(connection, campaigns=[row.campaign_id], states=(State.APPROVED, State.DUE)):
        same = other.channel == row.channel and other.key.startswith(slot + "/") and other.id != row.id
        if same and action_of(other.package) == "publish":
            params = {"account": row.labels["account"], "detail": ending.detail}
            store.move_delivery(connection, other, State.HELD, at=now, reason=reasons.CONTENT_REFUSED, params=params)


_ROLLED = (State.DUE, State.RETRY_LATER, State.SENDING, State.PENDING, State.UNKNOWN, State.HUMAN)
_GIVEN_UP = (State.CANCELLED, State.MISSED)
"""A call that was on the wire just then may end in doubt, which is told, or put its people back, who end with it."""
_TOLD = (State.DONE, State.PENDING, State.HUMAN)
"""What became of a post that was on the wire while its delivery was held or given up is told. What did not leave, or
may not have, stays held."""
_ORDER = (State.HUMAN, State.UNKNOWN, State.SENDING, State.DUE, State.RETRY_LATER, State.PENDING)


def roll_up(connection: store.Connection, ids: Iterable[int], now: datetime) -> None:
    """Bring deliveries to the state that their sendings or recipients say."""
    for delivery_id in sorted(ids):
        row = store.delivery_by_id(connection, delivery_id, held=True)
        if row.state in _ROLLED:
            bring_to_standing(connection, row, now)
        elif row.state in _GIVEN_UP and is_to_people(row):
            end_waiting(connection, row.id, row.state, row.reason)
            if worst_doubt(connection, row.id):
                bring_to_standing(connection, row, now)
        elif not is_to_people(row):
            posts = store.state_counts(connection, [row.id]).get(row.id, {})
            if any(_is_told(row.state, post) for post in posts):
                bring_to_standing(connection, row, now)


def _is_told(delivery: State, post: State) -> bool:
    """Whether where a post stands says what became of a delivery that was held or given up meanwhile."""
    if post == State.REFUSED:
        return delivery == State.HELD
    return post in _TOLD and delivery in (*store.OPEN, *_GIVEN_UP)


def roll_up_posts(
    connection: store.Connection, ended: Sequence[Stands], rows: Mapping[int, DeliveryRow], now: datetime
) -> None:
    """``roll_up`` for a window of public posts: those that are all there is of their delivery, in a few statements."""
    moves: list[DeliveryMove] = []
    for each in ended:
        if each.posts != 1:
            roll_up(connection, [each.ended.sending.delivery_id], now)
        elif each.state in _ROLLED or _is_told(each.state, each.ended.values["state"]):
            move = _alone(each.ended, each.state, each.reason)
            moves += [move] if move else []
    move_together(connection, moves, at=now)
    for move in moves:
        row = rows[move.delivery_id]
        if move.after == State.DONE and action_of(row.package) != "publish":
            mark_post(connection, row, now)


def _alone(each: Ended, state: State, reason: str) -> DeliveryMove | None:
    """Where a delivery goes with its only post; None where it stands there."""
    values = each.values
    if values["state"] == State.DONE:
        code, params = lack_of(values.get("hint", each.sending.hint))
    else:
        code = values.get("code", "")
        params = {"detail": values.get("detail", "")} if code else {}
    if (values["state"], code) == (state, reason):
        return None
    return DeliveryMove(each.sending.delivery_id, state, values["state"], code, params)


def bring_to_standing(connection: store.Connection, row: DeliveryRow, now: datetime) -> None:
    """Bring a delivery, whatever it was held or ended for, to the state that its sendings or recipients say."""
    found = _standing(connection, row)
    if found is None:
        return
    state, reason, params = found
    if state != row.state or reason != row.reason:
        store.move_delivery(connection, row, state, at=now, reason=reason, params=params)
        if state == State.DONE and action_of(row.package) != "publish":
            mark_post(connection, row, now)


def _standing(connection: store.Connection, row: DeliveryRow) -> Standing | None:
    """What the sendings of a delivery say of it, or its recipients; None where there are no sendings."""
    if is_to_people(row):
        return standing(connection, row.id)
    counts = store.state_counts(connection, [row.id]).get(row.id, {})
    return _summary(connection, row.id, counts) if counts else None


def _summary(connection: store.Connection, delivery_id: int, counts: Mapping[State, int]) -> Standing:
    if open_state := next((state for state in _ORDER if counts.get(state)), None):
        return open_state, *_why(connection, delivery_id, open_state)
    if counts.get(State.DONE):
        return State.DONE, *_lack(connection, delivery_id)
    worst = next(state for state in (State.REFUSED, State.MISSED, State.CANCELLED) if counts.get(state))
    return worst, *_why(connection, delivery_id, worst)


def _lack(connection: store.Connection, delivery_id: int) -> tuple[str, dict[str, str]]:
    [each] = store.sendings(connection, delivery_ids=[delivery_id], states=(State.DONE,))
    return lack_of(each.hint)


def _why(connection: store.Connection, delivery_id: int, state: State) -> tuple[str, dict[str, str]]:
    each = store.sendings(connection, delivery_ids=[delivery_id], states=(state,))[0]
    return each.code, {"detail": each.detail} if each.code else {}
