"""Claim → publish → record: the window of sendings whose intents are in the book before their first byte leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from loa import store
from loa.delivery import AuthNeeded, ChannelCard, Ending, Message, Refused, RetryLater, State, Unknown
from loa.dispatch import reasons
from loa.dispatch.answers import pause_of, values_of
from loa.dispatch.desk import Desk
from loa.dispatch.guard import guarded
from loa.dispatch.pace import due_by, release_moment
from loa.dispatch.package import attachments, opened
from loa.engine import carry
from loa.errors import LoaError
from loa.store import DeliveryRow, SendingRow

WINDOW = 64


def send_due(desk: Desk) -> int:
    """Send everything that is due and allowed now; the number of sendings that were answered."""
    sent = 0
    while window := _claim(desk):
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


def _claim(desk: Desk) -> list[SendingRow]:
    now = desk.clock.now()
    with desk.book.write() as connection:
        if store.stop_of(connection):
            return []
        paused = {pause.account_id for pause in store.pauses(connection, now)}
        rows = [
            row
            for row in store.deliveries(connection, states=(State.DUE, State.RETRY_LATER), due_before=due_by(desk, now))
            if row.account_id not in paused and release_moment(desk, row, now) <= now
        ]
        free, _ = guarded(desk, connection, rows)
        accounts = {row.account_id: _at_most(desk.cards[row.channel]) for row in free}
        hashes = {row.id: row.content_hash for row in free}
        return store.claim(connection, owner=desk.worker, now=now, accounts=accounts, hashes=hashes)


def _at_most(card: ChannelCard) -> int:
    """How many of one account leave in a window."""
    return WINDOW if card.to_recipients else 1


def _deliveries(desk: Desk, ids: Iterable[int]) -> list[DeliveryRow]:
    with desk.book.read() as connection:
        return [store.delivery_by_id(connection, each) for each in ids]


def _send(desk: Desk, row: DeliveryRow, each: SendingRow) -> Ending:
    """Send one. A stop that came after the claim still stops it: certainly not sent."""
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return RetryLater(desk.clock.now(), reasons.STOPPED)
    try:
        publisher = desk.publisher_of(each.account_id)
        message = message_of(desk, row, each)
    except LoaError as error:
        return AuthNeeded(error.code, ", ".join(error.params.values()))
    try:
        return publisher.publish(message)
    except Exception as error:  # noqa: BLE001 - the door of the wire: a bug in a horn may have sent something
        return Unknown(reasons.HORN_BROKE, type(error).__name__)


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
        recipient=desk.vault.open(each.recipient),
        options=content["options"],
        due=row.due.astimezone(desk.workspace.zone),
        labels=row.labels,
    )


def _record(desk: Desk, rows: Mapping[int, DeliveryRow], answers: Sequence[tuple[SendingRow, Ending]]) -> None:
    now = desk.clock.now()
    endings = [(each, _values(desk, rows[each.delivery_id], ending, now)) for each, ending in answers]
    with desk.book.write() as connection:
        store.record_endings(connection, endings, owner=desk.worker, now=now)
        for each, ending in answers:
            if pause := pause_of(ending, each.account_id):
                store.pause_account(connection, pause)
            if isinstance(ending, Refused) and ending.scope == "content":
                _hold_siblings(connection, rows[each.delivery_id], ending, now)
        roll_up(connection, {each.delivery_id for each, _ in answers}, now)


def _values(desk: Desk, row: DeliveryRow, ending: Ending, now: datetime) -> dict[str, Any]:
    return values_of(ending, desk.cards[row.channel], now, now)


def _hold_siblings(connection: store.Connection, row: DeliveryRow, ending: Refused, now: datetime) -> None:
    """Content that a platform refused is not offered to that channel's other accounts without a person's word."""
    slot = row.key.rsplit("/", 2)[0].rsplit("/", 1)[0]
    for other in store.deliveries(connection, campaigns=[row.campaign_id], states=(State.APPROVED, State.DUE)):
        if other.channel == row.channel and other.key.startswith(slot + "/") and other.id != row.id:
            params = {"account": row.labels["account"], "detail": ending.detail}
            store.move_delivery(connection, other, State.HELD, at=now, reason=reasons.CONTENT_REFUSED, params=params)


_ROLLED = (State.DUE, State.RETRY_LATER, State.SENDING, State.PENDING, State.UNKNOWN, State.HUMAN)
_ORDER = (State.HUMAN, State.UNKNOWN, State.SENDING, State.DUE, State.RETRY_LATER, State.PENDING)


def roll_up(connection: store.Connection, ids: Iterable[int], now: datetime) -> None:
    """Bring deliveries to the state that their sendings say."""
    for delivery_id in sorted(ids):
        row = store.delivery_by_id(connection, delivery_id)
        counts = store.state_counts(connection, [delivery_id]).get(delivery_id, {})
        if row.state not in _ROLLED or not counts:
            continue
        state, reason, params = _summary(connection, delivery_id, counts)
        if state != row.state or reason != row.reason:
            store.move_delivery(connection, row, state, at=now, reason=reason, params=params)


def _summary(
    connection: store.Connection, delivery_id: int, counts: Mapping[State, int]
) -> tuple[State, str, dict[str, str]]:
    if open_state := next((state for state in _ORDER if counts.get(state)), None):
        return open_state, *_why(connection, delivery_id, open_state)
    done, total = counts.get(State.DONE, 0), sum(counts.values())
    if done == total:
        return State.DONE, "", {}
    if done:
        return State.DONE, reasons.PARTLY_DONE, {"done": str(done), "total": str(total)}
    worst = next(state for state in (State.REFUSED, State.MISSED, State.CANCELLED) if counts.get(state))
    return worst, *_why(connection, delivery_id, worst)


def _why(connection: store.Connection, delivery_id: int, state: State) -> tuple[str, dict[str, str]]:
    each = store.sendings(connection, delivery_ids=[delivery_id], states=(state,))[0]
    return each.code, {"detail": each.detail} if each.code else {}
