"""kill -9 of the scheduler while it sends to many people, at every gateway of the stub: nothing twice, nobody lost.

``python benchmarks/sms_kill.py [--people 20000] [--kills 200] [--faces esms,speedsms,…]``. The stub outlives every
kill and its own journal says what handsets got. Where a gateway remembers our key everybody must have the message in
the end; elsewhere whoever is in doubt must be unknown and listed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from loa import store
from loa.dispatch import APPROVE, Selection, Service, decide, plan
from loa.dispatch.bulk.claim import next_moment
from loa.sandbox import overrides
from loa.store import bulk_calls, bulk_counts
from loa.wiring.cards import cards
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from support.crowd import REVIEWERS, make_crowd  # noqa: E402 (the tests' office, found by the line above)
from support.processes import clean_environment, sandbox_process  # noqa: E402 (the same)

FACES = ("esms", "speedsms", "kannel", "smsgate", "twilio", "infobip")
HEAD = ("face", "key", "people", "kills", "cut off", "rounds", "reached", "twice", "lost", "unknown", "listed", "s")
WIDTH = "{:<9}{:>5}{:>9}{:>7}{:>9}{:>8}{:>9}{:>7}{:>6}{:>9}{:>8}{:>8}"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_DELAYED = 0.02
_LONGEST_LIFE = 0.6


@dataclass
class Tally:
    """What one face came to over all rounds."""

    people: int = 0
    kills: int = 0
    cut_off: int = 0
    rounds: int = 0
    reached: int = 0
    twice: int = 0
    lost: int = 0
    unknown: int = 0
    listed: int = 0


def main() -> None:
    """Print a line for each face; exit 1 when one of them lost or doubled anything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--faces", default=",".join(FACES))
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        _work(Path(given.worker[0]), given.worker[1])
        return
    print(WIDTH.format(*HEAD), flush=True)
    good = [measure(face, given.people, given.kills) for face in given.faces.split(",")]
    sys.exit(0 if all(good) else 1)


def measure(face: str, people: int, kills: int) -> bool:
    """Kill a face's sends until there were enough kills; print its line."""
    start = time.perf_counter()
    total, chance = Tally(), random.Random(face)  # noqa: S311 - where to kill, no secret
    with_key = False
    while total.kills < kills:
        with tempfile.TemporaryDirectory(prefix="loa-sms-kill-") as folder:
            with_key = _round(Path(folder), face, people, kills, total, chance)
    good = not total.twice and not total.lost and total.unknown == total.listed
    words = (total.people, total.kills, total.cut_off, total.rounds, total.reached, total.twice, total.lost)
    seconds = f"{time.perf_counter() - start:.0f}"
    key = "yes" if with_key else "no"
    print(WIDTH.format(face, key, *words, total.unknown, total.listed, seconds), flush=True)
    return good and (not with_key or not total.unknown)


def _round(folder: Path, face: str, people: int, kills: int, total: Tally, chance: random.Random) -> bool:
    """One campaign to its end; whether the gateway remembers keys."""
    root = office(folder / "office", face, people, "emergency")
    with sandbox_process(folder / "stub", clock="system") as url:
        tell(url, "sms", {"rules": {"requests": {}, "ported": 0.0}})
        slow = [{"face": face, "route": "*", "kind": "delay_after", "probability": 0.3, "seed": 1, "seconds": _DELAYED}]
        tell(url, "faults", {"scenario": slow})
        while total.kills < kills:
            worker = _start(root, url)
            if not _kill(worker, chance):
                break
            total.kills += 1
        told = _finish(root, url)
    seen = _seen(folder / "stub" / "journal.jsonl")
    done, unknown = told["counts"].get("done", 0), told["counts"].get("human", 0)
    total.rounds += 1
    total.people += people
    total.cut_off += told["cut_off"]
    total.reached += len(seen)
    total.twice += sum(count - 1 for count in seen.values())
    total.lost += max(done - len(seen), 0) + (people - done - unknown)
    total.unknown += unknown
    total.listed += told["listed"]
    return bool(told["with_key"])


def office(root: Path, face: str, people: int, message_class: str) -> Path:
    """An office whose only account sends by a gateway, in its slot since a minute, at any hour of the day."""
    now = datetime.now(UTC).astimezone(VIETNAM) - timedelta(minutes=1)
    items = {"tin": (f"{now:%Y-%m-%d}", f"{now:%H:%M}", f"{{class: {message_class}}}")}
    make_crowd(root, 0, pace="1000000", items=items)
    numbers = "".join(f"090{number:07}\n" for number in range(1, people + 1))
    (root / "content/recipients/dan.csv").write_text(f"phone\n{numbers}", encoding="utf-8")
    card = cards()["sms"].of({"gateway": face})
    path = root / "loa.yaml"
    text = path.read_text(encoding="utf-8")
    settings = dict.fromkeys(card.account_settings, "TINHMAU") | {"gateway": face, "brandname": "TINHMAU"}
    written = ", ".join(f"{name}: {value}" for name, value in settings.items())
    text = text.replace("settings: {brandname: TINHMAU,", f"settings: {{{written},")
    secrets = ", ".join(f"{name}: sms-{number}" for number, name in enumerate(card.account_secrets))
    text = text.replace("secrets: {api_key: sms-key, secret_key: sms-secret}", f"secrets: {{{secrets}}}")
    text = text.replace('quiet_hours: {from: "22:00", to: "07:00"}', 'quiet_hours: {from: "00:00", to: "00:00"}')
    path.write_text(text, encoding="utf-8")
    campaign = root / "campaigns/thu-nghiem.yaml"
    words = campaign.read_text(encoding="utf-8").replace("from: 2027-01-01", f"from: {now:%Y-%m-%d}")
    campaign.write_text(words, encoding="utf-8")
    return root


def tell(url: str, what: str, body: Mapping[str, object]) -> None:
    """Tell the stub how to behave."""
    request = urllib.request.Request(  # noqa: S310 - the stub's loopback address
        f"{url}/_loa/{what}", data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - the same
        pass


def _start(root: Path, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--worker", str(root), url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=clean_environment())


def _kill(worker: subprocess.Popen[bytes], chance: random.Random) -> bool:
    """Kill a worker a random while after it began to send; False where it had ended before."""
    assert worker.stdout
    with worker.stdout:
        worker.stdout.readline()
        time.sleep(chance.uniform(0.0, _LONGEST_LIFE))
        if worker.poll() is not None:
            return False
        os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    return True


def _finish(root: Path, url: str) -> dict[str, object]:
    worker = _start(root, url)
    out, _ = worker.communicate()
    assert worker.returncode == 0, "the last worker broke"
    return dict(json.loads(out.splitlines()[-1]))


def _seen(journal: Path) -> Counter[str]:
    """How often each handset got it."""
    with journal.open(encoding="utf-8") as file:
        effects = map(json.loads, file)
        return Counter(effect["recipient_hmac"] for effect in effects if effect["kind"] == "sms")


class _AheadClock:
    """This machine's clock, ahead by what was waited for in no time: a pause of an hour costs nothing."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._ahead = timedelta(seconds=float(kept.read_text())) if kept.exists() else timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def pause(self, seconds: float) -> bool:
        time.sleep(seconds)
        return True

    def real(self) -> float:
        return time.monotonic() + self._ahead.total_seconds()

    def move_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self.now(), timedelta(0))
        self._kept.write_text(str(self._ahead.total_seconds()))


def _work(root: Path, url: str) -> None:
    """A scheduler of its own: it sends until nothing more happens, then says how everything ended."""
    clock = _AheadClock(root / "ahead.txt")
    desk = open_desk(open_workspace(root), clock, sandbox=overrides(url))
    service = Service(desk, "kill", os.getpid())
    service.start()
    if not store.read_note(desk.book, "ready"):
        plan(desk)
        for reviewer in REVIEWERS:
            decide(desk, Selection(), reviewer, APPROVE, "Diễn tập")
        store.note(desk.book, "ready", "yes")
    print("sending", flush=True)
    while True:
        service.beat()
        moment = next_moment(desk)
        if moment is None:
            break
        clock.move_to(moment)
    with desk.book.read() as connection:
        [counts] = bulk_counts.recipient_counts(connection).values()
        [row] = store.deliveries(connection)
        listed = sum(1 for _ in bulk_calls.doubtful_people(connection, row.id))
    cut_off = sum(event.cause == "recover" for event in store.events_of(desk.book, row.id))
    with_key = desk.cards["sms"].of(desk.workspace.account("sms-tinh").settings).read_back == "key"
    told = {"counts": counts, "listed": listed, "cut_off": cut_off, "with_key": with_key}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
