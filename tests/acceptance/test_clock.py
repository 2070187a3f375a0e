"""The real scheduler on a machine whose clock jumps and which sleeps: nothing leaves in doubt, nothing leaves twice."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support.journal import ZONE, read
from support.office import make_office, replace_in
from support.processes import LOA, clean_environment, loa, sandbox_process

WALL = Path(__file__).parents[1] / "support" / "wall.c"
DAY = 86400
_LONGEST = 90


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The small office; its first item is due on two pages since a few minutes, and not approved yet."""
    root = make_office(tmp_path / "office")
    due = datetime.now(ZONE) - timedelta(minutes=3)
    campaign = root / "campaigns/thu-nghiem.yaml"
    text = campaign.read_text(encoding="utf-8")
    text = text[: text.index("  - id: tin-hai")].replace("from: 2027-01-01", f"from: {due:%Y}-01-01")
    campaign.write_text(text, encoding="utf-8")
    replace_in(campaign, '{date: 2027-03-01, at: "08:00"}', f'{{date: {due:%Y-%m-%d}, at: "{due:%H:%M}"}}')
    replace_in(root / "loa.yaml", '{from: "21:00", to: "07:00"}', '{from: "00:00", to: "00:00"}')
    return root


@pytest.fixture
def wall(tmp_path: Path) -> Path:
    """The file that moves the wall clock of a process; beside it the library that reads it."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("moving the clock of one process needs Linux and a C compiler")
    command = [compiler, "-shared", "-fPIC", "-o", str(tmp_path / "wall.so"), str(WALL), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    place = tmp_path / "wall"
    place.write_text("0")
    return place


@pytest.fixture
def scheduler(office: Path, wall: Path, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    """``loa run`` against a sandbox, and the journal of what citizens saw."""
    moved = {"LD_PRELOAD": str(wall.with_name("wall.so")), "LOA_TEST_WALL": str(wall)}
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        command = [*LOA, "run", "--sandbox", url, "--every", "1"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=office, env=clean_environment() | moved, **quiet)  # type: ignore[call-overload]  # two options by name
        try:
            yield process, tmp_path / "sandbox/journal.jsonl"
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(timeout=60)


def _seen(office: Path) -> float | None:
    """By how many seconds the scheduler doubts the clock; None where it does not."""
    with closing(sqlite3.connect(f"file:{office}/var/book.sqlite?mode=ro", uri=True, timeout=30)) as connection:
        row = connection.execute("SELECT value FROM note WHERE name = 'clock_doubt'").fetchone()
    return json.loads(row[0])["seconds"] if row else None


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def _beats(office: Path) -> int:
    place = office / "var/book.sqlite"
    if not place.exists():
        return 0
    with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            return len(connection.execute("SELECT 1 FROM note WHERE name = 'sources'").fetchall())
        except sqlite3.OperationalError:  # the tables are being laid out
            return 0


@pytest.mark.slow
def test_a_scheduler_whose_clock_jumps_both_ways_and_which_sleeps_sends_everything_once(
    office: Path, wall: Path, scheduler: tuple["subprocess.Popen[bytes]", Path]
) -> None:
    process, journal = scheduler
    _until(lambda: _beats(office) > 0)
    wall.write_text(str(7 * DAY))
    _until(lambda: (_seen(office) or 0) > 6 * DAY)
    assert loa("approve", "thu-nghiem", "--as", "Nguyễn Thị Lan", cwd=office).returncode == 0
    wall.write_text(str(-DAY))
    _until(lambda: (_seen(office) or 0) < -DAY / 2)  # it beats on, although its clock went back by eight days
    assert read(journal) == []
    said = loa("resume", "--clock", cwd=office)
    assert said.returncode == 0, said.stderr
    _until(lambda: _seen(office) is None)
    wall.write_text("0")
    _until(lambda: (_seen(office) or 0) > DAY / 2)
    assert loa("resume", "--clock", cwd=office).returncode == 0
    _until(lambda: len(read(journal)) == 2)
    process.send_signal(signal.SIGSTOP)
    time.sleep(2)
    process.send_signal(signal.SIGCONT)
    wall.write_text(str(DAY))
    _until(lambda: _seen(office) is not None)
    wall.write_text("0")
    _until(lambda: _seen(office) is None)
    assert len(read(journal)) == 2
    status = json.loads(loa("status", "--json", cwd=office).stdout)
    assert status["counts"] == {"done": 2}
