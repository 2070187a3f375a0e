"""An office at work now, by this machine's clock: posts for many Pages that are due, and how to run it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from support.many import make_many
from support.processes import LOA, clean_environment
from support.warm import run_warm, start_warm

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_ITEM = """\
  - id: tin-{number}
    title: Tin {number}
    content: [content/tin-{number}.md]
    when: {{date: {day}, at: "{at}"}}
    send:
      facebook: {{}}
"""
_CONTENT = "---\ntitle: Nộp hồ sơ tại nhà\n---\n{{{{ unit.name }}}} mời bà con nộp hồ sơ trực tuyến, tin {number}.\n"


@dataclass
class LiveOffice:
    """The office and its environment. ``book`` is a PostgreSQL URL, or empty for the file of the workspace."""

    root: Path
    book: str = ""
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return self.book or str(self.root / "var" / "book.sqlite")

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment() | ({"LOA_DATABASE_URL": self.book} if self.book else {})

    def loa(
        self, *words: str | Path, timeout: float = 120, before: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run one verb to its end; ``before`` is put in front of the command."""
        if not before:
            return run_warm([*map(str, words)], self.root, self.environment, timeout)
        command = [*before, *LOA, *map(str, words)]
        return subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    def start(self, *words: str, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start one verb and leave it running, until ``end``."""
        log = (self.root / "var" / "processes.log").open("ab")
        with log:
            process: subprocess.Popen[bytes] = (
                subprocess.Popen(
                    [*before, *LOA, *words],
                    cwd=self.root,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                if before
                else start_warm(["loa", *words], self.root, self.environment, stdout=log, stderr=log, session=True)
            )
        self.running.append(process)
        return process

    def end(self, how: int = signal.SIGTERM) -> None:
        """End what is still running, and wait for it."""
        for process in self.running:
            if process.poll() is None:  # with what strace started, where it stands before
                os.killpg(process.pid, how)
        for process in self.running:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.clear()

    def make_ready(self) -> None:
        """Plan and approve everything, in the name of a reviewer."""
        done = self.loa("approve", "dot-lon", "--as", "lan")
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def slots(self) -> list[dict[str, Any]]:
        """What the plan says of the days around now."""
        today = datetime.now(UTC).astimezone(VIETNAM)
        span = ("--from", f"{today - timedelta(days=2):%Y-%m-%d}", "--to", f"{today + timedelta(days=2):%Y-%m-%d}")
        found: Mapping[str, Any] = json.loads(self.loa("timetable", *span, "--json").stdout)
        return list(found["slots"])


def make_live(
    root: Path, pages: int, items: int, book: str = "", minutes: Sequence[int] = (-1,), rate: str = "50"
) -> LiveOffice:
    """``items`` posts for each of ``pages`` Pages, due so many ``minutes`` from now, in turn; at any hour."""
    make_many(root, pages)
    now = datetime.now(UTC).astimezone(VIETNAM)
    campaign = root / "campaigns/dot-lon.yaml"
    text = campaign.read_text(encoding="utf-8").replace("from: 2027-01-01", f"from: {now - timedelta(days=1):%Y-%m-%d}")
    written = text[: text.index("  - id: tin-chung")]
    for number in range(items):
        due = now + timedelta(minutes=minutes[number % len(minutes)])
        written += _ITEM.format(number=number, day=f"{due:%Y-%m-%d}", at=f"{due:%H:%M}")
        (root / f"content/tin-{number}.md").write_text(_CONTENT.format(number=number), encoding="utf-8")
    campaign.write_text(written, encoding="utf-8")
    settings = root / "loa.yaml"
    calm = settings.read_text(encoding="utf-8").replace('{from: "21:00", to: "07:00"}', '{from: "00:00", to: "00:00"}')
    # Faults fall faster than a Page would take posts: each may send many a second.
    calm += f'channels: {{facebook: {{settings: {{rate_per_second: "{rate}"}}}}}}\n'
    settings.write_text(calm, encoding="utf-8")
    (root / "var").mkdir(exist_ok=True)
    return LiveOffice(root, book)
