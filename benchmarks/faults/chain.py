"""One live campaign that many faults strike in turn: before each, one more post for every Page is approved.

The sandbox outlives everything, so the whole chain is judged at once at its end, by the history checker.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.faulty_office import SETTLE, slow_down
from support.history import check, read_history
from support.history.receipts import read_receipts
from support.history.rows import read_book
from support.live_office import LiveOffice, make_live
from support.processes import sandbox_process

from benchmarks.faults.report import Report

_PATIENCE = 240.0
_LONGEST_RUN = 400.0
"""Seconds. After a restore a run waits for what is in doubt, up to a minute on a free machine."""
_OPEN = {"due", "sending", "retry_later", "unknown", "pending", "approved"}


def is_code(said: str) -> bool:
    """Whether a trouble was told by its code, not by a broken program."""
    return re.fullmatch(r"E\d{3}", said) is not None


@dataclass
class Chain:
    """The office, its sandbox, and how far it has come."""

    office: LiveOffice
    sandbox: str
    journal: Path
    released: int = 0
    rebuilt: bool = False
    """Whether the book was made anew on the way: its trail then begins with the journal."""

    @property
    def book(self) -> Path:
        return self.office.root / "var" / "book.sqlite"

    def release(self) -> None:
        """Approve the next item: it is due at once."""
        done = self.office.loa("approve", "dot-lon", "--item", f"tin-{self.released}", "--as", "lan")
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        self.released += 1

    def once(self, before: list[str] | None = None) -> tuple[int, str]:
        """One run of a scheduler: its exit code, and the code of the trouble that it told, else its last line."""
        words = ("run", "--once", "--sandbox", self.sandbox)
        done = self.office.loa(*words, timeout=_LONGEST_RUN, before=before or [])
        said = done.stdout + done.stderr
        codes = re.findall(r"\bE\d{3}\b", said)
        return done.returncode, codes[0] if codes and "Traceback" not in said else said.strip().rpartition("\n")[2]

    def seen(self) -> int:
        """How many effects citizens have seen."""
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    def judge(self, report: Report, where: str) -> Counter[str]:
        """Let everything settle, then hold the book against what was seen; the states in the end."""
        end = time.monotonic() + _PATIENCE
        states: Counter[str] = Counter()
        while time.monotonic() < end:
            code, said = self.once()
            if code:
                report.blame(where, [f"the scheduler does not go on: {said}"])
                break
            states = self._states()
            if not _OPEN & set(states):
                break
            time.sleep(2.0)
        receipts = read_receipts(self.office.root / "var" / "journal")
        told = {"settle": SETTLE, "receipts": receipts, "rebuilt": self.rebuilt}
        history = read_history(self.office.place, self.journal, **told)
        report.blame(where, check(history))
        left = [row["key"] for row in history.book["delivery"] if row["state"] in _OPEN]
        report.blame(where, (f"not settled: {key}" for key in left))
        return states

    def _states(self) -> Counter[str]:
        return Counter(row["state"] for row in read_book(self.office.place)["delivery"])


@contextmanager
def chain(folder: Path, items: int, office_in: Path | None = None, slow: float = 0.0) -> Iterator[Chain]:
    """A campaign of ``items`` posts for one Page, all of them due, none approved.

    ``office_in``: the office lies there, on a disk that fails, and the sandbox does not.
    """
    office = make_live((office_in or folder) / "office", 1, items)
    with sandbox_process(folder / "sandbox", clock="system") as url:
        if slow:
            slow_down(url, slow)
        found = Chain(office, url, folder / "sandbox" / "journal.jsonl")
        try:
            yield found
        finally:
            office.end()
