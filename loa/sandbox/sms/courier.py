"""Brings receipts and citizens' texts to the application: on time, in order, repeated where it must be.

It never calls anything off this machine.

On the real time a thread carries them. On a simulated clock nothing moves by itself: who moves the clock calls
``deliver``, which returns when all that is due is out.
"""

from __future__ import annotations

import heapq
import http.client
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import Protocol
from urllib.parse import urlsplit

from loa.clock import Clock
from loa.sandbox.sms.order import WebCall

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ATTEMPT_SECONDS = 5.0
LONGEST_SETTLE = 120.0
BREATH = 1.0
_GOOD = range(200, 300)


class Errand(Protocol):
    """Something to bring. After it is out, or given up, ``then`` is what comes next of the same message."""

    def dress(self) -> WebCall | None: ...

    @property
    def retries(self) -> Sequence[float]: ...

    def then(self) -> tuple[float, Errand] | None: ...

    def done(self) -> None: ...


@dataclass
class Tally:
    """What the status page tells."""

    delivered: int = 0
    failed: int = 0
    """Tries that the application did not answer with HTTP 2xx."""
    given_up: int = 0


class Courier:
    """A queue by moments, and one connection for each application."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[float, int, int, Errand]] = []
        self._count = 0
        self._lock = Condition()
        self._turn = Lock()
        self._connections: dict[str, http.client.HTTPConnection] = {}
        self._thread: Thread | None = None
        self._ended = False
        self.tally = Tally()
        self.refused = Counter[str]()
        """Hosts off this machine that were to be called → how often."""

    @property
    def waiting(self) -> int:
        return len(self._heap)

    def add(self, errands: Sequence[tuple[float, Errand]]) -> None:
        """Queue errands with their moments (seconds since 1970)."""
        with self._lock:
            for moment, errand in errands:
                self._push(moment, errand, 0)
            self._lock.notify()

    def deliver(self, longest: float = LONGEST_SETTLE) -> bool:
        """Bring all that is due by the clock, in order of the moments. False: ``longest`` real seconds were too few."""
        until = time.monotonic() + longest
        with self._turn:
            while (taken := self._take()) is not None:
                self._bring(*taken)
                if time.monotonic() > until:
                    return self._take_back()
        return True

    def now(self, errand: Errand) -> None:
        """Bring one errand at once, whatever else is due."""
        with self._turn:
            self._bring(self._clock.now().timestamp(), 0, errand)

    def start(self) -> None:
        """Carry by the real time until ``stop``."""
        self._ended = False
        self._thread = Thread(target=self._run, name="loa-sandbox-courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        with self._lock:
            self._ended = True
            self._lock.notify()
        if self._thread is not None:
            self._thread.join(ATTEMPT_SECONDS + BREATH)
            self._thread = None
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()

    def _run(self) -> None:
        while not self._ended:
            self.deliver(BREATH)
            with self._lock:
                if not self._ended and not self._is_due():
                    self._lock.wait(self._pause())

    def _pause(self) -> float:
        if not self._heap:
            return BREATH
        return min(BREATH, max(0.0, self._heap[0][0] - self._clock.now().timestamp()))

    def _is_due(self) -> bool:
        return bool(self._heap) and self._heap[0][0] <= self._clock.now().timestamp()

    def _take_back(self) -> bool:
        with self._lock:
            return not self._is_due()

    def _take(self) -> tuple[float, int, Errand] | None:
        with self._lock:
            if self._ended or not self._is_due():
                return None
            moment, _, attempt, errand = heapq.heappop(self._heap)
            return moment, attempt, errand

    def _push(self, moment: float, errand: Errand, attempt: int) -> None:
        self._count += 1
        heapq.heappush(self._heap, (moment, self._count, attempt, errand))

    def _bring(self, moment: float, attempt: int, errand: Errand) -> None:
        call = errand.dress()
        if call is not None and not self._told(call):
            if attempt < len(errand.retries):
                with self._lock:
                    self._push(moment + errand.retries[attempt], errand, attempt + 1)
                return
            self.tally.given_up += 1
        errand.done()
        if following := errand.then():
            with self._lock:
                self._push(*following, 0)

    def _told(self, call: WebCall) -> bool:
        """Whether the application has it; what may not be called counts as told, and is noted."""
        address = urlsplit(call.url)
        if address.scheme != "http" or address.hostname not in LOOPBACK:
            self.refused[address.hostname or "?"] += 1
            return True
        if self._status(call) in _GOOD:
            self.tally.delivered += 1
            return True
        self.tally.failed += 1
        return False

    def _status(self, call: WebCall) -> int:
        """HTTP status of the application's answer; 0: none came."""
        place = urlsplit(call.url)
        target = place.path + (f"?{place.query}" if place.query else "")
        kept = place.netloc in self._connections
        for again in (kept, False):  # the application may have closed the connection that was kept
            try:
                return self._ask(place.netloc, call, target or "/")
            except (OSError, http.client.HTTPException) as error:
                self._forget(place.netloc)
                if not (again and isinstance(error, ConnectionError)):
                    return 0
        return 0

    def _ask(self, netloc: str, call: WebCall, target: str) -> int:
        connection = self._connections.get(netloc)
        if connection is None:
            connection = self._connections[netloc] = _connect(netloc)
        connection.request(call.method, target, call.body or None, dict(call.headers))
        with connection.getresponse() as answer:
            answer.read()
            return answer.status

    def _forget(self, netloc: str) -> None:
        if connection := self._connections.pop(netloc, None):
            connection.close()


def _connect(netloc: str) -> http.client.HTTPConnection:
    host = urlsplit(f"//{netloc}")
    return http.client.HTTPConnection(_numeric(host.hostname or ""), host.port or 80, timeout=ATTEMPT_SECONDS)


def _numeric(host: str) -> str:
    """No name is looked up: the loopback name stands for the loopback address."""
    return "::1" if host == "::1" else "127.0.0.1"
