"""The file of the log: bounded, shared, and never in the way."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from loa.logs.file import LogFile

LINE = "x" * 99 + "\n"


def test_old_lines_move_aside_and_the_oldest_go(tmp_path: Path) -> None:
    file = LogFile(tmp_path / "log" / "loa.jsonl", most_bytes=1000, most_files=3)
    for number in range(100):
        assert file.write(f"{number:099}\n")
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "log").glob("loa.jsonl*")}
    assert set(sizes) == {"loa.jsonl", "loa.jsonl.1", "loa.jsonl.2"}
    assert max(sizes.values()) <= 1000
    kept = [int(line) for name in sorted(sizes, reverse=True) for line in (tmp_path / "log" / name).read_text().split()]
    assert kept == list(range(kept[0], 100))


def test_processes_that_write_together_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "loa.jsonl"
    code = (
        "import sys; from pathlib import Path; from loa.logs.file import LogFile\n"
        "file = LogFile(Path(sys.argv[1]), 5000, 1000)\n"
        "for n in range(300): assert file.write(f'{sys.argv[2]}-{n:04}' + 'x' * 93 + chr(10))\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(3)]
    assert [each.wait(timeout=60) for each in running] == [0, 0, 0]
    lines = [line[:6] for each in tmp_path.glob("loa.jsonl*") if each.is_file() for line in each.read_text().split()]
    assert sorted(lines) == sorted(f"{who}-{n:04}" for who in range(3) for n in range(300))


def test_a_line_that_cannot_be_written_is_counted_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("no folder")
    file = LogFile(tmp_path / "log" / "loa.jsonl")
    assert not file.write(LINE * 3)
    assert file.lost == 3


def test_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from loa import logs\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))\n"
        "with logs.opened(Path(sys.argv[1]), 'w'):\n"
        "    for n in range(100): logs.tell('x', text='y' * 10)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "    logs.tell('after')\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    told = (tmp_path / "loa.jsonl").read_text()
    assert '"event": "after"' in told
    assert '"event": "log_lines_lost"' in told


def test_the_log_is_for_its_owner_only(tmp_path: Path) -> None:
    LogFile(tmp_path / "loa.jsonl").write(LINE)
    assert os.name != "posix" or (tmp_path / "loa.jsonl").stat().st_mode & 0o077 == 0
