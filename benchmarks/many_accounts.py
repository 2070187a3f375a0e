"""130 Pages and 130 OAs in one slot, in calm and in bad weather: how each ends, how fast, and what a resume touches.

``python benchmarks/many_accounts.py [--units 130] [--share 0.05] [--seeds 5]``. The clock is simulated, the wire is
not: every call goes over loopback to the sandbox, whose own journal says what citizens saw.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from loa.delivery import State
from loa.errors import ApprovalError
from loa.sandbox import Fault

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from support.big_day import SLOT, BigDay, watched, weather  # noqa: E402 (the tests' office, found by the line above)

COLUMNS = "{:<12}{:>7}{:>7}{:>9}{:>9}{:>10}{:>8}{:>8}{:>9}{:>9}{:>8}"
HEADINGS = ("weather", "done", "else", "wall s", "slot", "zalo/min", "fb %", "twice", "doubts", "again", "changed")


def main() -> None:
    """Print a line for the calm day and one for each seed; exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=130)
    parser.add_argument("--share", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    print(COLUMNS.format(*HEADINGS))
    good = _day("calm", given.units, [])
    for seed in range(1, given.seeds + 1):
        good &= _day(f"{given.share:.0%} #{seed}", given.units, weather(given.share, seed))
    sys.exit(0 if good else 1)


def _day(name: str, units: int, faults: Sequence[Fault]) -> bool:
    with tempfile.TemporaryDirectory() as folder, BigDay(Path(folder), units).opened() as day:
        day.make_ready()
        day.sandbox.play(faults)
        start = time.perf_counter()
        with watched(day.clock) as wire:
            day.run()
        wall = time.perf_counter() - start
        done = day.states()[State.DONE]
        length = day.clock.now() - SLOT
        before = day.finished()
        day.sandbox.play([])
        doubts = day.decide_doubts()
        again = _again(day)
        day.run()
        after = day.finished()
        changed = sum(after.get(key) != told for key, told in before.items())
        twice = len(day.verdict().duplicates)
        most = max(wire.zalo_calls.values(), default=0)
        print(
            COLUMNS.format(
                name,
                done,
                2 * units - done,
                f"{wall:.1f}",
                f"{length.total_seconds():.0f} s",
                most,
                f"{wire.fullest:.0f}",
                twice,
                doubts,
                again,
                changed,
            ),
            flush=True,
        )
        return not twice and not changed and len(after) == 2 * units and most <= 4_000 and wire.fullest < 95


def _again(day: BigDay) -> int:
    """How many deliveries and stopped accounts a resume lets go on."""
    try:
        told = day.retry()
    except ApprovalError:  # everything is done
        return 0
    return sum(told.accounts.values()) + len(told.resumed.lifted)


if __name__ == "__main__":
    main()
