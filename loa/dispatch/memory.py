"""What a process knows of its own work and no book can tell it: how fast its disk is, what it never let out."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from statistics import median

from loa.clock.steady import real_seconds
from loa.dispatch.gate import Gate
from loa.store.fence import NOTHING, Sight

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
        self.never_left: set[tuple[int, int]] = set()
        """Posts (id, attempt) that were claimed and certainly never handed to the wire."""
        self._doubtful: dict[tuple[str, int, int], float] = {}
        self._seconds = seconds
        self._commits: deque[float] = deque(maxlen=_COMMITS)
        self._mutex = threading.Lock()
        self._sight, self._seen_at = NOTHING, float("-inf")

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

    def sight(self, look: Callable[[], Sight]) -> Sight:
        """The last look at the book where it is fresh, else a new one. Who was suspended finds its look stale."""
        with self._mutex:
            if self._seconds() - self._seen_at > SHARED_LOOK_SECONDS:
                self._look_anew(look)
            return self._sight

    def sight_since(self, look: Callable[[], Sight], since: float) -> Sight:
        """A look that is not older than ``since``: an older one knows nothing of what was claimed then."""
        with self._mutex:
            if self._seen_at < since:
                self._look_anew(look)
            return self._sight

    def _look_anew(self, look: Callable[[], Sight]) -> None:
        begun = self._seconds()
        self._sight = look()
        self._seen_at = begun

    def doubtful(self, key: tuple[str, int, int], real: float) -> float:
        """Since when this process has known of a doubt (kind, id, attempt), in real seconds; from now on a new one."""
        return self._doubtful.setdefault(key, real)

    def settled(self, key: tuple[str, int, int]) -> None:
        """A doubt is over."""
        self._doubtful.pop(key, None)
