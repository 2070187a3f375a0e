"""The watch beside a scheduler: looks for trouble in a thread of its own, so that no beat waits for a mail server."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from loa import logs
from loa.alerts.conditions import observe
from loa.alerts.round import Way, tell_round
from loa.dispatch import Desk
from loa.errors import LoaError

LOOK_SECONDS = 15.0
_LAST_BREATH_SECONDS = 5.0


class Watch:
    """Looks every few seconds as long as the block lasts. That it looks is a sign that the scheduler runs."""

    def __init__(self, desk: Desk, ways: Sequence[Way], seconds: float = LOOK_SECONDS) -> None:
        self._desk = desk
        self._ways = ways
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name="loa-alerts", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(_LAST_BREATH_SECONDS)  # a mail server that is slow now keeps no process from ending

    def _go_on(self) -> None:
        while not self._ended.wait(self._seconds):
            try:
                tell_round(self._desk, self._ways, observe(self._desk))
            except LoaError as error:  # the book cannot be read or written now; the next look may
                logs.trouble("alerts_not_looked", error)
