"""Making what a saved file has changed, the next to go out first, in a process of its own that ends with its work.

The server itself stays small and answers meanwhile; a file that is saved again takes the place of what was begun.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as StillAtWork
from datetime import datetime, timedelta

from loa import store
from loa.delivery import State
from loa.dispatch import Desk, Parts, Wanted
from loa.dispatch.making import make_wanted, wanted_for
from loa.dispatch.reasons import CHANGED_NOT_RENDERED, NOT_RENDERED
from loa.errors import LoaError, Problem
from loa.preview.live_desk.feed import Feed
from loa.render import Asset, Order
from loa.render.renderer import Unmade, helpers, in_helper
from loa.store import DeliveryRow
from loa.timetable import Slot

MOST = 60
"""So many deliveries get what they lack after one change of a file; ``loa render`` makes the rest."""
_AT_ONCE = 6
"""After so many, pages show what is there."""
_BREATH = 0.1
_Slot = tuple[str, str, str, datetime]


class SupersededError(Exception):
    """A newer look at the files has come."""


class Painter:
    """Makes what is lacking for the desk that it was last given. ``renew`` brings what was made into the book."""

    def __init__(self, renew: Callable[[Parts], None], feed: Feed, ended: threading.Event) -> None:
        self._renew = renew
        self._feed = feed
        self._ended = ended
        self._asked = threading.Condition()
        self._desk: Desk | None = None
        self._is_dropped = False

    def look(self, desk: Desk) -> None:
        """Make what ``desk`` lacks; what was begun before is dropped."""
        with self._asked:
            self._desk = desk
            self._asked.notify()

    def drop(self) -> None:
        """The files are saved anew: what was begun is not worth its time any more, until the next ``look``."""
        with self._asked:
            self._desk, self._is_dropped = None, True

    def work(self) -> None:
        """Until the end of the desk."""
        while not self._ended.is_set():
            with self._asked:
                self._asked.wait_for(lambda: self._desk is not None, _BREATH)
                desk, self._desk = self._desk, None
                self._is_dropped = self._is_dropped and desk is None
            if desk is not None:
                self._make(desk)

    def _make(self, desk: Desk) -> None:
        try:
            asked = _lacking(desk)
        except LoaError:
            return  # the files were saved anew meanwhile; who follows them tells what is wrong
        problems: list[Problem] = []
        pool = helpers(1, aside=True)
        try:
            for first in range(0, len(asked), _AT_ONCE):
                for each in asked[first : first + _AT_ONCE]:
                    problems += [found for found in self._one(desk, pool, each) if found not in problems]
                self._renew(_items_of(each.slot for each in asked[first : first + _AT_ONCE]))
            self._feed.set_problems("making", tuple(problems))
        except SupersededError:
            return
        finally:
            self._let_go(pool)

    def _let_go(self, pool: ProcessPoolExecutor) -> None:
        """A pool whose work nobody waits for ends by itself; at the end of the desk it is ended, with its locks."""
        if self._ended.is_set():
            for each in multiprocessing.active_children():
                each.terminate()
        pool.shutdown(wait=self._ended.is_set(), cancel_futures=True)

    def _one(self, desk: Desk, pool: ProcessPoolExecutor, each: Wanted) -> tuple[Problem, ...]:
        def make(orders: Sequence[Order], _: Callable[[int, int], None]) -> list[Asset | Unmade]:
            return [self._made(desk, pool, order) for order in orders]

        try:
            failing = make_wanted(desk, [each], lambda _done, _all: None, make).failing
        except LoaError as error:
            return error.problems()
        return tuple(problem for one in failing for problem in one.problems)

    def _made(self, desk: Desk, pool: ProcessPoolExecutor, order: Order) -> Asset | Unmade:
        key = desk.renderer.key(order)
        found = desk.renderer.shelf.find(key)
        if found is not None:
            return found
        ((_, result),) = self._waited(pool.submit(in_helper, desk.workspace.root, [(key, order)]))
        return desk.renderer.shelf.find(key) or result

    def _waited(self, task: Future[list[tuple[str, Asset | Unmade]]]) -> list[tuple[str, Asset | Unmade]]:
        while True:
            if self._ended.is_set() or self._is_dropped or self._desk is not None:
                raise SupersededError
            try:
                return task.result(_BREATH)
            except StillAtWork:
                continue


def _lacking(desk: Desk) -> list[Wanted]:
    """What the first deliveries that wait for their pictures and clips lack, the next to go out first."""
    with desk.book.read() as connection:
        rows = store.deliveries(connection, states=[State.PLANNED])
    waiting = [row for row in rows if row.reason in (NOT_RENDERED, CHANGED_NOT_RENDERED)]
    if not waiting:
        return []
    first = waiting[:MOST]
    found = wanted_for(desk, _items_of(first), first[-1].due + timedelta(seconds=1))
    slots: set[_Slot] = {(row.campaign_id, row.item_id, row.unit_code, row.due) for row in first}
    return sorted((each for each in found if _slot(each) in slots), key=lambda each: each.slot.due)


def _items_of(slots: Iterable[DeliveryRow | Slot]) -> Parts:
    found: dict[str, set[str]] = {}
    for each in slots:
        found.setdefault(each.campaign_id, set()).add(each.item_id)
    return found


def _slot(each: Wanted) -> _Slot:
    slot = each.slot
    return (slot.campaign_id, slot.item_id, slot.unit_code, slot.due)
