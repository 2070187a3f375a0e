"""Rendering by a worker: a batch of orders, made by helper processes of this machine, into the common store."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING

from loa import logs
from loa.errors import LoaError
from loa.render import batches
from loa.render.renderer import helpers, in_helper
from loa.store.batches import end_batch, give_back, take_batch

if TYPE_CHECKING:
    from loa.dispatch import Desk
    from loa.workers.shift import Shift

_ASIDE_SECONDS = 5.0
"""So long a worker that refused stands aside: those that have the right files take the batch meanwhile."""


def at_once(threads: int) -> int:
    """How many batches this process takes at once, with not more helpers than ``threads`` or than it has processors.

    One more than helpers: while one is being shared, another is made.
    """
    _kitchen.helpers = min(threads, os.cpu_count() or 1)
    return _kitchen.helpers + 1


def render(shift: Shift, batch: str) -> None:
    """Make a batch, unless another makes it or nobody asks for it any more."""
    desk = shift.desk
    if shift.is_over() or not (orders := take_batch(desk.book, batch, desk.worker)):
        return
    try:
        made = _made(shift, orders)
    except BrokenProcessPool:  # a helper was killed, for want of memory perhaps
        _kitchen.close()
        give_back(desk.book, batch, desk.worker)
        raise
    end_batch(desk.book, batch, desk.worker, made.told())
    if made.refused:
        logs.tell("rendering_refused", "warning", why=made.refused)
        end = time.monotonic() + _ASIDE_SECONDS
        while time.monotonic() < end and not shift.is_over():
            time.sleep(0.2)


def _made(shift: Shift, told: str) -> batches.Made:
    renderer = shift.desk.renderer
    if renderer.exchange is None:
        return batches.Made(refused="media: –")
    if why := batches.differences(renderer.ws, told):
        return batches.Made(refused=", ".join(why))
    wanted = batches.heard(told)
    renderer.bring(wanted.values())
    missing = [(key, order) for key, order in wanted.items() if renderer.shelf.glance(key) is None]
    if missing:
        _kitchen.of(shift).submit(in_helper, renderer.ws.root, missing).result()
    # A file that changed while it was being read would give a picture under the name of another.
    if why := batches.differences(renderer.ws, told):
        return batches.Made(refused=", ".join(why))
    with suppress(LoaError):  # what does not get into the store is made by who asked for it
        renderer.shelf.share(wanted)
    return batches.Made()


class _Kitchen:
    """The helper processes of one life of a worker: they believe that files do not change, which ends that life."""

    def __init__(self) -> None:
        self.helpers = 1
        self._mutex = threading.Lock()
        self._desk: Desk | None = None
        self._pool: ProcessPoolExecutor | None = None

    def of(self, shift: Shift) -> ProcessPoolExecutor:
        with self._mutex:
            if self._pool is None or self._desk is not shift.desk:
                self._end()
                self._desk, self._pool = shift.desk, helpers(self.helpers)
            return self._pool

    def close(self) -> None:
        with self._mutex:
            self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = None


_kitchen = _Kitchen()
