"""Reading journals back: every line that is as it was written, in the order of the moments, and what is wrong."""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from loa.store.journal_file import HASH_TAIL

_HEAD = ("n", "at", "book", "kind", "prev", "hash")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, of which book, what."""

    host: str
    number: int
    at: str
    book: str
    kind: str
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is not as it was written, or lines that are missing before it."""

    file: str
    line: int
    why: str
    """``changed``: other bytes than were written; ``gap``: lines before it are missing; ``torn``: half a line."""


@dataclass
class Reading:
    """Reads the journals of a folder; ``faults`` is whole once all entries have been asked for."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)

    def entries(self) -> Iterator[Entry]:
        """The lines of every host, each host's in its own order, and all by the moment they were written at."""
        chains = [self._chain(host, files) for host, files in _hosts(self.folder).items()]
        return (entry for _, _, entry in heapq.merge(*map(_timed, chains), key=lambda each: each[:2]))

    def _chain(self, host: str, files: list[Path]) -> Iterator[Entry]:
        last: tuple[int, str] | None = (0, "")
        for path in files:
            with path.open("rb") as file:
                for place, raw in enumerate(file, start=1):
                    found = self._parsed(path, place, raw)
                    if found is None:
                        last = None  # what follows is told with the line that is wrong
                        continue
                    if last is not None and (found["n"], found["prev"]) != (last[0] + 1, last[1]):
                        self.faults.append(Fault(path.name, place, "gap"))
                    last = found["n"], found["hash"]
                    words = {name: value for name, value in found.items() if name not in _HEAD}
                    yield Entry(host, found["n"], found["at"], found["book"], found["kind"], words)

    def _parsed(self, path: Path, place: int, raw: bytes) -> dict[str, Any] | None:
        if not raw.endswith(b"\n"):
            self.faults.append(Fault(path.name, place, "torn"))
            return None
        try:
            found: dict[str, Any] = json.loads(raw)
            if hashlib.sha256(raw[: -HASH_TAIL - 1] + b"}").hexdigest() == found["hash"]:
                return found
        except (ValueError, KeyError, TypeError):
            pass
        self.faults.append(Fault(path.name, place, "changed"))
        return None


def _hosts(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*-[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl")):
        found.setdefault(path.name[: -len("-0000-00.jsonl")], []).append(path)
    return found


def _timed(chain: Iterator[Entry]) -> Iterator[tuple[str, str, Entry]]:
    """With a moment that never goes back within a chain, whatever the clock of its host did."""
    latest = ""
    for entry in chain:
        latest = max(latest, entry.at)
        yield latest, entry.host, entry


def tail_of(folder: Path, most: int) -> list[Entry]:
    """The last lines of each host, as many as ``most`` of each, whatever is wrong with those before."""
    found: list[Entry] = []
    for host, files in _hosts(folder).items():
        lines = b"".join(_last_bytes(path) for path in files[-2:]).splitlines(keepends=True)
        reading = Reading(folder)
        for raw in lines[-most:]:
            words = reading._parsed(files[-1], 0, raw)  # noqa: SLF001 - of this module
            if words:
                more = {name: value for name, value in words.items() if name not in _HEAD}
                found.append(Entry(host, words["n"], words["at"], words["book"], words["kind"], more))
    return found


def _last_bytes(path: Path, most: int = 1 << 21) -> bytes:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - most, 0))
        return file.read()
