"""The gate of an account: what leaves it keeps its distance, whatever held up the one before. Nothing is caught up."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Gate:
    """Gives each post of a bucket its moment on a clock that nobody sets; threads may share it.

    ``free`` is the moment at which the next post of a bucket may leave. Moments of the same bucket lie at least its
    distance apart, also where several accounts and threads share it, and a late one pushes all that follow.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._mutex = threading.Lock()
        self._free: dict[str, float] = {}

    def wait(self, bucket: str, distance: float, turn: float, latest: float = float("inf")) -> float | None:
        """How many seconds a post still waits whose turn is at ``turn``; None where it could only leave too late.

        ``distance`` is in seconds, ``latest`` the last moment at which its turn may still be taken.
        """
        with self._mutex:
            now = self._seconds()
            moment = max(now, turn, self._free.get(bucket, now))
            if moment > latest:
                return None
            self._free[bucket] = moment + distance
            return moment - now
