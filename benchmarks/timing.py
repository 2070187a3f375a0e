"""What the timing scripts share: commands run in turn, so that a busy moment hurts all of them alike."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

ROUNDS = 7
LOA = (sys.executable, "-c", "from loa.cli import main; main()")


def interleaved(commands: Mapping[str, Sequence[str]], cwd: Path) -> dict[str, float]:
    """Seconds of wall time for each command: the median of ``ROUNDS``, after one round that warms the caches.

    Bytecode is kept in a folder of its own, as an installed program keeps it, whatever PYTHONDONTWRITEBYTECODE says.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="loa-bytecode-") as bytecode:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = bytecode
        for turn in range(ROUNDS + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, check=True)
                if turn:
                    times[name].append(time.perf_counter() - start)
    return {name: median(taken) for name, taken in times.items()}


def show(times: Mapping[str, float], measured: str, bar: float) -> None:
    """Each command beside the one that is measured, and whether that one is under its bar."""
    for name, seconds in times.items():
        ratio = "" if name == measured else f"   {measured} takes {times[measured] / seconds:.1f} times as long"
        print(f"{name:<28} {seconds:6.3f} s{ratio}")
    verdict = "under" if times[measured] < bar else "OVER"
    print(f"{measured} is {verdict} its bar of {bar:g} s (median of {ROUNDS}, interleaved)")
