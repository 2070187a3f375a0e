"""kill -9 while messages go to many people: the benchmark of it, small, at a gateway with a key and at one without."""

import subprocess
import sys
from pathlib import Path

import pytest
from support.processes import clean_environment

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "sms_kill.py"


@pytest.mark.slow
@pytest.mark.parametrize(("face", "with_key"), [("esms", "yes"), ("speedsms", "no")])
def test_kills_double_nothing_and_lose_nobody(face: str, with_key: str) -> None:
    command = [sys.executable, str(SCRIPT), "--people", "600", "--kills", "10", "--faces", face]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=clean_environment(), timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    head, line = (each.split() for each in done.stdout.replace("cut off", "cut-off").splitlines())
    told = dict(zip(head, line, strict=True))
    assert (told["face"], told["key"], told["twice"], told["lost"]) == (face, with_key, "0", "0")
    assert told["unknown"] == told["listed"]
