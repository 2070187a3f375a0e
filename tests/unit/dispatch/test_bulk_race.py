"""Two campaigns in two processes that race for the same numbers never pass the cap together."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from support.crowd import SLOT, Crowd, e164, make_crowd

from loa.clock import SimulatedClock
from loa.delivery import Bulk
from loa.dispatch.bulk.send import send

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
