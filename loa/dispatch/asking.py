"""Asking gateways what became of calls: for those that do not report by themselves, and for what a report forgot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from loa import store
from loa.delivery import Fate, Receipt, Told
from loa.dispatch.desk import Desk
from loa.dispatch.receipts import Heard, apply_news
from loa.engine import carry
from loa.errors import LoaError
from loa.store import fates
from loa.store.fates import CallRow, PersonRow

MOMENTS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(hours=72),
)
"""When a gateway is asked about a call, counted from the moment that it took the call."""
MOST_OF_AN_ACCOUNT = 4
"""Calls that one account is asked about in a beat: messages that are due must not wait for old ones."""


@dataclass(frozen=True, slots=True)
class _Question:
    call: CallRow
    people: tuple[PersonRow, ...]


def first_question(taken_at: datetime) -> datetime:
    """When to ask for the first time about a call that a gateway took."""
    return taken_at + MOMENTS[0]


def ask_gateways(desk: Desk) -> None:
    """Ask about calls whose turn it is, one after the other for each account, a few in each beat."""
    now = desk.clock.now()
    with desk.book.read() as connection:
        if store.stop_of(connection):
            return
        resting = {pause.account_id for pause in store.pauses(connection, now)}
        accounts = [each.id for each in desk.workspace.settings.accounts if each.id not in resting]
        calls = fates.calls_to_ask(connection, now, accounts, MOST_OF_AN_ACCOUNT)
        people = fates.people_of_calls(connection, calls)
    by_account: dict[str, list[_Question]] = {}
    for call in calls:
        theirs = tuple(row for row in people if row.batch_id == call.id)
        by_account.setdefault(call.account_id, []).append(_Question(call, theirs))
    carry(by_account, lambda each: _ask(desk, each), lambda answers: _write(desk, answers))


def _is_open(question: _Question) -> bool:
    """Whether anything is left to ask: reports may have told all of it meanwhile."""
    told = question.call.told_delivered + question.call.told_failed
    return told < question.call.size and any(row.fate < Fate.FAILED for row in question.people)


def _ask(desk: Desk, question: _Question) -> Told:
    call = question.call
    if not _is_open(question):
        return Told()
    numbers = tuple(desk.vault.open(row.sealed) for row in question.people)
    try:
        horn = desk.publisher_of(call.account_id)
        return horn.ask(Receipt(call.platform_id), call.key, numbers)  # type: ignore[attr-defined,no-any-return]  # only calls of a BulkPublisher are asked about
    except LoaError:  # asked again at the next of its moments
        return Told()
    except Exception:  # noqa: BLE001 - the door of the wire: asking may fail, and nothing is lost by it
        return Told()


def _write(desk: Desk, answers: Sequence[tuple[_Question, Told]]) -> None:
    now = desk.clock.now()
    heard = Heard()
    with desk.book.write() as connection:
        for question, told in answers:
            apply_news(desk, connection, question.call.account_id, told.receipts, heard)
            fates.ask_again(connection, question.call, _next(question, now))


def _next(question: _Question, now: datetime) -> datetime | None:
    """Its next moment; None where all is told or nobody expects an answer any more."""
    taken_at = question.call.done_at
    if taken_at is None or not _is_open(question):
        return None
    return next((taken_at + wait for wait in MOMENTS if taken_at + wait > now), None)
