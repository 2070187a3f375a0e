"""What a machine shall start by itself, whatever its system calls that."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loa.text import slug

System = Literal["windows", "systemd", "launchd"]
Job = Literal["run", "worker", "alerts"]
_WORDS: Mapping[Job, tuple[str, ...]] = {
    "run": ("run",),
    "worker": ("worker",),
    "alerts": ("alerts", "check"),
}
_TITLES: Mapping[Job, tuple[str, str]] = {
    "run": ("Loa: bộ lịch phát", "Loa: the scheduler"),
    "worker": ("Loa: máy phát phụ", "Loa: a worker machine"),
    "alerts": ("Loa: kiểm tra và báo động", "Loa: look around and raise alerts"),
}
HANDED_ON = ("LOA_DATABASE_URL", "LOA_PASSPHRASE_FILE", "PGPASSFILE")
"""Settings that a started program needs and that say where secrets are; what is a secret itself is never handed on."""
EVERY_MINUTES = 5
"""How often a machine looks whether the program runs, and how often alerts are checked."""


@dataclass(frozen=True, slots=True)
class Work:
    """One program to be kept running (or, for alerts, started every few minutes) in the folder of a workspace."""

    job: Job
    name: str
    folder: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]
    writes: tuple[Path, ...]
    """The folders in which it writes."""
    for_machine: bool
    """From the start of the machine on, whoever logs in; else from a person's log-in on."""
    user: str

    @property
    def title(self) -> str:
        """For the lists of the system, which have one language: the staff's."""
        return f"{_TITLES[self.job][0]} ({self.folder.name})"

    @property
    def is_kept_running(self) -> bool:
        return self.job != "alerts"


def works(
    folder: Path,
    job: Job,
    environment: Mapping[str, str],
    *,
    user: str,
    for_machine: bool = False,
    shared: tuple[Path, ...] = (),
) -> tuple[Work, ...]:
    """The program ``job`` of the workspace at ``folder``, and its alerts where it is the scheduler's machine.

    ``shared`` are folders outside of the workspace in which it writes as well.
    """
    handed = {name: value for name, value in environment.items() if name in HANDED_ON and is_no_secret(value)}
    jobs: tuple[Job, ...] = (job, "alerts") if job == "run" else (job,)
    return tuple(
        Work(
            each,
            name_of(folder, each),
            folder,
            (*program(), *_WORDS[each]),
            handed,
            (folder / "var", *shared),
            for_machine,
            user,
        )
        for each in jobs
    )


def is_no_secret(value: str) -> bool:
    """A URL that holds a password is one, however it is mistyped; where a file is, is none."""
    rest = re.sub(r"^([\w+]+://|[A-Za-z]:)", "", value)
    return not re.search(r":[^@]*@|[?&]\w*password=", rest, re.IGNORECASE)


def name_of(folder: Path, job: Job) -> str:
    """A name of its own for every workspace of a machine, in letters that all systems take."""
    mark = hashlib.blake2b(str(folder).encode(), digest_size=3).hexdigest()
    return f"loa-{slug(folder.name)[:30].strip('-') or 'loa'}-{mark}" + ("" if job == "run" else f"-{job}")


def program() -> tuple[str, ...]:
    """How this very program is started: its command beside the Python that runs now, else Python itself."""
    name = "loa.exe" if os.name == "nt" else "loa"
    beside = Path(sys.executable).with_name(name)
    if beside.exists():
        return (str(beside),)
    if found := shutil.which("loa"):
        return (str(Path(found).resolve()),)
    return (sys.executable, "-c", "from loa.cli import main; main()")
