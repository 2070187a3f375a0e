"""Public posts by the book against the same horns without any book, and against what others deliver with.

``uv run python benchmarks/delivery.py [--deliveries 10000,100000] [--rounds 5] [--threads 8] [--network-ms 50]
[--slow-disk-ms 8] [--peers] [--write]``. Each measurement is a process of its own that sends to one gateway process;
rounds go in turns, the ratio of the medians counts. ``--only`` names parts. Exit 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from delivery_desk import fill, office
from delivery_gateway import Gateway, gateway
from table import rows, write_section

from loa.delivery import State

HERE = Path(__file__).parent
PARTS = ("book", "network", "disk", "same-second", "rate", "peers")
HEAD = ("what", "bar", "measured", "note")
_BIG, _SMALL = 50_000, 1_000
_KILLS = 5
Lines = list[tuple[str, str, float, str, bool]]


def main() -> None:
    """Print a line for each bar."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--deliveries", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--network-ms", type=float, default=50.0)
    parser.add_argument("--slow-disk-ms", type=float, default=8.0)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    work: Mapping[str, Callable[[Any, Path], Lines]] = {
        "book": _book,
        "network": _network,
        "disk": _disk,
        "same-second": _same_second,
        "rate": _rate,
        "peers": _peers,
    }
    found: Lines = []
    with tempfile.TemporaryDirectory(prefix="loa-delivery-") as folder:
        for part in given.only.split(","):
            lines = work[part](given, Path(folder) / part)
            for what, bar, measured, note, good in lines:
                print(f"{what:<58}{bar:>9}{measured:>9.3f}  {note}{'' if good else '   MISSED'}", flush=True)
            found += lines
    if given.write:
        body = [(what, bar, f"{measured:.3f}", note) for what, bar, measured, note, _ in found]
        write_section("delivery", rows(HEAD, body))
    sys.exit(0 if all(good for *_, good in found) else 1)


def _line(what: str, least: float, measured: float, note: str = "") -> tuple[str, str, float, str, bool]:
    return what, f"≥ {least:g}", measured, note, measured >= least


def _limit(what: str, most: float, measured: float, note: str = "") -> tuple[str, str, float, str, bool]:
    return what, f"≤ {most:g}", measured, note, measured <= most


def _office(folder: Path, deliveries: int, accounts: int, **how: Any) -> Path:
    root = office(folder / f"office-{deliveries}", accounts, **how)
    fill(root, deliveries, accounts)
    return root


def _measured(
    door: Gateway, way: str, root: Path, threads: int, more: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One way to send a fresh copy of an office's posts, checked: each came once."""
    copy = root.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    command = [sys.executable, str(HERE / "delivery_desk.py"), way, str(copy), door.url, "--threads", str(threads)]
    environment = os.environ | dict(more or {})
    told: dict[str, Any] = json.loads(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    seen = door.told()
    if seen["posts"] != seen["different"] or seen["posts"] != told["sent"]:
        raise SystemExit(f"{way}: {told['sent']} sent, {seen['posts']} came, {seen['different']} of them different")
    return told


def _turns(
    door: Gateway, root: Path, rounds: int, threads: int, more: Mapping[str, str] | None = None
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"bare": [], "book": []}
    for _ in range(rounds):
        for way, told in found.items():
            told.append(_measured(door, way, root, threads, more if way == "book" else None))
    return found


def _middle(told: Sequence[dict[str, Any]], name: str) -> float:
    return median(each[name] for each in told)


def _book(given: Any, folder: Path) -> Lines:
    lines: Lines = []
    cpu = {}
    with gateway() as door:
        for deliveries in (_SMALL, *map(int, given.deliveries.split(","))):
            root = _office(folder, deliveries, given.threads)
            told = _turns(door, root, given.rounds, given.threads)
            shutil.rmtree(root)
            cpu[deliveries] = _middle(told["book"], "cpu") / deliveries
            ratio = _middle(told["bare"], "wall") / _middle(told["book"], "wall")
            note = f"{deliveries / _middle(told['book'], 'wall'):.0f}/s, {cpu[deliveries] * 1e6:.0f} µs of CPU each, "
            note += f"{_middle(told['book'], 'megabytes'):.0f} MB"
            if deliveries > _SMALL:
                lines.append(_line(f"SQLite, {deliveries} posts", 0.80 if deliveries > _BIG else 0.88, ratio, note))
    most = max(cpu)
    lines.append(_limit(f"CPU for a post: {most} against {_SMALL}", 1.15, cpu[most] / cpu[_SMALL]))
    return lines


def _network(given: Any, folder: Path) -> Lines:
    threads, deliveries = 32, 5_000
    with gateway(given.network_ms) as door:
        told = _turns(door, _office(folder, deliveries, threads), given.rounds, threads)
    ratio = _middle(told["bare"], "wall") / _middle(told["book"], "wall")
    return [_line(f"{given.network_ms:g} ms of network, {threads} threads, {deliveries} posts", 0.95, ratio)]


def _disk(given: Any, folder: Path) -> Lines:
    folder.mkdir(parents=True)
    shim = folder / "slow_disk.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", str(HERE / "slow_disk.c"), "-o", str(shim), "-ldl"], check=True)
    slow = {"LD_PRELOAD": str(shim), "SLOW_DISK_MS": str(given.slow_disk_ms)}
    with gateway() as door:
        told = _turns(door, _office(folder, 10_000, given.threads), given.rounds, given.threads, slow)
    ratio = _middle(told["bare"], "wall") / _middle(told["book"], "wall")
    return [_line(f"a disk {given.slow_disk_ms:g} ms slower, window chosen by itself", 0.85, ratio)]


def _same_second(given: Any, folder: Path) -> Lines:
    """1,000 posts that are approved and due in one moment: how late the last hundredth is."""
    late: dict[str, list[float]] = {"bare": [], "book": []}
    with gateway() as door:
        for number in range(given.rounds):
            for way, told in late.items():
                root = office(folder / f"{way}-{number}", given.threads)
                state = State.DUE if way == "bare" else State.APPROVED
                fill(root, 1_000, given.threads, state=state)
                command = [sys.executable, str(HERE / "delivery_desk.py"), "late-" + way, str(root), door.url]
                due = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["due"]
                moments = sorted(moment - due for moment in door.told()["moments"])
                told.append(moments[int(len(moments) * 0.99)])
    ratio = median(late["book"]) / median(late["bare"])
    note = f"{median(late['book']):.2f} s against {median(late['bare']):.2f} s"
    return [_limit("1,000 due in one second: p99 lateness", 1.3, ratio, note)]


def _rate(given: Any, folder: Path) -> Lines:  # noqa: ARG001 - the same call for every part
    """100 posts a second by two accounts of one bucket, killed and started again."""
    root = office(folder / "office", 2, rate="100", more=", bucket: app")
    fill(root, 2_000, 2)
    chance = random.Random(1)  # noqa: S311 - the same kills in every run
    with gateway() as door:
        for _ in range(_KILLS):
            with _sender(root, door) as sender:
                time.sleep(chance.uniform(2.0, 4.0))
                sender.send_signal(signal.SIGKILL)
        with _sender(root, door) as sender:
            sender.wait()
        seen = door.told()
    moments = sorted(seen["moments"])
    most = max(sum(first <= each < first + 1 for each in moments[n : n + 300]) for n, first in enumerate(moments))
    note = f"{seen['posts']} posts, {seen['posts'] - seen['different']} twice, {_KILLS} kills"
    return [_limit("a limit of 100/s in any one second, over kills", 1.05, most / 100, note)]


def _sender(root: Path, door: Gateway) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(HERE / "delivery_desk.py"), "book", str(root), door.url]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def _peers(given: Any, folder: Path) -> Lines:
    deliveries = 3_000
    root = _office(folder, deliveries, given.threads)
    with_celery = ("uv", "run", "--with", "celery", "--with", "redis", "--with", "redis-server", "python")
    ways: dict[str, Callable[[Gateway], float]] = {
        "book": lambda door: _rate_of(door, (sys.executable, str(HERE / "delivery_desk.py"), "book"), root),
        "APScheduler": lambda door: _rate_of(
            door, (sys.executable, str(HERE / "peers" / "delivery_apscheduler.py")), root
        ),
        "Celery": lambda door: _rate_of(door, (*with_celery, str(HERE / "peers" / "delivery_celery.py")), root),
    }
    told: dict[str, list[float]] = {name: [] for name in ways}
    with gateway() as door:
        for _ in range(given.rounds):
            for name, way in ways.items():
                told[name].append(way(door))
    book = median(told["book"])
    return [
        _line("against a job store of APScheduler on SQLite", 2.3, book / median(told["APScheduler"])),
        _line("against Celery with Redis", 3.0, book / median(told["Celery"])),
    ]


def _rate_of(door: Gateway, command: Sequence[str], root: Path) -> float:
    """Posts a second, by the gateway's own clock from the first to the last."""
    copy = root.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy)
    subprocess.run([*command, str(copy), door.url], stdout=subprocess.DEVNULL, check=True)
    moments = door.told()["moments"]
    return len(moments) / float(max(moments) - min(moments))


if __name__ == "__main__":
    main()
