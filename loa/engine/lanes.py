"""Lanes: an account's work stays in order and in one thread at a time, while more of it is being prepared."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

Row = TypeVar("Row")
Answer = TypeVar("Answer")

_THREADS = 8
_DEEP = 2
"""Portions of a lane: one on the wire, one ready to follow it."""
_GROUP, _MOST_ANSWERS = 32, 512
_PATIENCE = 0.02
"""Seconds for which a group waits for one more answer: one commit then holds many."""
_MOST_THREADS = 32
_LEAST_THREADS = 2
_EAGER = 0.7
"""Threads that only wait for the wire cost nothing, and there may be many. Those that wait for each other take time
from all: of them there are this part of those that would run without waiting, and one more.
"""
_SMOOTH = 32
"""Rows over which it is averaged how long a thread waits for each second that it works."""
_LEAST_CPU_SECONDS, _MOST_RATIO = 1e-5, 100.0


class Lanes(Generic[Row, Answer]):
    """Sends portions of rows by lane; answers are collected by the caller's thread in groups.

    ``send`` must answer for every row. Where it raises all the same, ``collect`` does.
    """

    def __init__(self, send: Callable[[Row], Answer]) -> None:
        self._send = send
        self._pool = ThreadPoolExecutor(max_workers=_MOST_THREADS)
        self._mutex = threading.Lock()
        self._waiting: dict[str, deque[Sequence[Row]]] = defaultdict(deque)
        self._running: set[str] = set()
        self._line: deque[str] = deque()
        self._serving = 0
        self._wall_by_cpu = float(_THREADS)
        self._portions: Counter[str] = Counter()
        self._answers: queue.SimpleQueue[tuple[Row, Answer] | BaseException] = queue.SimpleQueue()
        self._out = 0
        self._given_up = self._is_over = False
        self._freed = True
        self.left: list[Row] = []
        """Rows that were given up before they were sent, once the block has ended."""

    def __enter__(self) -> Lanes[Row, Answer]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._given_up = kind is not None  # the caller broke: what it cannot record must not go out any more
        with self._mutex:
            self._is_over = True
        self._pool.shutdown()
        self.left += [row for portions in self._waiting.values() for rows in portions for row in rows]

    @property
    def is_busy(self) -> bool:
        """Whether answers are still to come."""
        return self._out > 0

    def freed(self) -> bool:
        """Whether some lane that is at work, or none is, takes another portion now."""
        with self._mutex:
            self._freed = False
            return not self._running or any(self._portions[lane] < _DEEP for lane in self._running)

    def has_room(self, lane: str) -> bool:
        """Whether a lane takes another portion now, and a thread serves it at once."""
        with self._mutex:
            return self._portions[lane] < _DEEP and (lane in self._running or len(self._running) < _THREADS)

    def takes(self, lane: str) -> bool:
        """Whether a lane takes another portion, for a thread to come to it when it can."""
        with self._mutex:
            return self._portions[lane] < _DEEP

    def room(self, each: int) -> int:
        """How many more lanes may begin, where each thread has up to ``each`` of them to serve in turns."""
        with self._mutex:
            self._freed = False
            return max(self._threads * each - len(self._running), 0)

    @property
    def _threads(self) -> int:
        return min(max(round(self._wall_by_cpu * _EAGER + 1), _LEAST_THREADS), _MOST_THREADS)

    def put(self, lane: str, rows: Sequence[Row]) -> None:
        """Hand over a portion; it goes out after those that the lane has already."""
        self._out += len(rows)
        with self._mutex:
            self._portions[lane] += 1
            self._waiting[lane].append(rows)
            if lane not in self._running:
                self._running.add(lane)
                self._line.append(lane)
            self._call_up()

    def _call_up(self) -> None:
        """As many threads as the wire is worth; the caller holds the mutex."""
        while self._serving < min(self._threads, len(self._running)):
            self._serving += 1
            self._pool.submit(self._serve)

    def _learn(self, wall: float, cpu: float) -> None:
        """A row took so many seconds, and so many of its thread's own."""
        ratio = min(wall / max(cpu, _LEAST_CPU_SECONDS), _MOST_RATIO)
        with self._mutex:
            self._wall_by_cpu += (ratio - self._wall_by_cpu) / _SMOOTH
            if not self._is_over:
                self._call_up()

    def collect(self, *, wait: bool, group: int = _GROUP) -> list[tuple[Row, Answer]]:
        """The answers that are there; with ``wait`` at least one, and until a lane has room a group of them."""
        found = [self._next(wait=True, patience=None)] if wait and self._out else []
        while len(found) < min(_MOST_ANSWERS, self._out):
            patient = wait and len(found) < group and not self._freed
            try:
                found.append(self._next(wait=patient, patience=_PATIENCE))
            except queue.Empty:
                break
        self._out -= len(found)
        return found

    def _next(self, *, wait: bool, patience: float | None) -> tuple[Row, Answer]:
        answer = self._answers.get(wait, patience)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _serve(self) -> None:
        """One thread: the lanes in turns, a portion of each."""
        while True:
            with self._mutex:
                if self._given_up or not self._line:
                    self._serving -= 1
                    return
                lane = self._line.popleft()
                rows = self._waiting[lane].popleft()
            self._send_all(rows)
            with self._mutex:
                self._portions[lane] -= 1
                self._freed = True
                if self._waiting[lane]:
                    self._line.append(lane)
                else:
                    self._running.discard(lane)
                if self._serving > self._threads:
                    self._serving -= 1
                    return

    def _send_all(self, rows: Sequence[Row]) -> None:
        for place, row in enumerate(rows):
            if self._given_up:
                self.left += rows[place:]
                return
            wall, cpu = time.perf_counter(), time.thread_time()
            try:
                self._answers.put((row, self._send(row)))
            except BaseException as error:  # noqa: BLE001 - a thread that ends in silence would be waited for, for ever
                self._answers.put(error)
                self.left += rows[place + 1 :]
                return
            self._learn(time.perf_counter() - wall, time.thread_time() - cpu)
