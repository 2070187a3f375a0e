"""The pulse: signs of life beside the work, and an eye on the counters of others.

A process that was suspended finds at its first pulse that it was declared gone, and ends this life; what it does in
between is fenced by the book. Counters are watched on the observer's own monotonic clock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from loa import logs, store
from loa.dispatch.desk import Desk

PULSE_SECONDS = 1.0
_LONGEST_LOOK = 3 * PULSE_SECONDS
"""An observer who was himself asleep has not seen others stand still meanwhile."""


class Watcher:
    """Tells whose counter has stood still for the lease while somebody was looking."""

    def __init__(self, lease: float = store.LEASE_SECONDS, tick: Callable[[], float] = time.monotonic) -> None:
        self._lease = lease
        self._tick = tick
        self._looked = tick()
        self._seen: dict[str, int] = {}
        self._still: dict[str, float] = {}

    def look(self, counters: Mapping[str, int]) -> frozenset[str]:
        """Take in how far everybody has come; the names of those that are gone."""
        now = self._tick()
        passed, self._looked = min(now - self._looked, _LONGEST_LOOK), now
        moved = {name for name, count in counters.items() if self._seen.get(name) != count}
        still = {name: self._still.get(name, 0.0) + passed for name in counters}
        self._still = {name: 0.0 if name in moved else length for name, length in still.items()}
        self._seen = dict(counters)
        return frozenset(name for name, length in self._still.items() if length >= self._lease)


class Pulse:
    """A thread that counts on for a process as long as the block lasts.

    ``term`` is that of a leader; one that has the others to look after declares those gone that stand still.
    ``when_lost`` hears, in the pulse's thread, that the process must not go on under this name.
    """

    def __init__(self, desk: Desk, when_lost: Callable[[], None], term: int | None = None) -> None:
        self._desk = desk
        self._when_lost = when_lost
        self._term = term
        self._others = Watcher()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._ended.wait(PULSE_SECONDS):
            try:
                if not self._beat():
                    self._when_lost()
                    return
            except Exception as error:  # noqa: BLE001 - a database that cannot be reached now is asked again in a second
                logs.tell("pulse_missed", "warning", error=type(error).__name__)

    def _beat(self) -> bool:
        desk = self._desk
        alive = store.sign_of_life(desk.book, desk.worker, desk.clock.now(), self._term)
        if alive and self._term is not None and not desk.book.is_sqlite:
            self._look_after_others()
        return alive

    def _look_after_others(self) -> None:
        """Before a name is declared gone, its sessions end: it may stand still in the midst of a transaction."""
        desk = self._desk
        with desk.book.read() as connection:
            here = store.workers_here(connection)
        counters = {each.id: each.beats for each in here if each.id != desk.worker}
        for gone in self._others.look(counters):
            logs.tell("worker_gone", "warning", gone=gone)
            store.end_sessions(desk.book, gone)
            store.declare_gone(desk.book, [gone])
