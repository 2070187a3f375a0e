"""A shift: what a worker's job may use, and when it must stop. Each kind of job is a function of a shift and a key."""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from loa import logs, store
from loa.dispatch import Desk
from loa.dispatch.beat import BLOCKED, SOURCES
from loa.dispatch.steady import Watchman
from loa.dispatch.watch import SourceWatch
from loa.workers.delivering import deliver
from loa.workers.rendering import render

_LOOK_SECONDS = 2.0
"""How old a look at the staff's files may be. What leaves is checked against its approval all the same."""


@dataclass
class Shift:
    """One life of a worker: its desk, under one name in the book, until it is over."""

    desk: Desk
    is_over: Callable[[], bool]
    """Set when the process is asked to end, or was declared gone: nothing more may be claimed."""
    break_off: Callable[[], None]
    """End this life: something broke, and what was on the wire is to be looked up."""
    _mutex: threading.Lock = field(default_factory=threading.Lock)
    _looked: float = 0.0
    _agrees: bool = False

    def __post_init__(self) -> None:
        self._watch = SourceWatch(self.desk.workspace)
        self._begun_with = self._watch.fingerprint()
        self._watchman = Watchman(self.desk, platform.node(), leads=False)

    def may_go_on(self) -> bool:
        """Whether this worker may do what the leader hands out: it lives, and has the files that the leader has.

        With other files it would hold what it does not know as changed.
        """
        if self.is_over():
            return False
        with self._mutex:
            if time.monotonic() >= self._looked + _LOOK_SECONDS:
                self._agrees = self._look()
                self._looked = time.monotonic()
            return self._agrees

    def has_changed(self) -> bool:
        """Whether the staff's files are not those any more with which this life began."""
        return self._watch.fingerprint() != self._begun_with

    def _look(self) -> bool:
        book = self.desk.book
        agrees = store.read_note(book, SOURCES) == self._watch.fingerprint() and not store.read_note(book, BLOCKED)
        agrees = self._watchman.look() is None and agrees  # a machine whose clock jumped waits until it is believed
        if agrees != self._agrees:
            logs.tell("worker_agrees" if agrees else "worker_stands_aside", "info" if agrees else "warning")
        return agrees


Work = Callable[[Shift, str], None]
JOBS: dict[str, Work] = {"deliver": deliver, "render": render}
"""What workers can do: the name of a job → what is done with its key. A job that runs twice must do no harm."""
