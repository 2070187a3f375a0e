"""What an office should hear of, as it stands in the book now."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from loa import store
from loa.dispatch import Desk
from loa.dispatch.late import LATE_AFTER
from loa.dispatch.reasons import LATE
from loa.dispatch.steady import doubt_of
from loa.messages import moment, sentence
from loa.store.alerts import ONCE, Seen
from loa.store.troubles import (
    SlotTrouble,
    doubtful_slots,
    due_count,
    is_something_due,
    late_slots,
    missed_slots,
    total_beats,
    waiting_for_account,
)

DOUBT_AFTER = timedelta(minutes=5)
"""What is in doubt is looked up; a person hears of it when that has taken so long."""
SILENT_AFTER = timedelta(minutes=3)
_MISSED_WITHIN = timedelta(hours=24)
_LONGEST_DETAIL = 300
LATE_CODE, UNKNOWN_CODE, AUTH_CODE, SILENT_CODE, NEVER_CODE = "E990", "E991", "E992", "E993", "E986"
BLOCKED_CODE, STOPPED_CODE, CLOCK_CODE = "E994", "E995", "E996"


def observe(desk: Desk) -> list[Seen]:
    """Every condition but the silence of the scheduler."""
    now = desk.clock.now()
    found = [*_clock(desk), *_stops(desk, now)]
    with desk.book.read() as connection:
        found += [*_slots(desk, connection, now), *_accounts(desk, connection, now)]
    return found


def silence(desk: Desk, look_seconds: float) -> list[Seen]:
    """That no scheduler gives a sign of life while something is due.

    The time of the last sign may be wrong where a clock was moved: its counter must also stand still for
    ``look_seconds`` before our own eyes.
    """
    now, seen = desk.clock.now(), store.worker_seen(desk.book)
    with desk.book.read() as connection:
        before = total_beats(connection)
        waits = is_something_due(connection, now)
    if not waits or (seen is not None and abs(now - seen) <= SILENT_AFTER):
        return []
    time.sleep(look_seconds)
    with desk.book.read() as connection:
        if total_beats(connection) != before:
            return []
        count = due_count(connection, now)
    if seen is None:
        return [Seen("heartbeat", "heartbeat", NEVER_CODE, {"count": str(count)})]
    last = moment(seen, desk.workspace.zone)
    return [Seen("heartbeat", "heartbeat", SILENT_CODE, {"last": last, "count": str(count)})]


def _slots(desk: Desk, connection: store.Connection, now: datetime) -> Iterator[Seen]:
    long_ways = [name for name, card in desk.cards.items() if card.bulk]
    late = late_slots(connection, due_before=now - LATE_AFTER, held_for=(LATE,), long_ways=long_ways)
    for each in late:
        yield _slot(desk, "late", "late", LATE_CODE, each)
    for each in missed_slots(connection, due_after=now - _MISSED_WITHIN):
        yield _slot(desk, "missed", "late", LATE_CODE, each, {ONCE: "1"})
    for each in doubtful_slots(connection, due_before=now - DOUBT_AFTER):
        yield _slot(desk, "unknown", "unknown", UNKNOWN_CODE, each)


def _slot(desk: Desk, word: str, kind: str, code: str, each: SlotTrouble, more: dict[str, str] | None = None) -> Seen:
    params = {
        "count": str(each.count),
        "item": each.item_title,
        "due": moment(each.due, desk.workspace.zone),
        "accounts": ", ".join(each.first),
    }
    return Seen(f"{word}/{each.campaign_id}/{each.item_id}/{each.due:%Y%m%dT%H%M}", kind, code, params | (more or {}))


def _accounts(desk: Desk, connection: store.Connection, now: datetime) -> Iterator[Seen]:
    """Accounts that a person must see to: paused until then, or found so by the daily look."""
    names = {each.id: each.name for each in desk.workspace.settings.accounts}
    codes = {each.account_id: each.code for each in store.pauses(connection, now) if each.until is None}
    for line in store.health_of_accounts(desk.book):
        if line.level == "stop":
            codes.setdefault(line.account_id, line.code)
    for account_id, code in sorted(codes.items()):
        params = {"account": account_id, "name": names.get(account_id, account_id), "reason": code}
        params["why"] = sentence(code, {"account": account_id, "detail": ""}, "vi")
        params["count"] = str(waiting_for_account(connection, account_id))
        yield Seen(f"auth/{account_id}", "auth", AUTH_CODE, params)


def _stops(desk: Desk, now: datetime) -> Iterator[Seen]:
    if blocked := store.read_note(desk.book, "blocked"):
        first = blocked.splitlines()[0][:_LONGEST_DETAIL]
        yield Seen("stopped/plan", "stopped", BLOCKED_CODE, {"detail": first})
    with desk.book.read() as connection:
        halt = store.stop_of(connection)
        count = due_count(connection, now) if halt else 0
    if halt and count:
        params = {"by": halt.by, "why": halt.why, "count": str(count)}
        yield Seen("stopped/all", "stopped", STOPPED_CODE, params)


def _clock(desk: Desk) -> Iterator[Seen]:
    if doubt := doubt_of(desk.book):
        params = {"host": doubt.host, "clock": doubt.clock, "kind": doubt.kind}
        yield Seen(f"clock/{doubt.host}", "clock", CLOCK_CODE, params)
