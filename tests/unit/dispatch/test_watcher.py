"""Who stands still for the lease, while somebody looks, is gone; nobody else is."""

from hypothesis import given
from hypothesis import strategies as st

from loa.dispatch.pulse import PULSE_SECONDS, Watcher

LEASE = 10.0
Looks = list[tuple[float, bool]]
_GAPS = st.floats(min_value=0.1, max_value=2.0)


class _Tick:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def _played(looks: Looks) -> list[bool]:
    """Whether the one who is watched counts as gone at each look: (seconds since the last look, has it moved)."""
    tick = _Tick()
    watcher = Watcher(LEASE, tick)
    beats, told = 0, []
    watcher.look({"a": 0})
    for gap, moved in looks:
        tick.now += gap
        beats += moved
        told.append("a" in watcher.look({"a": beats}))
    return told


@given(st.lists(st.tuples(_GAPS, st.booleans()), max_size=40))
def test_a_counter_is_gone_exactly_when_it_stood_still_for_the_lease(looks: Looks) -> None:
    still, expected = 0.0, []
    for gap, moved in looks:
        still = 0.0 if moved else still + gap
        expected.append(still >= LEASE)
    assert _played(looks) == expected


def test_an_observer_who_slept_has_not_seen_others_stand_still() -> None:
    assert _played([(3600.0, False)]) == [False]
    assert _played([(3600.0, False), (3600.0, True), (3600.0, False)]) == [False, False, False]


def test_whoever_has_just_come_is_not_gone() -> None:
    tick = _Tick()
    watcher = Watcher(LEASE, tick)
    watcher.look({})
    tick.now += LEASE
    assert watcher.look({"new": 7}) == frozenset()
    for _ in range(int(LEASE / PULSE_SECONDS)):
        tick.now += PULSE_SECONDS
        last = watcher.look({"new": 7})
    assert last == {"new"}
