"""Two campaigns in two processes that race for the same numbers never pass the cap together."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, e164, make_crowd

from loa.clock import SimulatedClock
from loa.delivery import Bulk
from loa.dispatch.bulk.claim import claim
from loa.dispatch.bulk.record import give_back_calls
from loa.dispatch.bulk.send import send
from loa.errors import StoreError

_HOUR = timedelta(hours=1)


@pytest.fixture
def office(tmp_path: Path, database: None) -> Path:
    items = {f"tin-{n}": ("2027-03-02", "09:00", "{}") for n in range(1, 7)}
    return make_crowd(tmp_path / "office", 40, items=items)


def test_campaigns_that_race_for_a_number_never_pass_the_cap(office: Path) -> None:
    first = Crowd(office, SimulatedClock(SLOT - _HOUR), Bulk(most=7))
    first.make_ready()
    first.clock.move_to(SLOT)
    first.service.beat()  # everything is laid out; what its pace lets go now is out already
    racers = [Crowd(office, SimulatedClock(SLOT + _HOUR), Bulk(most=7)) for _ in range(3)]
    threads = [threading.Thread(target=_race, args=(each,)) for each in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    got = [number for each in (first, *racers) for number in each.gateway.numbers]
    assert {got.count(e164(n)) for n in range(1, 41)} == {3}
    for each in (first, *racers):
        assert each.gateway.twice() == []
        each.close()


def _race(crowd: Crowd) -> None:
    for _ in range(60):
        send(crowd.desk)
        crowd.clock.advance(timedelta(seconds=1))


class _Away:
    """A book whose server takes no more readers, for a while, but for the thread that writes answers down."""

    def __init__(self, book: Any, times: int) -> None:
        self._book, self._times, self._writer = book, times, threading.current_thread()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book, name)

    @contextmanager
    def read(self) -> Iterator[Any]:
        if threading.current_thread() is not self._writer and self._times:
            self._times -= 1
            raise StoreError("E964", place="server", detail="too many clients already")
        with self._book.read() as connection:
            yield connection


def test_a_last_look_that_fails_keeps_the_call_back_and_hangs_nobody(office: Path) -> None:
    crowd = Crowd(office, SimulatedClock(SLOT - _HOUR), Bulk(most=7))
    crowd.make_ready()
    crowd.clock.move_to(SLOT)
    crowd.service.beat()

    def go_on() -> None:
        book: Any = _Away(crowd.desk.book, times=3)
        for _ in range(60):
            send(replace(crowd.desk, book=book))
            crowd.clock.advance(timedelta(seconds=1))

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive(), "what waits for an answer that never comes sends nothing more"
    assert {crowd.gateway.numbers.count(e164(n)) for n in range(1, 41)} == {3}
    assert crowd.gateway.twice() == []
    crowd.close()


class _Meanwhile:
    """A book in which another thread keeps a call back while those that were kept back before are written down."""

    def __init__(self, crowd: Crowd, *, fails: bool) -> None:
        self._book, self._memory, self._fails = crowd.desk.book, crowd.desk.memory, fails

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._book.write() as connection:
            self._memory.keep_calls_back(["another call"])
            if self._fails:
                raise StoreError("E701")
            yield connection


def _claimed(office: Path) -> tuple[Crowd, list[Any]]:
    crowd = Crowd(office, SimulatedClock(SLOT - _HOUR), Bulk(most=7))
    crowd.make_ready()
    crowd.clock.move_to(SLOT)
    crowd.service.beat()
    crowd.clock.advance(timedelta(seconds=1))
    claimed = claim(crowd.desk, lambda _: True)
    assert claimed
    crowd.desk.memory.keep_calls_back(claimed)
    return crowd, claimed


def test_a_call_that_is_kept_back_while_others_are_given_back_is_not_forgotten(office: Path) -> None:
    crowd, claimed = _claimed(office)
    book: Any = _Meanwhile(crowd, fails=False)
    assert give_back_calls(replace(crowd.desk, book=book)) == len(claimed)
    assert crowd.desk.memory.calls_kept_back() == ["another call"]
    for _ in range(60):
        send(crowd.desk)
        crowd.clock.advance(timedelta(seconds=1))
    assert {crowd.gateway.numbers.count(e164(n)) for n in range(1, 41)} == {3}
    crowd.close()


def test_calls_that_could_not_be_given_back_are_kept_for_the_next_time(office: Path) -> None:
    crowd, claimed = _claimed(office)
    book: Any = _Meanwhile(crowd, fails=True)
    with pytest.raises(StoreError):
        give_back_calls(replace(crowd.desk, book=book))
    kept = crowd.desk.memory.calls_kept_back()
    assert len(kept) == len(claimed) + 1
    assert all(each in kept for each in claimed)
    crowd.close()
