"""How the whole stands, for the status screen and today's page: questions that stay short however long the book is."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from loa import store
from loa.delivery import State
from loa.dispatch.backing_up import folder_of, made_at
from loa.dispatch.desk import Desk
from loa.dispatch.late import LATE_AFTER
from loa.dispatch.mourning import held_back, mourning_of
from loa.dispatch.reasons import LATE
from loa.dispatch.steady import doubt_of
from loa.messages import Lang, remedy, sentence
from loa.store import HealthLine
from loa.store.alerts import FAILED, alerts_untold
from loa.store.backup import backups_in
from loa.store.leading import WorkerRow
from loa.store.moving import moved_to
from loa.store.screen import counts_by_state, first_due, waiting_by_account
from loa.store.troubles import late_slots

LATE_SECONDS, SILENT_SECONDS = 60, 180
"""A sign of life comes every second: after so long it is late, after so long nobody is there."""
_LOW_DISK_MB = 500
_HELD_UP = ("due", "retry_later", "pending", "unknown")
"""States in which a stopped account keeps a delivery from going on."""


def facts_of(desk: Desk, lang: Lang = "vi") -> dict[str, Any]:
    """What concerns everything: the stop, the clock, the scheduler, accounts, what waits and what is in trouble."""
    with desk.book.read() as connection:
        halt = store.stop_of(connection)
    doubt = doubt_of(desk.book)
    return {
        "place": desk.book.place,
        "moved_to": moved_to(desk.book),
        "stopped": {"by": halt.by, "why": halt.why, "at": halt.at} if halt else None,
        "mourning": _mourning(desk),
        "clock_doubt": {"host": doubt.host, "clock": doubt.clock, "seconds": doubt.seconds} if doubt else None,
        "sandbox": store.is_of_sandbox(desk.book),
        "blocked": store.read_note(desk.book, "blocked"),
        "paused_accounts": _pauses(desk),
        "last_beat": store.worker_seen(desk.book),
        "scheduler": _scheduler(desk),
        "accounts_health": [_health(each, lang) for each in store.health_of_accounts(desk.book) if each.level != "ok"],
        "alerts_untold": _untold(desk),
        **_troubles(desk),
        **_machine(desk),
    }


def _mourning(desk: Desk) -> dict[str, Any] | None:
    """The days of mourning, until they are over and nothing of them is held any more."""
    days, held = mourning_of(desk), len(held_back(desk))
    is_over = days is None or desk.clock.now() >= days.span(desk.workspace.zone)[1]
    if is_over and not held:
        return None
    return (asdict(days) if days else {}) | {"held": held}


def _pauses(desk: Desk) -> list[dict[str, Any]]:
    with desk.book.read() as connection:
        pauses = store.pauses(connection, desk.clock.now())
        names = [each.account_id for each in pauses]
        waiting = waiting_by_account(connection, names, [State(each) for each in _HELD_UP]) if names else {}
    return [
        {"account": each.account_id, "until": each.until, "code": each.code, "detail": each.detail}
        | {"waiting": waiting.get(each.account_id, 0)}
        for each in pauses
    ]


def _scheduler(desk: Desk) -> dict[str, Any]:
    """Whether one is at work, who leads, and who else has signed in."""
    with desk.book.read() as connection:
        leader = store.leader_of(connection)
        here = store.workers_here(connection)
    seen = store.worker_seen(desk.book)
    age = (desk.clock.now() - seen).total_seconds() if seen else None
    gone = leader is not None and not leader.worker_id
    state = "never" if age is None else "silent" if gone or abs(age) > SILENT_SECONDS else "late"
    if age is not None and not gone and abs(age) <= LATE_SECONDS:
        state = "alive"
    return {
        "state": state,
        "seconds": age,
        "leader": leader.worker_id if leader else "",
        "term": leader.term if leader else 0,
        "ended": gone,
        "workers": [_worker(desk, each) for each in here],
    }


def _worker(desk: Desk, each: WorkerRow) -> dict[str, Any]:
    age = (desk.clock.now() - each.seen_at).total_seconds()
    return {"id": each.id, "kind": each.kind, "host": each.host, "seconds": age, "alive": abs(age) <= LATE_SECONDS}


def _health(each: HealthLine, lang: Lang) -> dict[str, Any]:
    """What the daily look at an account found, and what to do."""
    words = {"text": sentence(each.code, each.params, lang), "remedy": remedy(each.code, each.params, lang)}
    return {"account": each.account_id, "at": each.at, "level": each.level, "code": each.code} | words


def _untold(desk: Desk) -> list[dict[str, Any]]:
    with desk.book.read() as connection:
        rows = alerts_untold(connection)
    return [{"key": each.key, "code": each.params[FAILED], "tries": each.tries, "next": each.next_try} for each in rows]


def _troubles(desk: Desk) -> Mapping[str, Any]:
    """Counted: what waits for approval, is late, was missed, is in doubt."""
    long_ways = [name for name, card in desk.cards.items() if card.bulk]
    before = desk.clock.now() - LATE_AFTER
    with desk.book.read() as connection:
        counts = counts_by_state(connection)
        late = late_slots(connection, due_before=before, held_for=(LATE,), long_ways=long_ways)
        waiting = {"count": counts.get(State.AWAITING, 0), "first_due": first_due(connection, State.AWAITING)}
    return {
        "counts": counts,
        "waiting_for_approval": waiting,
        "late": sum(each.count for each in late),
        "missed": counts.get(State.MISSED, 0),
        "unknown": counts.get(State.UNKNOWN, 0) + counts.get(State.HUMAN, 0),
    }


def _machine(desk: Desk) -> Mapping[str, Any]:
    """The disk below the book, and the last backup."""
    var = desk.workspace.var
    free = shutil.disk_usage(var if var.is_dir() else desk.workspace.root).free // 2**20
    last = max(map(made_at, backups_in(folder_of(desk.workspace))), default=None)
    return {"disk_free_mb": free, "disk_low": free < _LOW_DISK_MB, "last_backup": last}
