"""What is done to finished pictures for those who look at them, in a process of its own that ends when it has rested.

A server that only shows stays small: the decoders and what they take never come into it, and a picture that crashes
one takes the darkroom with it and not the server.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

from loa.render.renderer import end_with_parent
from loa.render.thumbs import small_file, thumbnail

P = ParamSpec("P")
T = TypeVar("T")
REST_SECONDS = 20.0
"""Pages ask for their pictures within seconds of each other."""


class Darkroom:
    """Works for all threads of this process; its own process is started by the first picture that comes."""

    def __init__(self, rest_seconds: float = REST_SECONDS) -> None:
        self._rest_seconds = rest_seconds
        self._mutex = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._visitors = 0
        self._resting = threading.Timer(0, self._close)

    def small(self, source: Path, sha256: str, width: int, folder: Path) -> Path:
        """``loa.render.thumbs.thumbnail``; what was made before is only named."""
        target = small_file(sha256, width, folder)
        return target if target.is_file() else self._done(thumbnail, source, sha256, width, folder)

    def codes(self, path: Path) -> tuple[str, ...]:
        """``loa.render.codes.codes_of``."""
        return self._done(_codes, path)

    def difference(self, before: Path, after: Path, target: Path) -> float:
        """``loa.render.differences.pixel_difference``."""
        return self._done(_difference, before, after, target)

    def _done(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return self._once(work, *args, **kwargs)
        except BrokenProcessPool:  # perhaps it was another's picture
            return self._once(work, *args, **kwargs)

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
            self._resting.cancel()
            self._visitors += 1
            if self._pool is None:
                context = multiprocessing.get_context("spawn")  # as in loa.render.renderer.helpers
                self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_get_ready)
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


def _get_ready() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, with which this process ends
    threading.Thread(target=end_with_parent, daemon=True).start()


def _codes(path: Path) -> tuple[str, ...]:
    from loa.render.codes import codes_of  # noqa: PLC0415 - loaded in the darkroom only

    return codes_of(path)


def _difference(before: Path, after: Path, target: Path) -> float:
    from loa.render.differences import pixel_difference  # noqa: PLC0415 - the same

    return pixel_difference(before, after, target)


darkroom = Darkroom()
"""One is enough for all pages of a process."""
