"""A province at work: one book on PostgreSQL, a leader, workers, a sandbox, each a process of its own."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from loa import store
from loa.clock import SystemClock
from loa.dispatch import APPROVE, Selection, decide, plan
from loa.sandbox import overrides
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace
from support.planted import phone
from support.postgres import fresh_database
from support.processes import clean_environment, sandbox_process
from support.warm import run_warm, start_warm

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SETTINGS = """\
body: {{name: Ủy ban nhân dân tỉnh Mẫu, short_name: UBND tỉnh Mẫu, unit: tinh-mau}}
units:
  list:
    - {{code: tinh-mau, name: Tỉnh Mẫu, hotline: "1022", portal: "https://dichvucong.gov.vn"}}
lists:
  - {{id: dan, name: Người dân, legal_basis: Kế hoạch thử, file: content/recipients/dan.csv}}
accounts:
{accounts}reviewers:
  - {{id: lan, name: Nguyễn Thị Lan}}
  - {{id: binh, name: Trần Văn Bình}}
policies:
  approvals: "1"
  quiet_hours: {{from: "00:00", to: "00:00"}}
  lateness: {{limit: 2d, then: drop}}
"""
_PAGE = (
    "  - {{id: fb-{n:02d}, channel: facebook, unit: tinh-mau, name: Trang {n}, "
    'settings: {{page_id: "{page}"}}, secrets: {{page_token: fb-tinh}}}}\n'
)
_SMS = (
    "  - {{id: sms-tinh, channel: sms, unit: tinh-mau, name: Tin nhắn, settings: {{brandname: TINHMAU, "
    'parts_per_second: "{pace}"}}, secrets: {{api_key: sms-key, secret_key: sms-secret}}}}\n'
)
_HEAD = """\
id: dot
title: Đợt thử
author: Phạm Văn Soạn
lead: Văn phòng UBND tỉnh
basis: [Kế hoạch thử]
from: {day}
units: [tinh-mau]
items:
"""
_ITEM = """\
  - id: {id}
    title: Tin {id}
    content: [content/{id}.md]
    when: {{date: {day}, at: "{at}"}}
    send:
      {send}
"""
_STATES = "SELECT state, count(*) FROM (SELECT state FROM sending UNION ALL SELECT state FROM recipient) s GROUP BY 1"


def make_province(root: Path, *, pages: int = 0, posts: int = 0, people: int = 0, pace: str = "100000") -> Path:
    """An office whose ``pages`` each publish ``posts`` in their order, and that writes to ``people``; all due now."""
    first = datetime.now(UTC).astimezone(VIETNAM) - timedelta(minutes=posts + 1)
    accounts = "".join(_PAGE.format(n=n, page=1000 + n) for n in range(pages))
    items = {f"bai-{n:03d}": (first + timedelta(minutes=n), "facebook: {}") for n in range(posts)}
    if people:
        accounts += _SMS.format(pace=pace)
        items["tin"] = first, "sms: {recipients: dan, options: {class: emergency}}"
    files = {
        "loa.yaml": _SETTINGS.format(accounts=accounts),
        "campaigns/dot.yaml": _HEAD.format(day=f"{first:%Y-%m-%d}")
        + "".join(
            _ITEM.format(id=name, day=f"{when:%Y-%m-%d}", at=f"{when:%H:%M}", send=send)
            for name, (when, send) in items.items()
        ),
        "content/recipients/dan.csv": "phone\n" + "".join(f"{phone(n)}\n" for n in range(1, max(people, 1) + 1)),
    }
    files |= {f"content/{name}.md": f"---\ntitle: Tin\n---\nUBND tinh Mau: viec {name}.\n" for name in items}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@dataclass
class Province:
    """The processes of a province, over one workspace folder, one database and one sandbox."""

    root: Path
    database: str
    sandbox: str
    journal: Path
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def make_ready(self) -> None:
        """Plan and approve everything, as the staff did, and set the stub up for real time."""
        self.tell("sms", {"rules": {"requests": {}, "ported": 0.0}})
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment().items():
                patch.setenv(name, value)
            desk = open_desk(open_workspace(self.root), SystemClock(), sandbox=overrides(self.sandbox))
        store.keep_for(desk.book, "sandbox")
        plan(desk)
        for reviewer in ("lan", "binh"):
            decide(desk, Selection(), reviewer, APPROVE, "Diễn tập, đã báo lãnh đạo")
        desk.book.close()

    def environment(self) -> dict[str, str]:
        return clean_environment() | {"LOA_DATABASE_URL": self.database}

    def loa(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return run_warm(words, self.root, self.environment(), timeout=120)

    def start(self, *words: str, cwd: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start a verb and leave it running; what it says goes to a file of its own."""
        out = self.journal.with_name(f"{words[0]}-{len(self.running)}.txt").open("wb")
        with out:
            process = start_warm(
                ["loa", *words, "--sandbox", self.sandbox],
                cwd or self.root,
                self.environment(),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.running.append(process)
        return process

    def leader(self) -> "subprocess.Popen[bytes]":
        return self.start("run", "--every", "1")

    def worker(self, threads: int = 4) -> "subprocess.Popen[bytes]":
        return self.start("worker", "--deliver", "--threads", str(threads))

    def said(self) -> str:
        """What the processes said, for the message of a test that fails."""
        texts = sorted(self.journal.parent.glob("*-?.txt"))
        return "\n".join(f"== {path.name}\n{path.read_text(encoding='utf-8')[-3000:]}" for path in texts)

    def end(self) -> None:
        """Ask everybody to leave, and see that they do."""
        for process in self.running:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def states(self) -> Counter[str]:
        """Posts and people by their state in the book."""
        with psycopg.connect(self.database) as connection:
            return Counter(dict(connection.execute(_STATES).fetchall()))

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(sql.encode()).fetchall()

    def seen(self) -> list[dict[str, str]]:
        """What citizens saw, in its order."""
        if not self.journal.exists():
            return []
        lines = self.journal.read_bytes().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith(b"\n")]

    def tell(self, what: str, body: Mapping[str, object]) -> None:
        """Tell the sandbox how to behave."""
        request = urllib.request.Request(
            f"{self.sandbox}/_loa/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=10).close()

    def slow_down(self, seconds: float, *faces: str, kind: str = "delay_after", route: str = "*") -> None:
        """Every call takes so long: before it is taken (``delay``), or between that and its answer."""
        always = {"probability": 1.0, "seconds": seconds}
        scenario = [{"face": face, "route": route, "kind": kind, **always} for face in faces]
        self.tell("faults", {"scenario": scenario})

    def wait(self, until: Callable[[], object], seconds: float = 120) -> None:
        """Wait for something to come about.

        Raises:
            TimeoutError: it did not; with what the processes said.
        """
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.states()}\n{self.said()}")
            time.sleep(0.2)


def is_settled(states: Counter[str]) -> bool:
    """Whether nothing is to be done any more by a machine."""
    return bool(states) and not any(states[each] for each in ("due", "retry_later", "sending", "unknown", "pending"))


def twice(seen: Sequence[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Posts of one account with the same words, and texts to one person, that were seen more than once."""
    counts = Counter((each["account"], each["text"], each["recipient_hmac"]) for each in seen)
    return [what for what, count in counts.items() if count > 1]


def by_account(seen: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """The words of each account's posts, in the order in which citizens saw them."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in seen:
        found[each["account"]].append(each["text"])
    return dict(found)


def fullest(seen: Sequence[Mapping[str, str]], seconds: float) -> int:
    """The most that was seen within any so many ``seconds``: of several, or a busy machine's hiccup is counted."""
    moments = sorted(datetime.fromisoformat(each["at"]) for each in seen)
    most = start = 0
    for end, moment in enumerate(moments):
        while moment - moments[start] >= timedelta(seconds=seconds):
            start += 1
        most = max(most, end - start + 1)
    return most


@contextmanager
def at_work(folder: Path, server: str, **sizes: Any) -> Iterator[Province]:
    """A province that is ready to send, over a new database and a sandbox; its processes end with the block."""
    root = make_province(folder / "office", **sizes)
    with sandbox_process(folder / "stub", clock="system") as url:
        province = Province(root, fresh_database(server), url, folder / "stub" / "journal.jsonl")
        province.make_ready()
        try:
            yield province
        finally:
            province.end()


def kill(process: "subprocess.Popen[bytes]") -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
