"""Asking the accounts how they are, once a day and by ``loa doctor``: a dead token shows before its slot comes."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Mapping, Sequence
from datetime import timedelta

from loa import store
from loa.dispatch.desk import Desk
from loa.errors import LoaError
from loa.store import HealthLine

PATIENCE = timedelta(seconds=60)
"""How long one account may take to answer."""
_HANDS = 8
_WEATHER = frozenset({"E601", "E602", "E603", "E604"})
"""The network or the platform has a bad hour: nothing about the account itself is known to be wrong."""
_BREATH = 0.2
_Answers = queue.SimpleQueue[tuple[str, tuple[HealthLine, ...]]]


def look_after(desk: Desk, ended: threading.Event, pause: float = 0) -> None:
    """Ask every account, one after the other, and write into the book what it says; ends early with ``ended``.

    ``pause``: seconds between two accounts, at most; chance makes them uneven.
    """
    ids = [account.id for account in desk.workspace.settings.accounts]
    for gone in {line.account_id for line in store.health_of_accounts(desk.book)} - set(ids):
        store.replace_health(desk.book, gone, ())
    for account_id in ids:
        for lines in examine(desk, [account_id], ended=ended).values():
            if not ended.is_set():
                store.replace_health(desk.book, account_id, lines)
        if ended.wait(random.uniform(0, pause)):  # noqa: S311 - chance for the pace, no secret
            return


def examine(
    desk: Desk, ids: Sequence[str], patience: timedelta = PATIENCE, ended: threading.Event | None = None
) -> Mapping[str, tuple[HealthLine, ...]]:
    """What each of these accounts says, asked by a few threads; nobody is waited for longer than ``patience``.

    The threads are daemons: an account that never answers keeps no process from ending.
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    answers: _Answers = queue.SimpleQueue()
    for account_id in ids:
        waiting.put(account_id)
    hands = [
        threading.Thread(target=_ask, args=(desk, waiting, answers), name="loa-health", daemon=True)
        for _ in range(min(_HANDS, len(ids)))
    ]
    for hand in hands:
        hand.start()
    rounds = -(-len(ids) // _HANDS)
    told = dict(_collect(answers, len(ids), rounds * patience, ended or threading.Event()))
    for hand in hands:
        hand.join(_BREATH)  # one that broke still has to say so, before this process may end
    return {each: told.get(each) or _silence(desk, each, patience) for each in ids}


def _ask(desk: Desk, waiting: queue.SimpleQueue[str], answers: _Answers) -> None:
    while True:
        try:
            account_id = waiting.get_nowait()
        except queue.Empty:
            return
        lines: tuple[HealthLine, ...] = ()
        try:
            lines = _lines(desk, account_id)
        finally:  # a bug in a horn ends this thread, loudly; the account counts as silent
            answers.put((account_id, lines))


def _lines(desk: Desk, account_id: str) -> tuple[HealthLine, ...]:
    now = desk.clock.now()
    try:
        findings = desk.examiner_of(account_id).preflight()
    except LoaError as error:
        return (HealthLine(account_id, now, "stop", error.code, error.params),)
    return tuple(
        HealthLine(
            account_id,
            now,
            "warning" if each.level == "stop" and each.code in _WEATHER else each.level,
            each.code,
            {"account": account_id, "detail": each.detail},
        )
        for each in findings
    )


def _collect(
    answers: _Answers, count: int, patience: timedelta, ended: threading.Event
) -> list[tuple[str, tuple[HealthLine, ...]]]:
    """Answers as they come, until all are there, the patience is at its end or the process is."""
    told: list[tuple[str, tuple[HealthLine, ...]]] = []
    left = patience.total_seconds()
    while len(told) < count and left > 0 and not ended.is_set():
        try:
            told.append(answers.get(timeout=_BREATH))
        except queue.Empty:
            left -= _BREATH
    return told


def _silence(desk: Desk, account_id: str, patience: timedelta) -> tuple[HealthLine, ...]:
    seconds = {"account": account_id, "seconds": f"{patience.total_seconds():.0f}"}
    return (HealthLine(account_id, desk.clock.now(), "warning", "E930", seconds),)
