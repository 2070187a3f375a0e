"""Claim → publish → record: the intents of a window are in the book before its first byte leaves.

While one window of an account is on the wire the next is claimed, in the transaction that writes the last answers.
"""

from __future__ import annotations

import gc
import time
from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache

from loa.dispatch.desk import Desk
from loa.dispatch.package import action_of
from loa.dispatch.posts.claim import Claims, Paces, Ready, claim
from loa.dispatch.posts.record import record
from loa.dispatch.posts.wire import Fate, NotGone, Wire
from loa.engine import Lanes
from loa.store import DeliveryRow, windows

Takes = Callable[[DeliveryRow], bool]
"""Which deliveries a round is about."""
_QUEUED = 4
"""So many accounts are claimed for each thread, so that none waits for the disk where each has little to send."""

_QUIET_SECONDS, _DRY_SECONDS = 0.02, 1.0
"""An account that waits for its pace while something of it is on the wire is asked again after so long, one that has
nothing more later; what comes meanwhile is found when the round is over.
"""


def anything(_row: DeliveryRow) -> bool:
    """Every delivery."""
    return True


def is_takedown(row: DeliveryRow) -> bool:
    """Whether a delivery takes a post down."""
    return action_of(row.package) == "remove"


def send_due(
    desk: Desk,
    takes: Takes = anything,
    *,
    until: datetime | None = None,
    accounts: Collection[str] | None = None,
) -> int:
    """Send the public posts that may leave now by ``accounts`` (None: all); how many were answered.

    ``takes`` is ``anything`` or ``is_takedown``. From ``until`` on nothing more is claimed.

    Raises:
        StoreError: E701, the book could not be written.
    """
    _settled_in()
    round_ = _Round(desk, accounts, until, only_takedowns=takes is is_takedown)
    lanes = Lanes[Ready, Fate](round_.wire.carry)
    try:
        with lanes:
            while round_.turn(lanes):
                pass
    finally:
        desk.memory.keep_back(_claim_of(each) for each in lanes.left)
    return round_.sent


@cache
def _settled_in() -> None:
    """What a process has loaded by its first round stays for good: no search for garbage walks through it any more."""
    gc.freeze()


class _Round:
    """One round of sending: which accounts still have something, and what of them is on the wire."""

    def __init__(
        self, desk: Desk, accounts: Collection[str] | None, until: datetime | None, *, only_takedowns: bool
    ) -> None:
        self.wire = Wire(desk)
        self.sent = 0
        self._desk, self._until, self._only_takedowns = desk, until, only_takedowns
        self._paces = Paces(desk)
        self._out: Counter[str] = Counter()
        self._quiet: dict[str, float] = {}
        give_back(desk)
        with desk.book.read() as connection:
            waiting = windows.waiting_accounts(connection)
        self._waiting = deque(each for each in waiting if accounts is None or each in accounts)

    def turn(self, lanes: Lanes[Ready, Fate]) -> bool:
        """Write what was answered and claim what follows, in one transaction; False at the end."""
        wanted = self._wanted(lanes)
        answers = lanes.collect(wait=not wanted, group=max(self._desk.memory.window // 2, 1))
        wanted = wanted or self._wanted(lanes)
        if not answers and not wanted:
            return bool(self._out.total())
        claimed = self._written(answers, wanted)
        self.wire.handed_over()
        for account_id, window in claimed.windows.items():
            if window:
                self._out[account_id] += len(window)
                lanes.put(account_id, window)
        return True

    def _wanted(self, lanes: Lanes[Ready, Fate]) -> list[str]:
        """The accounts of which more is claimed now: each in its turn, and no more than will soon be served."""
        if self._until is not None and self._desk.clock.now() >= self._until:
            return []
        found: list[str] = []
        room, now, window = lanes.room(_QUEUED), time.monotonic(), self._desk.memory.window
        for _ in range(len(self._waiting)):
            account_id = self._waiting[0]
            self._waiting.rotate(-1)
            is_new = not self._out[account_id]
            if is_new and not room:
                continue
            if self.wire.is_broken(account_id) or self._quiet.get(account_id, 0) > now:
                continue
            if self._out[account_id] > window // 2:  # enough until the next commit; all of it is in doubt at a crash
                continue
            if lanes.takes(account_id):
                found.append(account_id)
                room -= is_new
        return found

    def _written(self, answers: Sequence[tuple[Ready, Fate]], wanted: Sequence[str]) -> Claims:
        claimed = Claims()
        memory = self._desk.memory
        try:
            with self._desk.book.write() as connection:
                if answers:
                    record(self._desk, connection, answers)
                if wanted:
                    claimed = claim(self._desk, connection, self._paces, wanted, only_takedowns=self._only_takedowns)
                begun = time.perf_counter()
            memory.committed(time.perf_counter() - begun)
        except BaseException:
            # The claims may be on the disk all the same (a journal that is full comes after it): nothing of them left.
            kept_back = [ready for ready, fate in answers if isinstance(fate, NotGone)]
            memory.keep_back(_claim_of(each) for each in (*kept_back, *claimed.all()))
            raise
        self._settle(answers, wanted, claimed)
        return claimed

    def _settle(
        self,
        answers: Sequence[tuple[Ready, Fate]],
        wanted: Sequence[str],
        claimed: Claims,
    ) -> None:
        for ready, fate in answers:
            account_id = ready.sending.account_id
            self._out[account_id] -= 1
            self.sent += not isinstance(fate, NotGone)
            if not self._out[account_id] and self.wire.is_broken(account_id):
                self.wire.mend(account_id)
        for account_id in wanted:
            if account_id in claimed.windows:
                continue
            if self._out[account_id]:
                quiet = _DRY_SECONDS if account_id in claimed.dry else _QUIET_SECONDS
                self._quiet[account_id] = time.monotonic() + quiet
            else:
                self._waiting.remove(account_id)


def _claim_of(ready: Ready) -> tuple[int, int]:
    return ready.sending.id, ready.sending.attempt + 1


def give_back(desk: Desk) -> int:
    """Posts that were claimed and certainly never handed to the wire go back in line; how many."""
    if not (posts := desk.memory.kept_back()):
        return 0
    try:
        with desk.book.write() as connection:
            return windows.give_back(connection, posts, owner=desk.worker, now=desk.clock.now())
    except BaseException:
        desk.memory.keep_back(posts)  # they are told of again when the book can be written
        raise
