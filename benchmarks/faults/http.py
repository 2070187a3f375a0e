"""Nine ways in which HTTP breaks × every way of sending × 20 messages, each through the whole desk: sent once.

tests/contract/test_matrix.py drives the horns alone; here plan, approval, claim, record, look-up and repeat take part,
and the wire itself breaks (a proxy resets, swallows, cuts), not only the platform's answer.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

from support.faulty_office import SETTLE, make_one_way
from support.history import check, read_history
from support.history.receipts import read_receipts
from support.planted import environment
from support.processes import sandbox_process

from benchmarks.faults.proxy import Mode, Proxy
from benchmarks.faults.report import Report

_PATIENCE = 0.25
"""Seconds that a client waits for an answer here, in the place of its 30."""


@dataclass(frozen=True)
class Way:
    """One way of sending: the channel with its settings, what is made for it, and the one call that citizens see."""

    channel: str
    commit: str
    picture: bool = False
    gateway: str = ""


WAYS = {
    "facebook text": Way("facebook", "*/feed"),
    "facebook photo": Way("facebook", "*/feed", picture=True),
    "zalo article": Way("zalo", "*/article/create", picture=True),
    "x text": Way("x", "*/2/tweets"),
    "x picture": Way("x", "*/2/tweets", picture=True),
    "sms esms": Way("sms", "/esms/*", gateway="esms"),
    "sms speedsms": Way("sms", "/speedsms/*", gateway="speedsms"),
    "sms kannel": Way("sms", "/kannel/*", gateway="kannel"),
    "sms smsgate": Way("sms", "/smsgate/*", gateway="smsgate"),
    "sms twilio": Way("sms", "/twilio/*", gateway="twilio"),
    "sms infobip": Way("sms", "/infobip/*", gateway="infobip"),
}


def run(times: int, ways: list[str], modes: list[Mode]) -> Report:
    """Each way × each mode × ``times``; the report."""
    report = Report("HTTP faults", ("way of sending", *modes))
    report.notes.append("a cell: messages · calls spoilt · done/for a person; each message is seen at most once")
    for name in ways:
        with tempfile.TemporaryDirectory(prefix="loa-http-") as folder:
            root = make_one_way(
                Path(folder) / "office", WAYS[name].channel, WAYS[name].gateway, picture=WAYS[name].picture
            )
            cells = [_one(report, name, mode, root, Path(folder) / mode.replace(" ", "-"), times) for mode in modes]
        report.add(name, *cells)
    return report


def _one(report: Report, name: str, mode: Mode, root: Path, folder: Path, times: int) -> str:
    """One way under one mode, to its end; what the cell says."""
    where = f"{name}, {mode}"
    with (
        sandbox_process(folder) as url,
        Proxy(url, WAYS[name].commit, mode, silence=4 * _PATIENCE) as proxy,
    ):
        _rehearse(root, folder, proxy.url, times)
    receipts = read_receipts(folder / "journal")
    history = read_history(folder / "book.sqlite", folder / "journal.jsonl", settle=SETTLE, receipts=receipts)
    report.blame(where, check(history))
    states = Counter(row["state"] for row in history.book["delivery"])
    open_still = set(states) - {"done", "human"}
    report.blame(where, [f"no end: {dict(states)}"] if open_still or states.total() != times else [])
    report.blame(where, ["no call was spoilt"] if not proxy.struck else [])
    return f"{states.total()} · {proxy.struck} · {states['done']}/{states['human']}"


def _rehearse(root: Path, folder: Path, url: str, times: int) -> None:
    """The whole desk in this process, so that a lost answer is not waited for half a minute."""
    import os  # noqa: PLC0415 - the secrets of the tests are set here only

    from loa.rehearsal import Rehearsal  # noqa: PLC0415 - only now is it known that it is needed
    from loa.workspace import open_workspace  # noqa: PLC0415 - the same
    from publishers import http  # noqa: PLC0415 - the same

    os.environ.update(environment())
    patience = http.READ_SECONDS
    http.READ_SECONDS = _PATIENCE
    start = datetime(2027, 2, 28, 17, tzinfo=UTC)
    try:
        Rehearsal(open_workspace(root), (), start, start + timedelta(days=times), folder, url).run(lambda *_: None)
    finally:
        http.READ_SECONDS = patience


def main(argv: list[str]) -> int:
    """Run by itself; exit 1 at any violation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--modes", default=",".join(get_args(Mode)))
    given = parser.parse_args(argv)
    report = run(given.times, given.ways.split(","), given.modes.split(","))
    report.how = "uv run python benchmarks/faults --only http"
    print(report.markdown())
    return 1 if report.violations else 0
