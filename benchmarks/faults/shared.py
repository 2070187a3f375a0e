"""kill -9 on a shared book: a scheduler and three workers on PostgreSQL, one of them killed every moment.

Every second victim is started under strace, and dies at its Nth system call instead.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from support.faulty_office import SETTLE, slow_down
from support.history import check, read_history
from support.history.receipts import read_receipts
from support.live_office import LiveOffice, make_live
from support.postgres import fresh_database, running_server
from support.processes import loa, sandbox_process

from benchmarks.faults.kills import Kill, can_inject, drawn, injected
from benchmarks.faults.report import Report
from benchmarks.faults.schedulers import still_open

_HEAD = ("killed", "kills", "by a system call", "seen", "done", "for a person", "cut off on the wire")
_WORKERS = 3
_GAP = (1.0, 6.0)
"""Between two kills, in starts of the program: each of the four lives for several of them."""
_TRACED_SECONDS = 20.0
"""So long a traced process is left to come to its system call: strace makes it slow."""
_PAGES = 40
_RATE = "0.05"
"""Posts a second by one Page: those of a minute leave throughout it, and some are always on the wire."""
_PATIENCE = 360.0


def run(kills: int, seed: int) -> Report:
    """Kill ``kills`` processes over one shared book; the report."""
    report = Report("Crash points, PostgreSQL, one scheduler and three workers", _HEAD)
    chance = random.Random(seed)  # noqa: S311 - where to kill, no secret
    start = _start_seconds()
    minutes = max(round(kills * start * sum(_GAP) / 2 / 60), 1)
    with tempfile.TemporaryDirectory(prefix="loa-shared-") as folder, running_server() as server:
        place = Path(folder)
        due = range(-1, minutes + 1)
        office = make_live(place / "office", _PAGES, 2 * len(due), fresh_database(server), due, rate=_RATE)
        with sandbox_process(place / "sandbox", clock="system") as url:
            slow_down(url, 0.5)
            office.make_ready()
            crew = _Crew(office, url, drawn(seed, (1.0, 1.0), inject=can_inject()))
            try:
                while crew.counts.total() < kills:
                    time.sleep(start * chance.uniform(*_GAP))
                    crew.strike(chance)
                crew.calm_down()
                end = time.monotonic() + _PATIENCE
                while time.monotonic() < end and still_open(office.place):
                    time.sleep(1.0)
            finally:
                office.end()
        _judge(report, office, place, crew.counts)
    return report


def _start_seconds() -> float:
    """How long the program takes to start and look at nothing, on this machine as busy as it is."""
    begin = time.monotonic()
    loa("run", "--help", cwd=Path.cwd())
    return 2 * (time.monotonic() - begin)


class _Crew:
    """The processes at work; each victim is followed by a new one at once."""

    def __init__(self, office: LiveOffice, url: str, kills: Iterator[Kill]) -> None:
        self._office, self._kills = office, kills
        self._jobs = [("run", "--every", "1", "--sandbox", url), *[("worker", "--sandbox", url)] * _WORKERS]
        self._alive = [office.start(*words) for words in self._jobs]
        self._traced = [0.0] * len(self._jobs)
        self.counts: Counter[str] = Counter()

    def strike(self, chance: random.Random) -> None:
        """Kill one that does not wait for its system call, and start whoever is not alive any more."""
        free = [place for place, since in enumerate(self._traced) if time.monotonic() > since + _TRACED_SECONDS]
        victim = chance.choice(free) if free else -1
        if free and self._alive[victim].poll() is None:
            os.killpg(self._alive[victim].pid, signal.SIGKILL)
            self._alive[victim].wait()
            self.counts[self._jobs[victim][0]] += 1
        for place, process in enumerate(self._alive):
            if (ended := process.poll()) is not None:
                self.counts["call"] += ended == -signal.SIGKILL and place != victim
                self._alive[place] = self._started(place)

    def _started(self, place: int) -> subprocess.Popen[bytes]:
        kill = next(self._kills)
        self._traced[place] = time.monotonic() if kill.call else 0.0
        before = injected(kill.call, kill.nth, "signal=SIGKILL") if kill.call else []
        return self._office.start(*self._jobs[place], before=before)

    def calm_down(self) -> None:
        """Nobody dies any more: all are started anew, without strace."""
        self._office.end(signal.SIGKILL)
        self._alive = [self._office.start(*words) for words in self._jobs]


def _judge(report: Report, office: LiveOffice, place: Path, counts: Counter[str]) -> None:
    receipts = read_receipts(office.root / "var" / "journal")
    told = {"slots": office.slots(), "settle": SETTLE, "receipts": receipts}
    history = read_history(office.place, place / "sandbox" / "journal.jsonl", **told)
    report.blame("shared", check(history))
    states = Counter(row["state"] for row in history.book["delivery"])
    left = [row["key"] for row in history.book["delivery"] if row["state"] not in {"done", "human"}]
    report.blame("shared", (f"not settled: {key}" for key in left))
    cut = sum(each["cause"] == "recover" for each in history.book["event"] if each["sending_id"])
    end = (len(history.effects), states["done"], states["human"], cut)
    report.add("scheduler and workers", counts.total(), counts["call"], *end)
    report.notes.append(
        f"kills: {counts['run']} of the scheduler, {counts['worker']} of workers, {counts['call']} traced"
    )


def main(argv: list[str]) -> int:
    """Run by itself (``[kills]``); exit 1 at any violation."""
    report = run(int(argv[0]) if argv else 500, 6)
    print(report.markdown())
    return 1 if report.violations else 0
