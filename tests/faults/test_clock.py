"""Clock jumps and suspends over a schedule, at the size of CI; the full size is ``benchmarks/faults/clock.py``."""

import pytest

from benchmarks.faults.clock import run


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_jumps_and_suspends_over_a_schedule_double_nothing_and_lose_nothing_in_silence(seed: int) -> None:
    report = run(jumps=6, suspends=2, items=8, seed=seed)
    assert report.violations == []
