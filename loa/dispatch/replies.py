"""Confirming refusals, where the office has laid down the words: once to each, and never again in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from loa import logs, store
from loa.delivery import AuthNeeded, Batch, BatchAnswer, Done, Pending, Refused, RetryLater, State, Unknown
from loa.dispatch import reasons
from loa.dispatch.desk import Desk
from loa.dispatch.inbound import reply_text
from loa.errors import LoaError
from loa.store import replies
from loa.store.replies import ReplyRow

MOST_A_BEAT = 5
MOST_ATTEMPTS = 5
_AGAIN = timedelta(minutes=10)


def confirm_refusals(desk: Desk) -> None:
    """Send confirmations that are owed, by accounts that may send for real."""
    texts = {each.id: reply_text(desk.workspace, each.id) for each in desk.workspace.settings.accounts}
    if not any(texts.values()):
        return
    for _ in range(MOST_A_BEAT):
        row = _claim(desk, {account_id: text for account_id, text in texts.items() if text})
        if row is None:
            return
        answer = _sent(desk, row, texts[row.account_id])
        with desk.book.write() as connection:
            replies.end_reply(connection, row, *_ending(row, answer, desk.clock.now()))


def _claim(desk: Desk, texts: Mapping[str, str]) -> ReplyRow | None:
    """One at a time: a crash leaves one in doubt, not many."""
    now = desk.clock.now()
    with desk.book.write() as connection:
        resting = {pause.account_id for pause in store.pauses(connection, now)}
        may = [each for each, text in texts.items() if each not in resting and _may_say(desk, connection, each, text)]
        return replies.claim_reply(connection, may, now)


def _may_say(desk: Desk, connection: store.Connection, account_id: str, text: str) -> bool:
    """Whether a named person has let exactly these words go to everybody."""
    if desk.in_sandbox:
        return True
    armed = store.arming_of(connection, account_id)
    return armed is not None and armed.scope == store.ALL and armed.reply == text


def _sent(desk: Desk, row: ReplyRow, text: str) -> BatchAnswer:
    key = desk.vault.mark(f"reply {row.account_id} {row.mark.hex()} {row.at.isoformat()}")
    batch = Batch(key, text, (desk.vault.open(row.sealed),))
    try:
        horn = desk.publisher_of(row.account_id)
    except LoaError as error:
        return BatchAnswer(AuthNeeded(error.code, ""))
    try:
        return horn.submit(batch)  # type: ignore[attr-defined,no-any-return]  # only a BulkPublisher hears citizens
    except Exception as error:  # noqa: BLE001 - the door of the wire: a bug in a horn may have sent something
        logs.trouble("horn_broke", error, account=row.account_id)
        return BatchAnswer(Unknown(reasons.HORN_BROKE, type(error).__name__))


def _ending(row: ReplyRow, answer: BatchAnswer, now: datetime) -> tuple[State, str, datetime | None]:
    """The state, the code, and when it is sent again: only what certainly did not leave."""
    if answer.refused:
        return State.REFUSED, next(iter(answer.refused.values())).code, None
    match answer.ending:
        case Done() | Pending():
            return State.DONE, "", None
        case Unknown(code):
            return State.UNKNOWN, code, None
        case RetryLater(at, code) if row.attempt + 1 < MOST_ATTEMPTS:
            return State.DUE, code, at
        case AuthNeeded(code) | Refused(code, scope="account") if row.attempt + 1 < MOST_ATTEMPTS:
            return State.DUE, code, now + _AGAIN
        case RetryLater(_, code) | AuthNeeded(code) | Refused(code):
            return State.REFUSED, code, None
