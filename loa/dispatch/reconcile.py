"""Doubt into certainty: what was cut off is looked up, what is processing is followed, the rest goes to a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from loa import logs, store
from loa.delivery import (
    Absent,
    AuthNeeded,
    CannotTell,
    ChannelCard,
    Done,
    Found,
    LookUp,
    Pending,
    Receipt,
    Refused,
    RetryLater,
    State,
    Unknown,
)
from loa.dispatch import reasons
from loa.dispatch.answers import Answer, doubtful, values_of, waits_for_person
from loa.dispatch.desk import Desk
from loa.dispatch.memory import Doubt
from loa.dispatch.outbox import give_back
from loa.dispatch.package import action_of
from loa.dispatch.posts.wire import message_of
from loa.dispatch.rolling import roll_up
from loa.engine import carry
from loa.store import DeliveryRow, SendingRow
from loa.store.windows import times_sent

MOST_CRASHES = 3
MOST_ATTEMPTS = 10
"""A sending that was looked up as absent so often is a riddle for a person, not work for a machine."""
MOST_FOLLOW_UPS = 100
"""A post that is not finished after so many looks, and cannot even be asked after, goes to a person."""
LONGEST_PROCESSING = timedelta(hours=24)
"""A post that its platform is still processing after so long goes to a person."""
_Written = tuple[dict[str, Any], Answer | None]
_Answers = Sequence[tuple[SendingRow, _Written]]


def recover(desk: Desk, here: Collection[str] = ()) -> int:
    """After a crash: what was on the wire is in doubt, but for what the workers that are ``here`` have there still.

    One that crashed us often goes to a person.
    """
    if desk.worker not in here:
        give_back(desk)
    now = desk.clock.now()
    with desk.book.write() as connection:
        found = store.recover(connection, here)
        rows = _rows(connection, found)
        for each in found:
            values = _after_crash(desk, rows[each.delivery_id], each, now)
            store.move_sending(connection, each, values, at=now, cause="recover")
            desk.memory.doubtful(_doubt_of(each), desk.clock.real())
        roll_up(connection, set(rows), now)
    return len(found)


def _doubt_of(each: SendingRow) -> Doubt:
    return "sending", each.id, each.attempt


def _after_crash(desk: Desk, row: DeliveryRow, each: SendingRow, now: datetime) -> dict[str, Any]:
    crashes = {"crashes": each.crashes + 1, "code": reasons.CRASHED}
    if each.crashes + 1 >= MOST_CRASHES:
        return crashes | {"state": State.HUMAN, "next_try": None, "code": reasons.CRASHED_OFTEN}
    return doubtful(desk.cards[row.channel], now) | crashes


def follow_up(desk: Desk) -> None:
    """Ask after what the platform is still processing."""
    _ask(desk, State.PENDING, _followed)


def look_up_doubtful(desk: Desk) -> None:
    """Decide what can be decided by reading the platform."""
    _ask(desk, State.UNKNOWN, lambda desk, row, each: (_looked_up(desk, row, each), None))


def _ask(desk: Desk, state: State, question: Any) -> None:
    now = desk.clock.now()
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return
        resting = {pause.account_id for pause in store.pauses(connection, now)}
        asked = store.sendings(connection, states=(state,), next_try_before=now)
        ripe = [each for each in asked if each.account_id not in resting]
        rows = _rows(connection, ripe)
    if state == State.UNKNOWN:
        ripe = [each for each in ripe if _has_settled(desk, rows[each.delivery_id], each)]
    by_account: dict[str, list[SendingRow]] = {}
    for each in ripe:
        by_account.setdefault(each.account_id, []).append(each)
    carry(by_account, lambda each: question(desk, rows[each.delivery_id], each), lambda found: _write(desk, found))


def _has_settled(desk: Desk, row: DeliveryRow, each: SendingRow) -> bool:
    """Whether the settle time has really passed since we saw the doubt arise: a clock that was set proves nothing."""
    return desk.memory.has_settled(_doubt_of(each), desk.clock.real(), desk.cards[row.channel].settle)


def _rows(connection: store.Connection, found: Sequence[SendingRow]) -> dict[int, DeliveryRow]:
    return {each.delivery_id: store.delivery_by_id(connection, each.delivery_id) for each in found}


def _write(desk: Desk, answers: _Answers) -> None:
    now = desk.clock.now()
    with desk.book.write() as connection:
        for each, (values, answer) in answers:
            store.move_sending(connection, each, values, at=now, cause="reconcile")
            if values["state"] != State.UNKNOWN:
                desk.memory.settled(_doubt_of(each))
            for pause in answer.pauses(each.account_id) if answer else ():
                store.pause_account(connection, pause, now)
        roll_up(connection, {each.delivery_id for each, _ in answers}, now)


def _followed(desk: Desk, row: DeliveryRow, each: SendingRow) -> _Written:
    now = desk.clock.now()
    card = desk.cards[row.channel]
    receipt = Receipt(each.platform_id, each.url, each.hint)
    try:
        publisher = desk.publisher_of(each.account_id)
        answer = Answer(publisher.follow_up(message_of(desk, row, each), receipt), publisher.rest())
    except Exception as error:  # noqa: BLE001 - the door of the wire: asking may fail, the question stays open
        logs.trouble("follow_up_failed", error, account=each.account_id)
        return _ask_again(each, now, card.settle, type(error).__name__), None
    match answer.ending:
        case Unknown(_, detail) | RetryLater(_, _, detail):
            # The platform has it already: whatever keeps us from asking, it must not be sent again.
            return _ask_again(each, now, card.settle, detail), answer
        case AuthNeeded(code, detail) | Refused(code, detail, "account"):
            return {"code": code, **_ask_again(each, now, card.settle, detail), "detail": detail}, answer
        case Pending(told) if _is_stuck(each, card, told, now):
            return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL}, answer
        case Pending(told):
            return _still_pending(each, told, values_of(answer.ending, card, each.sent_at or now, now)), answer
        case _:
            return values_of(answer.ending, card, each.sent_at or now, now), answer


def _is_stuck(each: SendingRow, card: ChannelCard, told: Receipt, now: datetime) -> bool:
    """Whether a platform has been "still processing" for longer than any does; what waits for a person may wait."""
    if card.by_hand or waits_for_person(told.details) or each.sent_at is None:
        return False
    return now - each.sent_at > LONGEST_PROCESSING


def _still_pending(each: SendingRow, told: Receipt, values: dict[str, Any]) -> dict[str, Any]:
    """The platform goes on with it. What is unchanged is not written: a person may have added a word meanwhile."""
    if dict(told.details) == dict(each.hint):
        del values["hint"]
    # Looks at what waits for a person are no sign of a riddle: they are not counted.
    return values if waits_for_person(told.details) else values | {"look_ups": each.look_ups + 1}


def _ask_again(each: SendingRow, now: datetime, wait: timedelta, detail: str) -> dict[str, Any]:
    if each.look_ups >= MOST_FOLLOW_UPS:
        return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL, "detail": detail}
    later = now + max(wait, timedelta(seconds=1))
    return {"state": State.PENDING, "next_try": later, "look_ups": each.look_ups + 1}


def _looked_up(desk: Desk, row: DeliveryRow, each: SendingRow) -> dict[str, Any]:
    now = desk.clock.now()
    card = desk.cards[row.channel]
    sent_at = each.sent_at or now
    if card.read_back == "key":
        with desk.book.read() as connection:
            first_sent = store.first_sent(connection, each.id) or sent_at
        return _by_key(each, now, first_sent + card.key_life)
    try:
        answer: LookUp = desk.publisher_of(each.account_id).look_up(message_of(desk, row, each), sent_at, each.hint)
    except Exception as error:  # noqa: BLE001 - the door of the wire: a look that failed decides nothing
        logs.trouble("look_up_failed", error, account=each.account_id)
        answer = CannotTell(type(error).__name__)
    match answer:
        case Found():
            return _found(desk, row, each, answer)
        case Absent() if _times_sent(desk, each) >= MOST_ATTEMPTS:
            return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL, "detail": each.detail}
        case Absent():
            return {"state": State.DUE, "next_try": now, "code": reasons.LOOKED_ABSENT, "detail": ""}
        case CannotTell(detail, final):
            return _look_again(each, sent_at, () if final else card.look_ups, detail)


def _times_sent(desk: Desk, each: SendingRow) -> int:
    with desk.book.read() as connection:
        return times_sent(connection, each.id)


def _found(desk: Desk, row: DeliveryRow, each: SendingRow, found: Found) -> dict[str, Any]:
    """It is there; what is left of it (captions, a comment, processing) is the follow-up's work."""
    now, card = desk.clock.now(), desk.cards[row.channel]
    if _is_taken(desk, row, each, found.receipt):
        return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL, "detail": each.detail}
    ending = Pending(found.receipt, found.check_at) if found.check_at else Done(found.receipt)
    return values_of(ending, card, each.sent_at or now, now) | {"look_ups": 0, "detail": ""}


def _is_taken(desk: Desk, row: DeliveryRow, each: SendingRow, receipt: Receipt) -> bool:
    """Whether what was found is another post of ours: two with the same words can be told apart by a person only."""
    if action_of(row.package) != "publish":
        return False  # a change is found at the very post that it changes
    with desk.book.read() as connection:
        return store.is_held_by_another(connection, each, receipt.platform_id)


def _by_key(each: SendingRow, now: datetime, key_dies: datetime) -> dict[str, Any]:
    """The gateway remembers the key: the same call again sends nothing twice, for as long as the key lives."""
    if now < key_dies:
        return {"state": State.DUE, "next_try": now, "code": each.code, "detail": each.detail}
    return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL, "detail": each.detail}


def _look_again(each: SendingRow, sent_at: datetime, look_ups: Sequence[timedelta], detail: str) -> dict[str, Any]:
    done = each.look_ups + 1
    if done < len(look_ups):
        return {"state": State.UNKNOWN, "next_try": sent_at + look_ups[done], "look_ups": done, "detail": detail}
    return {"state": State.HUMAN, "next_try": None, "code": reasons.CANNOT_TELL, "detail": detail}
