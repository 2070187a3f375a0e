"""What a process knows of its own work and no book can tell it: how fast its disk is, what it never let out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from datetime import timedelta
from statistics import median
from typing import Any

from loa.clock.steady import real_seconds
from loa.dispatch.gate import Gate
from loa.store.fence import NOTHING, Sight

Doubt = tuple[str, int, int]
"""What is in doubt (``sending``, ``batch``), its number and its attempt."""
SHARED_LOOK_SECONDS = 0.05
"""Posts that follow each other closely share a look at the book."""
_LEAST, _MOST = 64, 256
_QUICK_SECONDS = 0.002
"""A commit of a good disk takes less; the slower it is, the more a window holds."""
_COMMITS = 9


def window_for(commit_seconds: float) -> int:
    """How many posts are claimed together where a commit takes so long: 64 to 256."""
    return round(min(max(_LEAST * commit_seconds / _QUICK_SECONDS, _LEAST), _MOST))


class Memory:
    """One for each process and desk; threads may share it."""

    def __init__(self, seconds: Callable[[], float] = real_seconds) -> None:
        self.gate = Gate(seconds)
        self._never_left: set[tuple[int, int]] = set()
        self.taken = 0
        """Posts and people of whom a platform said that it took them, since this process began."""
        self._doubts: dict[Doubt, float] = {}
        self._calls_never_left: list[Any] = []
        self._seconds = seconds
        self._commits: deque[float] = deque(maxlen=_COMMITS)
        self._mutex = threading.Lock()
        self._sight, self._seen_at = NOTHING, float("-inf")

    def keep_back(self, posts: Iterable[tuple[int, int]]) -> None:
        """Posts (id, attempt) were claimed, and certainly never handed to the wire."""
        with self._mutex:
            self._never_left |= set(posts)

    def kept_back(self) -> set[tuple[int, int]]:
        """The posts that were kept back, for the caller to give back; those that come meanwhile are for the next."""
        with self._mutex:
            found, self._never_left = self._never_left, set()
        return found

    def keep_calls_back(self, calls: Iterable[Any]) -> None:
        """Calls to people were claimed, and certainly never handed to the wire."""
        with self._mutex:
            self._calls_never_left += calls

    def calls_kept_back(self) -> list[Any]:
        """The calls that were kept back, as ``kept_back``."""
        with self._mutex:
            found, self._calls_never_left = self._calls_never_left, []
        return found

    def committed(self, seconds: float) -> None:
        """Learn how long a commit took."""
        self._commits.append(seconds)

    @property
    def window(self) -> int:
        """How many posts of an account are claimed together."""
        return window_for(median(self._commits)) if self._commits else _LEAST

    def seconds(self) -> float:
        """By the clock that the looks are measured with."""
        return self._seconds()

    def sight(self, look: Callable[[], Sight], *, is_shared: bool) -> Sight:
        """The last look at the book where it is fresh, else a new one. Who was suspended finds its look stale.

        Where a clock stands still there is nothing to be shared: everything happens in one moment.
        """
        with self._mutex:
            if not is_shared or self._seconds() - self._seen_at > SHARED_LOOK_SECONDS:
                self._look_anew(look)
            return self._sight

    def sight_of(self, sending_id: int, look: Callable[[], Sight], since: float) -> Sight:
        """A look at one post that is not older than ``since``, when it was claimed at the latest."""
        with self._mutex:
            if self._seen_at < since or not (self._sight.is_stopped or sending_id in self._sight.asked):
                self._look_anew(look)
            return self._sight

    def _look_anew(self, look: Callable[[], Sight]) -> None:
        begun = self._seconds()
        self._sight = look()
        self._seen_at = begun

    def doubtful(self, doubt: Doubt, real: float) -> None:
        """A doubt has arisen at this moment of a clock that nobody sets."""
        self._doubts.setdefault(doubt, real)

    def has_settled(self, doubt: Doubt, real: float, settle: timedelta) -> bool:
        """Whether so long has really passed since a doubt arose; one that is older than this process has its moment."""
        return real - self._doubts.get(doubt, float("-inf")) >= settle.total_seconds()

    def settled(self, doubt: Doubt) -> None:
        """A doubt is over."""
        self._doubts.pop(doubt, None)
