"""A process of its own for work that a server should not carry: begun by the first piece, ended when it has rested.

What the work takes never comes into the server, and what crashes takes this process with it and not the server.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from loa.render.renderer import end_with_parent, stand_aside

P = ParamSpec("P")
T = TypeVar("T")


class Apart:
    """Works for all threads of this process; ``aside``: it leaves the machine to whoever else wants it."""

    def __init__(self, rest_seconds: float, *, aside: bool = False) -> None:
        self._rest_seconds = rest_seconds
        self._aside = aside
        self._mutex = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._visitors = 0
        self.is_over = False
        self._resting = threading.Timer(0, self._close)

    def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``work`` returns; it is done twice where the process broke, and must stand that.

        Raises:
            BrokenProcessPool: it broke again.
        """
        try:
            return self._once(work, *args, **kwargs)
        except BrokenProcessPool:  # perhaps it was another's work
            if self.is_over:
                raise
            return self._once(work, *args, **kwargs)

    def end(self) -> None:
        """Nobody waits for what is still at work; it is broken off."""
        with self._mutex:
            self.is_over = True
            pool, self._pool = self._pool, None
        if pool is not None:
            for each in list(pool._processes.values()):  # noqa: SLF001 - terminate_workers() comes with Python 3.14
                each.terminate()
            pool.shutdown(wait=True, cancel_futures=True)  # it is soon over, and leaves no lock behind

    def _once(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._open() as pool:
            try:
                return pool.submit(work, *args, **kwargs).result()
            except BrokenProcessPool:
                with self._mutex:
                    self._pool = None if self._pool is pool else self._pool
                raise

    @contextmanager
    def _open(self) -> Iterator[ProcessPoolExecutor]:
        with self._mutex:
            if self.is_over:
                raise BrokenProcessPool("nobody waits for it any more")
            self._resting.cancel()
            self._visitors += 1
            if self._pool is None:
                context = multiprocessing.get_context("spawn")  # as in loa.render.renderer.helpers
                self._pool = ProcessPoolExecutor(1, context, _get_ready, (self._aside,))
            pool = self._pool
        try:
            yield pool
        finally:
            with self._mutex:
                self._visitors -= 1
                if not self._visitors:
                    self._resting.cancel()
                    self._resting = threading.Timer(self._rest_seconds, self._close)
                    self._resting.daemon = True
                    self._resting.start()

    def _close(self) -> None:
        with self._mutex:
            if self._pool is not None and not self._visitors:
                self._pool.shutdown(wait=False)
                self._pool = None


def _get_ready(aside: bool) -> None:  # noqa: FBT001 - a pool gives its arguments by place
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, with which this process ends
    if aside:
        stand_aside()
    threading.Thread(target=end_with_parent, daemon=True).start()
