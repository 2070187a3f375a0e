"""A leader that is cut off from the common book while it sends, and is back later: nothing twice, nothing lost."""

import time
from pathlib import Path

import pytest
from support.province import Province, at_work, is_settled, twice
from support.relay import relay

LEASE = 10.0


def _leaders(province: Province) -> list[tuple[object, ...]]:
    return province.ask("SELECT worker_id FROM leader")


@pytest.mark.slow
def test_a_leader_that_is_cut_off_from_its_book_is_followed_by_another(tmp_path: Path, server: str) -> None:
    with at_work(tmp_path, server, pages=4, posts=10) as province, relay(province.database) as wire:
        province.slow_down(0.4, "facebook")
        direct = province.database
        province.database = wire.url
        first = province.leader()
        province.database = direct
        province.wait(lambda: len(province.seen()) > 3)
        [before] = _leaders(province)
        province.leader()
        wire.hold()
        province.wait(lambda: _leaders(province) not in ([], [before]))
        time.sleep(LEASE / 2)
        wire.let_go()
        province.wait(lambda: is_settled(province.states()), 200)
        assert province.states() == {"done": 40}, province.said()
        assert (twice(province.seen()), len(province.seen())) == ([], 40)
        assert _leaders(province) != [before]
        leading = province.ask("SELECT id FROM worker WHERE gone = 0 AND kind = 'clock'")
        assert before not in leading, first.poll()
