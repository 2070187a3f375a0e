"""A review desk at a moment of our choice: ``python review_desk.py ROOT [--now 2027-09-20T08:00:00+07:00]``.

It opens the workspace as ``loa preview`` does, on a clock that is set to that moment and then goes on, and prints the
link that lets one browser in. With ``--make 30`` it plans, makes the assets of so many days, and ends.
"""

import argparse
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from loa.clock import SystemClock
from loa.dispatch import plan, render_plan
from loa.preview import Planning, bring_in, serve_desk
from loa.wiring.desks import open_desk
from loa.wiring.planning import plan_at
from loa.workspace import open_workspace

NOW = "2027-09-20T08:00:00+07:00"


class ShiftedClock(SystemClock):
    """The machine's clock, moved so that it began at ``start``."""

    def __init__(self, start: datetime) -> None:
        self._ahead: timedelta = start - super().now()

    def now(self) -> datetime:
        return super().now() + self._ahead


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--now", default=NOW)
    parser.add_argument("--make", type=int, default=0)
    given = parser.parse_args()
    start = datetime.fromisoformat(given.now)
    desk = open_desk(open_workspace(given.root), ShiftedClock(start))
    if given.make:
        plan(desk)
        render_plan(desk, (), start + timedelta(days=given.make), lambda _done, _all: None)
        plan(desk)
        desk.book.close()
        return
    plans = Planning(partial(plan_at, given.root, desk.clock))
    serve_desk(desk, None, port=0, ready=_tell, plans=plans, problems=bring_in(desk, plans))


def _tell(new_link: Callable[[], str]) -> None:
    """A link now, and one more for every line that comes in."""

    def listen() -> None:
        for _ in sys.stdin:
            give()

    def give() -> None:
        sys.stdout.write(f"{new_link()}\n")
        sys.stdout.flush()

    give()
    threading.Thread(target=listen, daemon=True).start()


if __name__ == "__main__":
    main()
