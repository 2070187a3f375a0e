"""The program as processes: the command, and a sandbox that outlives a killed scheduler."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.planted import environment
from support.warm import run_warm, start_warm

RECORDED = Path(__file__).with_name("recorded_sandbox.py")
LOA = [sys.executable, "-c", "from loa.cli import main; main()"]


def clean_environment() -> dict[str, str]:
    """This environment without anything that would change what the program does, and with planted secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LOA_")} | environment()


def loa(
    *words: str | Path, cwd: Path, timeout: float = 300, typed: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one verb to its end; ``typed`` is piped in."""
    return run_warm([*map(str, words)], cwd, clean_environment(), timeout, typed)


def start_loa(*words: str | Path, cwd: Path) -> "subprocess.Popen[bytes]":
    """Start one verb and leave it running."""
    return start_warm(["loa", *words], cwd, clean_environment())


@contextmanager
def sandbox_process(folder: Path, clock: str = "simulated") -> Iterator[str]:
    """A sandbox in its own process; its URL. The journal is ``folder/journal.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [RECORDED, "--clock", clock, "--journal", folder / "journal.jsonl", "--public", folder / "public"]
    process = start_warm(command, Path.cwd(), clean_environment(), stdout=subprocess.PIPE, stderr=2)
    assert process.stdout
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
