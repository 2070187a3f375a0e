"""Claim → publish → record: the window of sendings whose intents are in the book before their first byte leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from loa import store
from loa.delivery import AuthNeeded, Message, Refused, RetryLater, State, Unknown
from loa.dispatch import reasons
from loa.dispatch.actions import mark_post
from loa.dispatch.answers import Answer, lack_of, values_of
from loa.dispatch.bulk.line import is_to_people
from loa.dispatch.bulk.summary import Standing, standing
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded, hold
from loa.dispatch.pace import due_by, release_moment
from loa.dispatch.package import action_of, attachments, opened
from loa.dispatch.references import WAIT, pointed_at
from loa.engine import carry
from loa.errors import LoaError
from loa.store import DeliveryRow, SendingRow
from loa.store.bulk_counts import end_waiting, worst_doubt

Takes = Callable[[DeliveryRow], bool]
"""Which deliveries a round is about."""


def anything(_row: DeliveryRow) -> bool:
    """Every delivery."""
    return True


def is_takedown(row: DeliveryRow) -> bool:
    """Whether a delivery takes a post down."""
    return action_of(row.package) == "remove"


def send_due(desk: Desk, takes: Takes = anything) -> int:
    """Send everything that is due and allowed now; the number of sendings that were answered."""
    sent = 0
    while window := _claim(desk, takes):
        rows = {row.id: row for row in _deliveries(desk, {each.delivery_id for each in window})}
        by_account: dict[str, list[SendingRow]] = {}
        for each in window:
            by_account.setdefault(each.account_id, []).append(each)
        carry(
            by_account,
            lambda each: _send(desk, rows[each.delivery_id], each),  # noqa: B023 - carry ends within the turn
            lambda answers: _record(desk, rows, answers),  # noqa: B023 - the same
        )
        sent += len(window)
    return sent


def _claim(desk: Desk, takes: Takes) -> list[SendingRow]:
    now = desk.clock.now()
    with desk.book.write() as connection:
        if store.stop_of(connection):
            return []
        ripe = store.ripe_deliveries(connection, now)
        paused = {pause.account_id for pause in store.pauses(connection, now)}
        rows = [
            row
            for row in store.deliveries(connection, states=(State.DUE, State.RETRY_LATER), due_before=due_by(desk, now))
            if row.id in ripe and takes(row) and row.account_id not in paused and release_moment(desk, row, now) <= now
        ]
        free, _ = guarded(desk, connection, rows)
        free = [row for row in free if _points_right(desk, connection, row, now)]
        hashes = {row.id: row.content_hash for row in free}
        return store.claim(connection, owner=desk.worker, now=now, hashes=hashes)


def _points_right(desk: Desk, connection: store.Connection, row: DeliveryRow, now: datetime) -> bool:
    """Whether the posts that a delivery points at are there; else it waits for them, or a person hears of it."""
    pointed = pointed_at(desk, connection, row)
    if pointed.lost:
        hold(desk, connection, row, reasons.REFERENCE_LOST, {"items": ", ".join(pointed.lost)})
    elif pointed.waiting:
        values = {"state": State.RETRY_LATER, "next_try": now + WAIT, "code": reasons.REFERENCE_MISSING}
        values |= {"detail": ", ".join(pointed.waiting)}
        ripe = store.sendings(connection, delivery_ids=[row.id], states=store.WAITING, next_try_before=now)
        for each in ripe:
            store.move_sending(connection, each, values, at=now, cause="wait")
        roll_up(connection, [row.id], now)
    return not (pointed.lost or pointed.waiting)


def _deliveries(desk: Desk, ids: Iterable[int]) -> list[DeliveryRow]:
    with desk.book.read() as connection:
        return [store.delivery_by_id(connection, each) for each in ids]


def _send(desk: Desk, row: DeliveryRow, each: SendingRow) -> Answer:
    """Send one. A stop that came after the claim still stops it: certainly not sent."""
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return Answer(RetryLater(desk.clock.now(), reasons.STOPPED))
    try:
        publisher = desk.publisher_of(each.account_id)
        message = message_of(desk, row, each)
    except LoaError as error:
        return Answer(AuthNeeded(error.code, ", ".join(error.params.values())))
    try:
        return Answer(publisher.publish(message), publisher.rest())
    except Exception as error:  # noqa: BLE001 - the door of the wire: a bug in a horn may have sent something
        return Answer(Unknown(reasons.HORN_BROKE, type(error).__name__))


def message_of(desk: Desk, row: DeliveryRow, each: SendingRow) -> Message:
    """The approved package as the message of one sending."""
    content = opened(row.package)
    return Message(
        key=hashlib.sha256(each.idem.encode()).hexdigest()[:32],
        text=content["text"],
        title=content["title"],
        summary=content["summary"],
        link=content["link"],
        attachments=attachments(content, desk.workspace),
        options=content["options"],
        action=content.get("action", "publish"),
        target=content.get("target", ""),
        references=_references(desk, row),
        due=row.due.astimezone(desk.workspace.zone),
        labels={**row.labels, **content.get("because", {})},
    )


def _references(desk: Desk, row: DeliveryRow) -> tuple[str, ...]:
    if not desk.cards[row.channel].refers_to:
        return ()
    with desk.book.read() as connection:
        return pointed_at(desk, connection, row).ids


def _record(desk: Desk, rows: Mapping[int, DeliveryRow], answers: Sequence[tuple[SendingRow, Answer]]) -> None:
    now = desk.clock.now()
    endings = [
        (each, values_of(answer.ending, desk.cards[rows[each.delivery_id].channel], now, now))
        for each, answer in answers
    ]
    with desk.book.write() as connection:
        store.record_endings(connection, endings, owner=desk.worker, now=now)
        for each, answer in answers:
            for pause in answer.pauses(each.account_id):
                store.pause_account(connection, pause, now)
            row = rows[each.delivery_id]
            if (
                isinstance(answer.ending, Refused)
                and answer.ending.scope == "content"
                and action_of(row.package) == "publish"
            ):
                hold_siblings(connection, row, answer.ending, now)
        roll_up(connection, {each.delivery_id for each, _ in answers}, now)


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
_ORDER = (State.HUMAN, State.UNKNOWN, State.SENDING, State.DUE, State.RETRY_LATER, State.PENDING)


def roll_up(connection: store.Connection, ids: Iterable[int], now: datetime) -> None:
    """Bring deliveries to the state that their sendings or recipients say."""
    for delivery_id in sorted(ids):
        row = store.delivery_by_id(connection, delivery_id)
        if row.state in _ROLLED:
            bring_to_standing(connection, row, now)
        elif row.state in _GIVEN_UP and is_to_people(row):
            end_waiting(connection, row.id, row.state, row.reason)
            if worst_doubt(connection, row.id):
                bring_to_standing(connection, row, now)


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
