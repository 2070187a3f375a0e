"""``python -m loa.sandbox``: the sandbox as its own process, which a kill of the scheduler leaves standing."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from loa.clock import SimulatedClock, SystemClock
from loa.sandbox.server import Sandbox

BEFORE_EVERYTHING = datetime(2000, 1, 1, tzinfo=UTC)
"""Where a simulated clock waits for its first move; it only goes forward."""


def main() -> None:
    """Serve until SIGTERM or SIGINT; one JSON line on standard output says where."""
    options = _options()
    folder = options.folder or options.journal.parent
    clock = SimulatedClock(BEFORE_EVERYTHING) if options.clock == "simulated" else SystemClock()
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    places = {"journal": options.journal, "public": options.public}
    with Sandbox(folder, port=options.port, clock=clock, seed=options.seed, **places) as sandbox:
        sys.stdout.write(json.dumps({"url": sandbox.url, "journal": str(sandbox.journal)}) + "\n")
        sys.stdout.flush()
        ended.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m loa.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--journal", type=Path, required=True, help="the JSON lines file of accepted effects")
    parser.add_argument("--folder", type=Path, help="where taken media are kept (default: beside the journal)")
    parser.add_argument("--public", type=Path, help="the folder behind /media/")
    parser.add_argument("--clock", choices=("system", "simulated"), default="system")
    parser.add_argument("--seed", type=int, default=1, help="of what becomes of text messages")
    return parser.parse_args()


if __name__ == "__main__":
    main()
