"""Four schedulers at once over one book; the one that leads is killed again and again. Nothing twice, nothing missed.

On SQLite three of them are refused (E703) and are started again and again; on PostgreSQL three stand by, and three
workers carry the work.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from support.faulty_office import SETTLE, slow_down
from support.history import History, check, read_history
from support.history.receipts import read_receipts
from support.live_office import LiveOffice, make_live
from support.postgres import fresh_database, running_server
from support.processes import sandbox_process

from benchmarks.faults.report import Report

SCHEDULERS, WORKERS = 4, 3
_HEAD = ("book", "seconds", "due", "kills of the leader", "starts", "refused (E703)", "seen", "done", "for a person")
_PATIENCE = 240.0
"""Seconds after the storm in which what is in doubt is settled: a Page is looked at after a minute, and again."""


def run(books: list[str], seconds: float, pages: int, items: int, every: float) -> Report:
    """The storm on each book; the report."""
    report = Report("Four schedulers at once, the leader killed again and again", _HEAD)
    for book in books:
        with tempfile.TemporaryDirectory(prefix="loa-schedulers-") as folder, _database(book) as url:
            _storm(report, Path(folder), book, url, seconds, pages, items, every)
    return report


@contextmanager
def _database(book: str) -> Iterator[str]:
    """The URL of a new database, or an empty one for a file."""
    if book == "sqlite":
        yield ""
        return
    with running_server() as server:
        yield fresh_database(server)


def _storm(
    report: Report, folder: Path, book: str, url: str, seconds: float, pages: int, items: int, every: float
) -> None:
    office = make_live(folder / "office", pages, items, url, minutes=(-1, 0, 1))
    counts: Counter[str] = Counter()
    with sandbox_process(folder / "sandbox", clock="system") as sandbox:
        slow_down(sandbox, 1.0)
        office.make_ready()
        words = ("run", "--every", "1", "--sandbox", sandbox)
        try:
            schedulers = [office.start(*words) for _ in range(SCHEDULERS)]
            if url:
                for _ in range(WORKERS):
                    office.start("worker", "--sandbox", sandbox)
            _kill_and_start(office, schedulers, words, seconds, every, counts)
            _let_settle(office, schedulers, words, counts)
        finally:
            office.end()
    history = read_history(
        office.place,
        folder / "sandbox" / "journal.jsonl",
        slots=office.slots(),
        settle=SETTLE,
        receipts=read_receipts(office.root / "var" / "journal"),
    )
    report.blame(book, check(history))
    states = Counter(row["state"] for row in history.book["delivery"])
    open_still = [row["key"] for row in history.book["delivery"] if row["state"] not in {"done", "human"}]
    report.blame(book, (f"missed: {key}" for key in open_still))
    told = (counts["kills"], counts["starts"] + SCHEDULERS, counts["refused"], len(history.effects))
    report.add(book, f"{seconds:.0f}", pages * items, *told, states["done"], states["human"])
    report.notes.append(f"{book}: {_cut_off(history)} posts were cut off on the wire by the kills")


def _kill_and_start(
    office: LiveOffice,
    schedulers: list[subprocess.Popen[bytes]],
    words: tuple[str, ...],
    seconds: float,
    every: float,
    counts: Counter[str],
) -> None:
    end = time.monotonic() + seconds
    next_kill = time.monotonic() + every
    while time.monotonic() < end:
        time.sleep(0.2)
        if time.monotonic() >= next_kill:
            next_kill += every
            leader = _leader(office.place)
            if leader in {each.pid for each in schedulers}:
                os.kill(leader, signal.SIGKILL)
                counts["kills"] += 1
        _start_again(office, schedulers, words, counts)


def _start_again(
    office: LiveOffice, schedulers: list[subprocess.Popen[bytes]], words: tuple[str, ...], counts: Counter[str]
) -> None:
    for place, each in enumerate(schedulers):
        if (ended := each.poll()) is not None:
            counts["refused"] += ended > 0
            counts["starts"] += 1
            schedulers[place] = office.start(*words)


def _leader(place: str) -> int:
    """The process that leads, as the book says; 0 for none."""
    query = "SELECT worker.pid FROM worker JOIN leader ON worker.id = leader.worker_id"
    if place.startswith("postgresql"):
        with psycopg.connect(place) as server:
            found = server.execute(query).fetchone()
    else:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as file:
            found = file.execute(query).fetchone()
    return int(found[0]) if found else 0


def _let_settle(
    office: LiveOffice, schedulers: list[subprocess.Popen[bytes]], words: tuple[str, ...], counts: Counter[str]
) -> None:
    """No more kills: whoever leads brings it to its end."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and still_open(office.place):
        time.sleep(1.0)
        if not any(each.poll() is None for each in schedulers):
            _start_again(office, schedulers, words, counts)


def still_open(place: str) -> int:
    """How many deliveries of a book have no end yet."""
    query = "SELECT count(*) FROM delivery WHERE state NOT IN ('done', 'human', 'missed', 'refused', 'cancelled')"
    if place.startswith("postgresql"):
        with psycopg.connect(place) as server:
            row = server.execute(query).fetchone()
    else:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as file:
            row = file.execute(query).fetchone()
    return int(row[0]) if row else 0


def _cut_off(history: History) -> int:
    return sum(each["cause"] == "recover" for each in history.book["event"])


def main(argv: list[str]) -> int:
    """Run by itself; exit 1 at any violation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--book", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--items", type=int, default=2)
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two kills of the leader")
    given = parser.parse_args(argv)
    books = ["sqlite", "postgresql"] if given.book == "both" else [given.book]
    report = run(books, given.seconds, given.pages, given.items, given.every)
    report.how = f"uv run python benchmarks/faults --only schedulers --book {given.book}"
    print(report.markdown())
    return 1 if report.violations else 0
