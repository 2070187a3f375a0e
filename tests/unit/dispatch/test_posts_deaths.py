"""A scheduler that dies at any commit of posts, or on the wire itself: nothing is out twice, nothing is lost."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from loa import store
from loa.delivery import Absent, Done, Ending, Found, LookUp, Message, Receipt, RetryLater, State, Unknown
from loa.dispatch.delivering import drain
from loa.dispatch.memory import Memory
from loa.dispatch.promote import promote
from loa.dispatch.reconcile import follow_up, look_up_doubtful
from loa.store import Book

from .conftest import FIRST_SLOT, Stage
from .puppet import play

EACH = 4
"""Posts of each of two accounts, in windows of two."""
LEAST_COMMITS = 8
MOST_BEATS = 60


class _Death(BaseException):
    """Not an Exception: no door may catch it."""


class SmallWindows(Memory):
    window = 2


@dataclass
class Fate:
    """Dies at the n-th step: just before a commit, or just after it."""

    left: int
    moment: str = "before"

    def step(self) -> None:
        self.left -= 1
        if not self.left:
            raise _Death

    @contextmanager
    def write(self, book: Book) -> Iterator[Any]:
        with _write(book) as connection:
            yield connection
            if self.moment == "before":
                self.step()
        if self.moment == "after":
            self.step()


_write = Book.write


@dataclass
class Platform:
    """Every fifth post is not taken at first, every third one is taken without an answer. It outlives every death."""

    now: Callable[[], datetime]
    out: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    fate: Fate | None = None
    """Dies on the wire: before a post is out (odd), or after it (even), without an answer."""

    def publish(self, message: Message) -> Ending:
        self._step()
        self.asked[message.key] += 1
        kind = int(message.key[:4], 16)
        if kind % 5 == 0 and self.asked[message.key] == 1:
            return RetryLater(self.now() + timedelta(seconds=20), "E602")
        self.out[message.key] += 1
        self._step()
        return Unknown("E603", "") if kind % 3 == 0 else Done(Receipt(message.key))

    def look_up(self, message: Message) -> LookUp:
        return Found(Receipt(message.key)) if self.out[message.key] else Absent()

    def _step(self) -> None:
        if self.fate:
            self.fate.step()


@pytest.fixture
def ready(stage: Stage) -> Stage:
    stage.make_ready()
    stage.clock.move_to(FIRST_SLOT - timedelta(minutes=50))
    return stage


def lay(stage: Stage, name: str) -> list[int]:
    """Approved posts that are due now, of both pages; their numbers."""
    now = stage.clock.now()
    with stage.desk.book.write() as connection:
        planned = [each for each in store.deliveries(connection) if each.item_id == "tin-mot"]
        rows = [each for each in planned if each.key.endswith(each.account_id)]
        known = store.approvals_of(connection, [row.key for row in rows])
        keys = {f"{row.key}-{name}-{number}": row for row in rows for number in range(EACH)}
        expires = now + timedelta(days=1)
        plans = [replace(row, key=key, due=now, expires=expires, state=State.APPROVED) for key, row in keys.items()]
        store.save_plan(connection, plans, [], now)
        ids = {each.key: each.id for each in store.deliveries(connection) if each.key in keys}
        for key, row in keys.items():
            store.record_decision(connection, replace(known[row.key][0], delivery_key=key), ids[key])
    return list(ids.values())


def open_anew(stage: Stage, platform: Platform) -> None:
    stage.open()  # a new process: what the dead one had on the wire is in doubt
    play(stage, publish=platform.publish, look_up=platform.look_up)
    stage.desk = replace(stage.desk, memory=SmallWindows())


def work(stage: Stage, ids: list[int]) -> None:
    """Beats until nothing of ``ids`` is open any more."""
    for _ in range(MOST_BEATS):
        now = stage.clock.now()
        promote(stage.desk, now)
        drain(stage.desk, now + timedelta(seconds=5))
        follow_up(stage.desk)
        look_up_doubtful(stage.desk)
        if set(stands(stage, ids)) <= {State.DONE, State.HUMAN}:
            return
        stage.clock.advance(timedelta(minutes=1))


def stands(stage: Stage, ids: list[int]) -> list[State]:
    with stage.desk.book.read() as connection:
        return [store.delivery_by_id(connection, each).state for each in ids]


def check(stage: Stage, platform: Platform, ids: list[int], where: object) -> None:
    assert set(stands(stage, ids)) == {State.DONE}, where
    with stage.desk.book.read() as connection:
        posts = store.sendings(connection, delivery_ids=ids)
    assert {each.state for each in posts} == {State.DONE}, where
    assert len(posts) == len(ids) == 2 * EACH
    assert set(platform.out.values()) == {1}, where


@pytest.mark.parametrize("moment", ["before", "after"])
def test_nothing_is_out_twice_and_nothing_is_lost_at_whatever_commit_it_dies(
    ready: Stage, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    platform = Platform(ready.clock.now)
    for commit in itertools.count(1):
        open_anew(ready, platform)
        ids = lay(ready, f"{commit}")
        first = Fate(commit, moment)
        for fate in (first, Fate(commit % 5, moment)):  # it dies in its recovery as well
            try:
                with monkeypatch.context() as patch:
                    patch.setattr(Book, "write", lambda book, fate=fate: fate.write(book))
                    if fate is not first:
                        open_anew(ready, platform)
                    work(ready, ids)
            except _Death:
                pass
        open_anew(ready, platform)
        work(ready, ids)
        check(ready, platform, ids, commit)
        if first.left > 0:
            break
    assert commit > LEAST_COMMITS


def test_nothing_is_out_twice_and_nothing_is_lost_at_whatever_post_it_dies_on_the_wire(ready: Stage) -> None:
    platform = Platform(ready.clock.now)
    for step in itertools.count(1):
        open_anew(ready, platform)
        ids = lay(ready, f"{step}")
        platform.fate = Fate(step)
        try:
            work(ready, ids)
        except _Death:
            open_anew(ready, platform)
        left, platform.fate = platform.fate.left, None
        work(ready, ids)
        check(ready, platform, ids, step)
        if left > 0:
            break
