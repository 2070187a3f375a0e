"""A rehearsal that was begun at the desk: a process of its own, one at a time, that ends in bounded time."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

from loa.errors import LoaError

FOLDER = "ban-duyet"
LONGEST_DAYS = 62
_MOST_SECONDS = 1800


class Runner:
    """The rehearsal of one desk that runs now, or ran last."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._mutex = threading.Lock()
        atexit.register(self._end)

    @property
    def is_running(self) -> bool:
        """Whether it is still being played."""
        return self._process is not None and self._process.poll() is None

    @property
    def has_failed(self) -> bool:
        """Whether the last one broke off."""
        return self._process is not None and self._process.poll() not in (None, 0)

    def start(self, root: Path, rehearsals: Path, campaign: str, first: date, last: date) -> None:
        """Play a campaign (all where empty) over these days, both of them included.

        Raises:
            LoaError: E872 one is running; E873 the days are none, or too many.
        """
        if not 0 <= (last - first).days < LONGEST_DAYS:
            raise LoaError("E873", most=LONGEST_DAYS)
        with self._mutex:
            if self.is_running:
                raise LoaError("E872")
            folder = rehearsals / FOLDER
            shutil.rmtree(folder, ignore_errors=True)
            words = [
                *([campaign] if campaign else []),
                "--from",
                f"{first}",
                "--to",
                f"{last}",
                "--folder",
                f"{folder}",
            ]
            command = [sys.executable, "-c", "from loa.cli import main; main()", "rehearse", *words]
            quiet = subprocess.DEVNULL
            self._process = subprocess.Popen(command, cwd=root, stdin=quiet, stdout=quiet, stderr=quiet)
            timer = threading.Timer(_MOST_SECONDS, self._process.kill)
            timer.daemon = True
            timer.start()

    def _end(self) -> None:
        if self._process is not None and self.is_running:
            self._process.terminate()
