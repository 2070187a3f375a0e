"""A sender that raises against its contract: its caller hears of it and does not wait for ever."""

import pytest

from loa.engine import Lanes, carry


class BrokenError(Exception):
    pass


def _raise(row: int) -> int:
    if row == 2:
        raise BrokenError
    return row


def test_what_breaks_in_a_thread_breaks_the_carrying() -> None:
    with pytest.raises(BrokenError):
        carry({"a": [1, 2, 3], "b": [4]}, _raise, lambda _: None)


def test_what_breaks_in_a_lane_is_raised_and_what_it_did_not_reach_is_told() -> None:
    lanes = Lanes[int, int](_raise)

    def send_all() -> None:
        with lanes:
            lanes.put("a", [1, 2, 3])
            while True:
                lanes.collect(wait=True)

    with pytest.raises(BrokenError):
        send_all()
    assert lanes.left == [3]
