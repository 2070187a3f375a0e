"""What the answers of a window mean for the book: written together, in the transaction that claims the next."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from loa import store
from loa.delivery import Done, Pending, Refused, RetryLater, State, Unknown
from loa.dispatch import reasons
from loa.dispatch.answers import Answer, values_of
from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of
from loa.dispatch.posts.claim import Ready
from loa.dispatch.posts.wire import Fate
from loa.dispatch.rolling import hold_siblings, roll_up_posts
from loa.store import AccountPause, windows
from loa.store.windows import Ended

MOST_TRIES = 30
"""A post that could not be sent so often is refused, until a person has it tried again."""
_FIRST_STEP, _LONGEST_STEP = timedelta(seconds=2), timedelta(minutes=15)
_MOST_DOUBLINGS = 20
_NO_WAY = frozenset({"E601"})
"""The platform could not be reached at all: what holds for one post holds for the account's next one."""


def back_off(tries: int, chance: float) -> timedelta:
    """How long to wait after so many failed tries: any part of a step (``chance``, 0 to 1) that doubles, to a most."""
    step: timedelta = min(_FIRST_STEP * 2 ** min(tries, _MOST_DOUBLINGS), _LONGEST_STEP)
    return step * chance


def record(desk: Desk, connection: store.Connection, answers: Sequence[tuple[Ready, Fate]]) -> None:
    """Write a group of answers. An answer to a post that was taken over meanwhile changes nothing."""
    now = desk.clock.now()
    asked_later = [ready.sending.id for ready, fate in answers if _is_later(fate)]
    tries = windows.tries(connection, asked_later) if asked_later else {}
    ended, pauses = [], []
    for ready, fate in answers:
        one, rest = _ended(desk, ready, fate, tries.get(ready.sending.id, 0), now)
        ended.append(one)
        pauses += rest
    mine = windows.record(connection, ended, owner=desk.worker, now=now)
    for pause in pauses:
        store.pause_account(connection, pause, now)
    roll_up_posts(connection, mine, {ready.delivery.id: ready.delivery for ready, _ in answers}, now)
    for ready, fate in answers:
        if not isinstance(fate, Answer):
            continue
        match fate.ending:
            case Done() | Pending():
                desk.memory.taken += 1
            case Refused(scope="content") if action_of(ready.delivery.package) == "publish":
                hold_siblings(connection, ready.delivery, fate.ending, now)  # those that are not out by now
            case Unknown():
                desk.memory.doubtful(("sending", ready.sending.id, ready.sending.attempt + 1), desk.clock.real())


def _is_later(fate: Fate) -> bool:
    return isinstance(fate, Answer) and isinstance(fate.ending, RetryLater)


def _ended(desk: Desk, ready: Ready, fate: Fate, tries: int, now: datetime) -> tuple[Ended, list[AccountPause]]:
    account_id = ready.sending.account_id
    if not isinstance(fate, Answer):
        return Ended(ready.sending, {"state": State.DUE, "next_try": now, "code": "", "detail": ""}, "put back"), []
    card = desk.cards[ready.delivery.channel]
    values = values_of(fate.ending, card, now, now)
    pauses = list(fate.pauses(account_id))
    if isinstance(fate.ending, RetryLater):
        values = _again(fate.ending, values, tries, now)
        if values["state"] == State.RETRY_LATER and fate.ending.code in _NO_WAY and not pauses:
            pauses.append(AccountPause(account_id, values["next_try"], fate.ending.code, fate.ending.detail))
    return Ended(ready.sending, values), pauses


def _again(ending: RetryLater, values: dict[str, Any], tries: int, now: datetime) -> dict[str, Any]:
    """When a post that was certainly not sent is tried again: never before the platform's word, and not for ever."""
    if tries + 1 >= MOST_TRIES:
        detail = f"{tries + 1} × {ending.code} {ending.detail}".strip()
        return {"state": State.REFUSED, "next_try": None, "code": reasons.TRIED_TOO_OFTEN, "detail": detail}
    wait = back_off(tries, random.random())  # noqa: S311 - so that many do not come back in one moment
    return values | {"next_try": max(ending.at, now + wait)}
