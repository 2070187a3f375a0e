"""A message to a million people: planned and guarded as a stream, and sent against a bare loop of the same calls.

``python benchmarks/sms_scale.py [--people 100000,1000000] [--sent 20000] [--rounds 5] [--face speedsms]``. Planning is
measured in a process of its own, with its peak of memory. Sending is measured in turns with a bare loop of the same
requests to the same stub; the ratio counts. Exit 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from loa import store
from loa.clock import SystemClock
from loa.dispatch import APPROVE, Selection, decide, plan
from loa.dispatch.bulk.layout import lay_out
from loa.dispatch.bulk.send import send
from loa.sandbox import overrides
from loa.store import ListHead, Person, bulk_layout
from loa.store.people_tables import contact
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from sms_kill import office, tell  # noqa: E402 (the same office, found by the line above)
from support.crowd import REVIEWERS  # noqa: E402 (the same)
from support.processes import sandbox_process  # noqa: E402 (the same)

MOST_SECONDS, MOST_MEGABYTES, LEAST_RATIO = 60, 300, 0.8
MILLION = 1_000_000
_CHUNK = 20_000
_OPT_OUTS, _TOLD_THRICE = 100, 50
"""Every hundredth has opted out, every fiftieth has had three messages today: the guards have something to do."""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", default="100000,1000000")
    parser.add_argument("--sent", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--face", default="speedsms")
    parser.add_argument("--plan", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.plan:
        print(json.dumps(_plan(given.plan)))
        return
    print(f"{'people':>9}{'seconds':>9}{'peak MB':>9}{'due':>9}{'held':>8}{'dropped':>9}", flush=True)
    good = all([_planned(int(people)) for people in given.people.split(",")])  # noqa: C419 - each line is printed
    sys.exit(0 if _sent(given.face, given.sent, given.rounds) and good else 1)


def _planned(people: int) -> bool:
    command = [sys.executable, __file__, "--plan", str(people)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    figures = (told["seconds"], told["megabytes"], told["due"], told["held"], told["dropped"])
    print("{:>9}{:>9.1f}{:>9.0f}{:>9}{:>8}{:>9}".format(people, *figures), flush=True)
    return bool(told["seconds"] < MOST_SECONDS * max(people / MILLION, 0.1) and told["megabytes"] < MOST_MEGABYTES)


def _plan(people: int) -> dict[str, Any]:
    """Look at the plan, approve, lay out and guard; the list is in the book already."""
    with tempfile.TemporaryDirectory(prefix="loa-sms-scale-") as folder:
        root = office(Path(folder), "speedsms", 10, "public_info")
        desk = _desk(root, {})
        _fill(desk, people)
        start = time.perf_counter()
        _approve(desk)
        with desk.book.read() as connection:
            [row] = store.deliveries(connection)
        assert lay_out(desk, row)
        seconds = time.perf_counter() - start
        with desk.book.read() as connection:
            [counts] = store.state_counts(connection).values()
            held = bulk_layout.guard_counts(connection, row.id)
        desk.book.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbers = {"due": counts["due"], "held": held.get("E762", 0), "dropped": counts["cancelled"]}
    return {"seconds": seconds, "megabytes": megabytes} | numbers


def _desk(root: Path, hosts: Any) -> Any:

    return open_desk(open_workspace(root), SystemClock(), sandbox=hosts)


def _approve(desk: Any) -> None:

    plan(desk)
    for reviewer in REVIEWERS:
        decide(desk, Selection(), reviewer, APPROVE, "Diễn tập")


def _fill(desk: Any, people: int) -> None:
    """Put a big list in the place of the small one, and a past for the guards to look at."""
    plan(desk)
    now = datetime.now(UTC)
    with desk.book.read() as connection:
        known = store.list_named(connection, "dan")
        [row] = store.deliveries(connection)
    head = ListHead("dan", now, "", known.source, known.source_sha256, "", known.legal_basis)
    list_id = store.begin_list(desk.book, head)
    for after in range(0, people, _CHUNK):
        some = range(after + 1, min(after + _CHUNK, people) + 1)
        rows = [_person(desk, list_id, seq) for seq in some]
        store.add_people(desk.book, rows, [])
        with desk.book.write() as connection:
            store.suppress(connection, [each.mark for each in rows[::_OPT_OUTS]], "opt_out", now, "TC")
            past = [
                {"mark": each.mark, "at": now - timedelta(hours=hours), "delivery_id": row.id}
                for each in rows[1::_TOLD_THRICE]
                for hours in (3, 4, 5)
            ]
            connection.execute(contact.insert(), past)
    store.finish_list(desk.book, list_id, head, people, people)


def _person(desk: Any, list_id: int, seq: int) -> Person:
    number = f"+8490{seq:07d}"
    return Person(list_id, seq, desk.vault.mark_bytes(number), desk.vault.seal(number), "tinh-mau")


def _sent(face: str, people: int, rounds: int) -> bool:
    """The medians of rounds in turn: our send, and the bare loop of the same calls."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory(prefix="loa-sms-scale-") as folder:
        place = Path(folder)
        with sandbox_process(place / "stub", clock="system") as url:
            tell(url, "sms", {"rules": {"requests": {}, "ported": 0.0}})
            for number in range(rounds + 1):
                calls, seconds = _send_ours(place / f"office-{number}", face, people, url)
                again = _send_bare(place / f"office-{number}", calls, url)
                if number:  # the first round warms everything up
                    ours.append(people / seconds)
                    bare.append(people / again)
    ratio = median(mine / its for mine, its in zip(ours, bare, strict=True))
    print(f"\n{face}, {people} people, {len(calls)} calls, medians of {rounds} rounds in turn")
    print(f"bare loop {median(bare):>9.0f} people/s")
    print(f"loa       {median(ours):>9.0f} people/s   {ratio:.2f} of the bare loop (bar {LEAST_RATIO})", flush=True)
    return ratio >= LEAST_RATIO


def _send_ours(root: Path, face: str, people: int, url: str) -> tuple[list[Any], float]:
    """Send through the book; the calls that were made, and the seconds from the first claim to the last record."""
    desk = _desk(office(root, face, 10, "emergency"), overrides(url))
    _fill(desk, people)
    _approve(desk)
    horn, calls = _Kept(desk.publisher_of("sms-tinh")), []
    horn.calls = calls
    desk = replace(desk, publisher_of=lambda _: horn)
    with desk.book.read() as connection:
        [row] = store.deliveries(connection)
    lay_out(desk, row)
    start = time.perf_counter()
    while send(desk):
        pass
    seconds = time.perf_counter() - start
    with desk.book.read() as connection:
        [counts] = store.state_counts(connection).values()
    assert counts == {"done": people}, counts
    desk.book.close()
    return calls, seconds


class _Kept:
    """A horn that keeps the calls that go through it."""

    calls: list[Any]

    def __init__(self, horn: Any) -> None:
        self._horn = horn

    def submit(self, batch: Any) -> Any:
        self.calls.append(batch)
        return self._horn.submit(batch)

    def rest(self) -> Any:
        return self._horn.rest()


def _send_bare(root: Path, calls: list[Any], url: str) -> float:
    """The same calls by the same horn, under other keys, with nothing around them."""
    desk = _desk(root, overrides(url))
    horn = desk.publisher_of("sms-tinh")
    again = [replace(batch, key=batch.key[::-1]) for batch in calls]
    start = time.perf_counter()
    for batch in again:
        horn.submit(batch)
    seconds = time.perf_counter() - start
    desk.book.close()
    return seconds


if __name__ == "__main__":
    main()
