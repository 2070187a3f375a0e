"""Rendering given to the workers: what is missing goes out in batches, and comes back through the common store.

Whatever the workers do not bring (all gone, other files, a store that broke off) is made here in the end.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from loa import store
from loa.dispatch import Desk
from loa.dispatch.pulse import Watcher
from loa.engine import jobs
from loa.errors import Problem
from loa.render import Asset, Order
from loa.render.batches import Made, told
from loa.render.renderer import Unmade, batches_of
from loa.store.batches import batches_at, clear_batches, free_batches, lay_batches, take_batch

JOB = "render"
_SIZE = 12
"""Pictures in a batch: a second or two of work, so that all workers end together."""
_LOOK_SECONDS = 0.2
_AGAIN_SECONDS = 5.0
"""So long nothing may move before this machine makes a batch itself, and jobs that got lost are made anew."""
_TRIES = 3
"""Workers that may refuse a batch before it is made here."""
Progress = Callable[[int, int], None]


def render_by_workers(
    desk: Desk, orders: Sequence[Order], progress: Progress, warn: Callable[[Problem], None]
) -> list[Asset | Unmade]:
    """The assets of ``orders``, in their order, or why one could not be made, as when they are made here.

    ``warn`` hears of workers that refuse to make them.
    """
    wanted, missing = desk.renderer.missing(orders)
    progress(len(wanted) - len(missing), len(wanted))
    _Commission(desk, missing, lambda done: progress(len(wanted) - len(missing) + done, len(wanted)), warn).run()
    return desk.renderer.try_all(orders, progress)


@dataclass
class _Commission:
    """The batches of one command, until each is made or given up."""

    desk: Desk
    missing: Mapping[str, Order]
    progress: Callable[[int], None]
    warn: Callable[[Problem], None]
    _parts: dict[str, Mapping[str, Order]] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)
    _taken: dict[str, str] = field(default_factory=dict)
    _refusals: Counter[str] = field(default_factory=Counter)
    _warned: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Hand everything out and wait until it is there, or was given up."""
        self._parts = {uuid.uuid4().hex: dict(part) for part in batches_of(self.missing, _SIZE)}
        self._open = set(self._parts)
        ws = self.desk.renderer.ws
        try:
            with self.desk.book.write() as connection:
                lay_batches(connection, {each: told(ws, part) for each, part in self._parts.items()})
            self._hand_over(self._open)
            self._wait()
        finally:
            clear_batches(self.desk.book, self._parts)

    def _wait(self) -> None:
        watcher, moved = Watcher(), time.monotonic()
        while self._open:
            time.sleep(_LOOK_SECONDS)
            with self.desk.book.read() as connection:
                rows = batches_at(connection, self._open)
                here = {each.id: each.beats for each in store.workers_here(connection) if each.kind != "clock"}
            alive = here.keys() - watcher.look(here)
            taken = {batch: row.taker for batch, row in rows.items() if row.taker}
            ended = {batch: Made.heard(row.made) for batch, row in rows.items() if row.made}
            if ended or taken != self._taken:
                moved = time.monotonic()
            self._taken = taken
            self._take_in(ended)
            self._free(batch for batch, taker in taken.items() if taker not in alive and batch not in ended)
            if not alive:
                return
            if time.monotonic() - moved > _AGAIN_SECONDS:
                self._help(sorted(self._open - taken.keys()))
                moved = time.monotonic()

    def _take_in(self, ended: Mapping[str, Made]) -> None:
        """What workers have told: assets are fetched in the background, refusals go to others."""
        for batch, made in ended.items():
            if made.refused and self._is_refused(batch, made.refused):
                continue
            self._open.discard(batch)
            if not made.refused:
                self.desk.renderer.shelf.bring(self._parts[batch], 0)
        if ended:
            self.progress(sum(len(part) for batch, part in self._parts.items() if batch not in self._open))

    def _is_refused(self, batch: str, why: str) -> bool:
        """Tell of it once; whether another worker may try."""
        host = self._taken[batch].rpartition(":")[0].rpartition(":")[0]
        if host not in self._warned:
            self._warned.add(host)
            template = next(iter(self._parts[batch].values())).template
            self.warn(Problem("E984", {"host": host, "template": template, "detail": why}, severity="warning"))
        self._refusals[batch] += 1
        if self._refusals[batch] >= _TRIES:
            return False
        self._free([batch])
        return True

    def _free(self, batches: Iterable[str]) -> None:
        """Take these from workers that are gone, or refused them, and hand them out again."""
        if freed := list(batches):
            with self.desk.book.write() as connection:
                free_batches(connection, freed)
                jobs.sweep(connection, store.LEASE_SECONDS)
            self._hand_over(freed)

    def _help(self, waiting: Sequence[str]) -> None:
        """Nobody takes anything: hand it out anew, and make one batch here."""
        if not waiting:
            return
        self._hand_over(waiting)
        mine = waiting[0]
        if take_batch(self.desk.book, mine, self.desk.worker):
            self.desk.renderer.try_all(list(self._parts[mine].values()))
            self._open.discard(mine)
            self.progress(sum(len(part) for batch, part in self._parts.items() if batch not in self._open))

    def _hand_over(self, batches: Collection[str]) -> None:
        with self.desk.book.write() as connection:
            jobs.hand_over(connection, JOB, batches)
