"""The faults of benchmarks/faults at a size for every day; each is judged by the independent history checker."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.processes import clean_environment

from benchmarks.faults.kills import can_inject

ROOT = Path(__file__).parents[2]
_RUN = "import sys; from benchmarks.faults.{name} import main; sys.exit(main(sys.argv[1:]))"
SIZES = {
    "crash": ["--kills", "12", "--days", "10", "--book", "sqlite"],
    "http": ["--times", "2", "--ways", "facebook text,sms esms"],
    "schedulers": ["--book", "sqlite", "--seconds", "8", "--pages", "8", "--every", "2"],
    "corrupt": ["--times", "6"],
}


def run(name: str, words: list[str]) -> str:
    """Run one group in a process of its own; its report. No violation, or its words are shown."""
    command = [sys.executable, "-c", _RUN.format(name=name), *words]
    paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**clean_environment(), **paths},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert re.search(r"^0 violations$", done.stdout, re.MULTILINE), done.stdout
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", SIZES)
def test_no_promise_is_broken(name: str) -> None:
    assert "|" in run(name, SIZES[name])


@pytest.mark.slow
@pytest.mark.skipif(not can_inject(), reason="strace may not trace here")
def test_no_promise_is_broken_when_the_disk_fails() -> None:
    assert "EIO at sync 1 to 6" in run("disk", ["--levels", "4", "--syncs", "6"])
