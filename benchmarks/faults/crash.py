"""kill -9 of the scheduler: at random moments, and by the kernel at the Nth write, sync or send of one of its threads.

A month of posts and messages is rehearsed against a sandbox that outlives every kill; after each month the history
checker holds the book against what citizens saw.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from support.faulty_office import SETTLE, make_full_office, on_the_wire, slow_down
from support.history import History, check, read_history
from support.history.receipts import read_receipts
from support.processes import loa, sandbox_process

from benchmarks.faults.kills import Kill, can_inject, drawn, run_and_kill
from benchmarks.faults.report import Report

_SLOW = 0.15
"""Seconds for which many a call is on the wire: kills then fall there."""
_LIFE = (1.2, 5.0)
"""When a random kill falls, in starts of the program: so it means the same on a busy machine."""


def run(kills: int, seed: int, days: int) -> Report:
    """Kill ``kills`` times on SQLite, in months of so many ``days``; the report."""
    report = Report(
        "Crash points, SQLite",
        ("killed by", "kills", "nothing on the wire", "cut off on the wire", "of these: citizens saw it already"),
    )
    span = ("--from", "2027-02-28", "--to", f"{date(2027, 2, 28) + timedelta(days=days):%Y-%m-%d}")
    inject = can_inject()
    if not inject:
        report.notes.append("strace may not trace here: every kill fell at a random moment")
    fell: dict[str, Counter[str]] = {}
    ends: Counter[str] = Counter()
    months = 0
    with tempfile.TemporaryDirectory(prefix="loa-crash-") as folder:
        office = make_full_office(Path(folder) / "office")
        begin = time.monotonic()
        slots = json.loads(loa("timetable", *span, "--json", cwd=office).stdout)["slots"]
        start = time.monotonic() - begin
        waiting = drawn(seed, (_LIFE[0] * start, _LIFE[1] * start), inject=inject)
        done = 0
        while done < kills:
            place = Path(folder) / f"month-{months}"
            done += _month(office, place, span, waiting, fell, kills - done)
            months += 1
            told = {"slots": slots, "settle": SETTLE, "receipts": read_receipts(place / "journal")}
            history = read_history(place / "book.sqlite", place / "journal.jsonl", **told)
            report.blame(f"month {months}", check(history))
            report.blame(f"month {months}", _unfounded_doubts(history))
            _count_ends(history, ends)
    for kind, counts in sorted(fell.items()):
        report.add(kind, counts.total(), counts["idle"], counts["cut off"] + counts["seen"], counts["seen"])
    total = sum((counts for counts in fell.values()), Counter())
    report.add("**all**", total.total(), total["idle"], total["cut off"] + total["seen"], total["seen"])
    report.notes.append(f"{months} months of {len(slots)} slots; of what was cut off: " + _told(ends))
    return report


def _month(
    office: Path,
    place: Path,
    span: tuple[str, ...],
    waiting: Iterator[Kill],
    fell: dict[str, Counter[str]],
    most: int,
) -> int:
    """One month to its end, killed again and again; how many kills fell."""
    kills = 0
    with sandbox_process(place) as url:
        slow_down(url, _SLOW)
        words = ("rehearse", *span, "--folder", place, "--sandbox", url)
        for kill in waiting:
            killer = run_and_kill(words, office, kill)
            if not killer:
                break
            kills += 1
            cut = on_the_wire(place / "book.sqlite")
            where = "idle" if not cut else "seen" if _seen(place) else "cut off"
            fell.setdefault(killer, Counter())[where] += 1
            if kills == most:
                break
        last = loa(*words, "--json", cwd=office)
        if last.returncode:
            raise RuntimeError(last.stderr[-2000:])
    return kills


def _seen(place: Path) -> bool:
    """Whether some effect is out of which the book does not know yet."""
    history = read_history(place / "book.sqlite", place / "journal.jsonl")
    known = {row["platform_id"] for row in (*history.book["sending"], *history.book["batch"])}
    return any(each["id"] not in known for each in history.effects)


def _unfounded_doubts(history: History) -> list[str]:
    """What is in doubt in the end although no kill fell between its sending and its record."""
    rows = (*history.book["sending"], *history.book["batch"])
    doubts = [row for row in rows if row["state"] in {"unknown", "human", "sending"} and not row["crashes"]]
    return [f"in doubt without a kill: {row.get('idem') or row['key']}" for row in doubts]


def _count_ends(history: History, ends: Counter[str]) -> None:
    for row in (*history.book["sending"], *history.book["batch"]):
        if row["crashes"]:
            ends[row["state"]] += 1


def _told(ends: Counter[str]) -> str:
    settled = ends["done"] + ends["pending"] + ends["cancelled"]
    return f"{settled} settled by looking (or by their key), {ends['human'] + ends['unknown']} for a person"


def main(argv: list[str]) -> int:
    """Run by itself; exit 1 at any violation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--days", type=int, default=31, help="of a month that is rehearsed again and again")
    parser.add_argument("--book", choices=("sqlite", "postgresql", "both"), default="both")
    given = parser.parse_args(argv)
    reports = []
    if given.book in ("sqlite", "both"):
        reports.append(run(given.kills, given.seed, given.days))
    if given.book in ("postgresql", "both"):
        from benchmarks.faults import shared  # noqa: PLC0415 - PostgreSQL is asked for here only

        reports.append(shared.run(given.kills, given.seed))
    for report in reports:
        report.how = f"uv run python benchmarks/faults --only crash --seed {given.seed}"
        print(report.markdown())
    return 1 if any(report.violations for report in reports) else 0
