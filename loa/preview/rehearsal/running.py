"""A rehearsal that was begun at the desk: a process of its own, one at a time, that ends in bounded time."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path

from loa.errors import LoaError

FOLDERS = "ban-duyet-"
"""How the folders begin of rehearsals that were begun here: the last that came to its end is kept, and no other."""
LONGEST_DAYS = 62
_MOST_SECONDS = 1800
_KEPT_WORDS = 2000


class Runner:
    """The rehearsal of one desk that runs now, or ran last."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._following: threading.Thread | None = None
        self._mutex = threading.Lock()
        self.why = ""
        """What the last one said as it broke off; empty where it did not."""
        atexit.register(self._end)

    @property
    def is_running(self) -> bool:
        """Whether it is still being played."""
        return self._following is not None and self._following.is_alive()

    @property
    def has_failed(self) -> bool:
        """Whether the last one broke off."""
        return self._process is not None and not self.is_running and self._process.returncode != 0

    def start(self, root: Path, rehearsals: Path, campaign: str, first: date, last: date) -> None:
        """Play a campaign (all where empty) over these days, both of them included.

        What was played here before stays until this one has come to its end.

        Raises:
            LoaError: E872 one is running; E873 the days are none, or too many.
        """
        if not 0 <= (last - first).days < LONGEST_DAYS:
            raise LoaError("E873", most=LONGEST_DAYS)
        with self._mutex:
            if self.is_running:
                raise LoaError("E872")
            rehearsals.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=FOLDERS, dir=rehearsals))
            days = ["--from", f"{first}", "--to", f"{last}", "--folder", f"{folder}"]
            command = [sys.executable, "-c", "from loa.cli import main; main()", "rehearse"]
            quiet = subprocess.DEVNULL
            self._process = subprocess.Popen(
                [*command, *([campaign] if campaign else []), *days],
                cwd=root,
                stdin=quiet,
                stdout=quiet,
                stderr=subprocess.PIPE,
            )
            self._following = threading.Thread(target=self._follow, args=(self._process, folder), daemon=True)
            self._following.start()

    def _follow(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        """Wait for the end; then one folder is left: the new one, or where it broke off the one before."""
        try:
            _, said = process.communicate(timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            _, said = process.communicate()
        has_failed = process.returncode != 0
        self.why = said.decode(errors="replace").strip()[-_KEPT_WORDS:] if has_failed else ""
        before = (each for each in folder.parent.glob(f"{FOLDERS}*") if each != folder)
        for each in [folder] if has_failed else before:
            shutil.rmtree(each, ignore_errors=True)

    def _end(self) -> None:
        if self._process is not None and self.is_running:
            self._process.terminate()
