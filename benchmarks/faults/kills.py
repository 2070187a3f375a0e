"""Ways to kill a process: at a random moment, or by the kernel at its Nth system call of a kind (strace)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.processes import LOA, clean_environment

SWEEPS = {
    "pwrite64": range(1, 260, 5),
    "fdatasync": range(1, 50),
    "fsync": range(1, 14),
    "write": range(1, 36),
    "sendto": range(1, 10),
    "recvfrom": range(1, 16),
    "connect": range(1, 6),
}
"""By system call: which one of a thread kills. Low numbers fall into the start, high ones into the work."""


def can_inject() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return done.returncode == 0


@dataclass(frozen=True, slots=True)
class Kill:
    """One way to die: at the ``nth`` system call ``call`` of one thread, and in any case after ``seconds``."""

    seconds: float
    call: str = ""
    nth: int = 0


def drawn(seed: int, span: tuple[float, float], *, inject: bool) -> Iterator[Kill]:
    """Without an end: in turn at a random moment within ``span`` seconds, and at the next of the swept system calls.

    A process that does not come to its call is killed after three times ``span``.
    """
    chance = random.Random(seed)  # noqa: S311 - where to kill, no secret
    calls = [Kill(3 * span[1], call, nth) for call, sweep in SWEEPS.items() for nth in sweep] if inject else []
    while True:
        chance.shuffle(calls)
        for call in calls or [None]:
            yield Kill(chance.uniform(*span))
            if call:
                yield call


def injected(call: str, nth: int | str, what: str) -> list[str]:
    """The words before a command that make the kernel do ``what`` at the ``nth`` such call."""
    # Without --seccomp-bpf: with it, strace 6.1 sees the calls and injects nothing.
    trace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
    return [*trace, "-e", f"inject={call}:{what}:when={nth}"]


def run_and_kill(words: Sequence[str | Path], cwd: Path, kill: Kill) -> str:
    """Run ``loa`` with ``words`` and kill it so; what killed it, empty where it ended by itself before.

    A process that does not come to its Nth call in time is killed where it is then.
    """
    command = [*LOA, *map(str, words)]
    if kill.call:
        command = [*injected(kill.call, kill.nth, "signal=SIGKILL"), *command]
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=clean_environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ended = process.wait(kill.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "random"
    if ended == -signal.SIGKILL:
        return kill.call
    if ended:
        raise RuntimeError(f"{words[0]} ended with {ended} by itself")
    return ""
