"""The heartbeat: it ends when it is asked to, and not before what is on the wire has ended."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, make_crowd

from loa import heartbeat, store
from loa.clock import SimulatedClock, SystemClock
from loa.delivery import Bulk
from loa.dispatch import BeatResult, Desk, Service
from loa.errors import StoreError


@pytest.fixture
def crowd(tmp_path: Path) -> Any:
    made = Crowd(make_crowd(tmp_path / "office", 3), SimulatedClock(SLOT), Bulk())
    yield made
    made.close()


def test_a_scheduler_that_is_asked_to_end_keeps_its_workspace_until_its_beat_is_over(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def beat(_: Service) -> BeatResult:
        if not heard:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(1)
        heard.append("over")
        return BeatResult()

    monkeypatch.setattr(Service, "beat", beat)
    crowd.clock = SystemClock()
    crowd.reopen()
    try:
        heartbeat.run_forever(crowd.desk, 60, lambda _: None)
        assert heard == ["over"]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_scheduler_clears_what_nobody_has_needed_for_long(crowd: Crowd) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    crowd.clock = SystemClock()
    crowd.reopen()
    crowd.desk = replace(crowd.desk, in_sandbox=False)
    old = crowd.desk.workspace.assets / "segments/ab/old.part"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"1")
    os.utime(old, (0, 0))

    def end_when_it_is_gone(_: BeatResult) -> None:
        if not old.exists():
            os.kill(os.getpid(), signal.SIGTERM)

    tired = threading.Timer(60, os.kill, (os.getpid(), signal.SIGTERM))
    tired.start()
    try:
        heartbeat.run_forever(crowd.desk, 1, end_when_it_is_gone)
        assert not old.exists()
    finally:
        tired.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def test_a_run_of_a_minute_lets_numbers_go_and_clears_up_once_a_day(crowd: Crowd) -> None:
    crowd.make_ready()
    crowd.clock.advance(timedelta(days=3))
    crowd.reopen()
    old = crowd.desk.workspace.assets / "segments/ab/old.part"

    def numbers_after_a_run(later: timedelta) -> int:
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_bytes(b"1")
        os.utime(old, (0, 0))
        crowd.clock.advance(later)
        heartbeat.run_once(replace(crowd.desk, in_sandbox=False))
        with crowd.desk.book.read() as connection:
            return len(list(store.people_of(connection, "dan", "tinh-mau")))

    assert numbers_after_a_run(timedelta(0)) == 3
    assert not old.exists()
    assert numbers_after_a_run(timedelta(hours=23)) == 3
    assert old.exists(), "once a day is enough"
    assert numbers_after_a_run(timedelta(days=100)) == 0
    assert not old.exists()


def test_calls_to_people_that_their_pace_lets_go_leave_between_two_beats(crowd: Crowd) -> None:
    crowd.bulk = Bulk(most=1)
    crowd.make_ready()
    crowd.reopen()
    told: list[BeatResult] = []
    heartbeat._beat_and_go_on(crowd.desk, crowd.service, 10, told.append, _Ended())  # type: ignore[arg-type]  # what the test needs of it
    assert len(told) == 1
    assert len(crowd.gateway.calls) == 3


class _Ended:
    def wait(self, _seconds: float) -> bool:
        return False


def test_a_scheduler_that_is_not_the_leader_any_more_stops_at_once(crowd: Crowd) -> None:
    crowd.clock = SystemClock()
    crowd.reopen()
    heard: list[heartbeat.Standing] = []
    beats: list[BeatResult] = []

    def another_leads(result: BeatResult) -> None:
        beats.append(result)
        with crowd.desk.book.read() as connection:
            seen = store.leader_of(connection)
        assert store.take_lead(crowd.desk.book, seen, "another", crowd.clock.now()) is not None

    with pytest.raises(StoreError) as stopped:
        heartbeat.run_forever(crowd.desk, 1, another_leads, heard.append)
    assert stopped.value.code == "E971"
    assert heard == ["leads", "lost"]
    assert len(beats) == 1


def test_a_book_that_is_damaged_while_it_is_used_ends_the_scheduler_and_is_not_written_any_more(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "OFTEN", timedelta(seconds=1))
    crowd.make_ready()
    crowd.clock = SystemClock()
    crowd.reopen()

    def spoil(_: BeatResult) -> None:
        with crowd.desk.book.write() as connection:
            connection.exec_driver_sql("UPDATE delivery SET package = package || ' '")

    with pytest.raises(StoreError) as stopped:
        heartbeat.run_forever(crowd.desk, 60, spoil)
    assert stopped.value.code == "E953"
    with crowd.desk.book.read() as connection:
        assert store.workers_here(connection), "not even that this scheduler has left"


def test_nothing_is_opened_beside_a_book_that_is_damaged(crowd: Crowd) -> None:
    crowd.make_ready()
    with crowd.desk.book.write() as connection:
        connection.exec_driver_sql("UPDATE delivery SET package = package || ' '")
    opened: list[str] = []

    @contextmanager
    def door() -> Iterator[None]:
        opened.append("door")
        yield

    with pytest.raises(StoreError) as refused:
        heartbeat.run_forever(crowd.desk, 60, lambda _: None, beside=door())
    assert refused.value.code == "E953"
    assert opened == []


def test_a_server_that_is_away_at_the_hour_of_the_look_ends_no_scheduler(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def away(_: Desk) -> None:
        looks.append(1)
        if len(looks) == 2:
            raise StoreError("E964", place="server", detail="restarting")
        if len(looks) >= 4:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(heartbeat, "OFTEN", timedelta(seconds=1))
    monkeypatch.setattr(heartbeat, "require_sound", away)
    crowd.clock = SystemClock()
    crowd.reopen()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        heartbeat.run_forever(crowd.desk, 60, lambda _: None)
        assert len(looks) >= 4
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
