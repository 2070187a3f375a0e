"""Many accounts in one slot: a result for each, within the platforms' rates, and after faults only the rest again."""

from collections import Counter
from pathlib import Path

from support.big_day import SLOT, BigDay, watched, weather

from loa import store
from loa.delivery import State

UNITS = 130
MOST_ZALO_CALLS = 4_000
"""In a minute, over all accounts of the app."""
FULLEST = 95


def test_260_accounts_in_one_slot_end_with_a_reason_each_and_only_the_rest_goes_out_again(tmp_path: Path) -> None:
    with BigDay(tmp_path, UNITS).opened() as day, watched(day.clock) as wire:
        day.make_ready()
        day.sandbox.play(weather(0.05, seed=4))
        day.run()

        _each_has_ended(day)
        assert day.verdict().duplicates == ()
        assert 0 < max(wire.zalo_calls.values()) <= MOST_ZALO_CALLS
        assert wire.fullest < FULLEST
        assert wire.failed > 0
        _left_in_groups(day)

        finished = day.finished()
        seen = day.seen_by_account()
        day.sandbox.play([])
        day.decide_doubts()
        if len(finished) < 2 * UNITS:
            day.retry()
        day.run()
        assert day.states() == {State.DONE: 2 * UNITS}
        assert finished.items() <= day.finished().items()
        assert day.verdict().duplicates == ()
        assert seen.items() <= day.seen_by_account().items()
        assert Counter(day.seen_by_account().values()) == {1: 2 * UNITS}


def _each_has_ended(day: BigDay) -> None:
    """Done; or refused, doubtful or stopped, with the reason."""
    with day.desk.book.read() as connection:
        stopped = {each.account_id for each in store.pauses(connection, day.clock.now()) if each.until is None}
    views = day.views()
    assert len(views) == 2 * UNITS
    for view in views:
        ended = view.state in (State.DONE, State.REFUSED, State.UNKNOWN, State.HUMAN, State.HELD)
        assert ended or view.account_id in stopped, view
        assert view.reason or view.state == State.DONE, view
    assert sum(view.state == State.DONE for view in views) >= 0.9 * 2 * UNITS


def _left_in_groups(day: BigDay) -> None:
    articles = [each for each in day.effects() if each.platform == "zalo"]
    seconds = Counter(int((each.moment - SLOT).total_seconds()) for each in articles)
    assert seconds[0] <= 5
    assert max(seconds.values()) <= 12
    assert len(seconds) >= 20
