"""The street door: ``python scheduler.py`` in a clone."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.checkout import copy_checkout
from support.processes import clean_environment


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return copy_checkout(tmp_path / "clone")


def _door(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scheduler.py", *words],
        cwd=cwd,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_one_beat_of_the_scheduler_in_a_clone(clone: Path) -> None:
    told = _door("--once", cwd=clone)
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Một nhịp: gửi 0,")
    assert (clone / "var/book.sqlite").exists()
    assert not (clone / "var/scheduler.json").exists()


def test_the_door_explains_itself_as_the_verb_does(clone: Path) -> None:
    told = _door("--help", cwd=clone)
    assert told.returncode == 0
    assert "--once" in told.stdout
    assert "scheduler.py" in told.stdout


def test_a_broken_plan_ends_with_one(clone: Path) -> None:
    campaign = clone / "campaigns/chuyen-doi-so-10-10.yaml"
    campaign.write_text(campaign.read_text("utf-8").replace("\nunits:", "\nunitz:", 1), encoding="utf-8")
    told = _door("--once", cwd=clone)
    assert told.returncode == 1
    assert "loa check" in told.stdout + told.stderr
