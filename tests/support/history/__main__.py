"""``python -m support.history --book … --journal …``: print what is wrong; exit 1 when anything is."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from support.history.check import check, read_history
from support.history.receipts import read_receipts


def main() -> int:
    """Check one history."""
    parser = argparse.ArgumentParser(prog="python -m support.history", description=__doc__)
    parser.add_argument("--book", required=True, help="the file of a SQLite book, or a PostgreSQL URL")
    parser.add_argument("--journal", type=Path, required=True, help="the sandbox's journal (JSON lines)")
    parser.add_argument("--plan", type=Path, help="what `loa timetable --json` printed")
    parser.add_argument("--receipts", type=Path, help="the folder of the receipts journal (var/journal)")
    parser.add_argument("--approvals", type=int, default=1, help="how many named persons the house asks for")
    parser.add_argument("--back", type=float, default=0.0, help="seconds by which the clock was set back at most")
    given = parser.parse_args()
    slots = json.loads(given.plan.read_text(encoding="utf-8"))["slots"] if given.plan else []
    receipts = read_receipts(given.receipts) if given.receipts else None
    history = read_history(
        given.book, given.journal, slots=slots, receipts=receipts, approvals=given.approvals, back=given.back
    )
    found = check(history)
    for each in found:
        print(each)  # noqa: T201 - a command
    print(f"{len(history.effects)} effects, {len(history.deliveries)} deliveries, {len(found)} violations")  # noqa: T201 - the same
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
