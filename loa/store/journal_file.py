"""The journal as files: one chain of lines a host, a file a month; each line carries the hash of the one before it.

Every process of a machine appends to the same chain, so that what several of them did stands in one order.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import RawIOBase
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from loa.clock import Clock
from loa.errors import StoreError
from loa.store.journal import Line

SEALED = "sealed"
"""The word of a line whose value is sealed before it is written: marks of people, which no file may tell."""
HASH_TAIL = len(',"hash":""}') + 64
"""Characters of a line from the comma before its hash on."""
_LOCK_SECONDS = 30
_TAIL_BYTES = 1 << 20
_ASIDE = ".torn"


def _plain(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no word of a journal: {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


@dataclass(frozen=True, slots=True)
class _End:
    """Where a chain stands: its last file and that file's size, and its last line's number and hash."""

    path: Path
    size: int
    number: int
    hash: str


class JournalFile:
    """The journal of one book on one machine. Threads may share it; other processes append to the same chain.

    ``seal`` encrypts what a line names under ``sealed``.
    """

    def __init__(self, folder: Path, host: str, clock: Clock, seal: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._host = host_name(host)
        self._clock = clock
        self._seal = seal
        self._book = ""
        self._end: _End | None = None
        self._owed: list[Line] = []
        self._turn = threading.Lock()
        self._lock = FileLock(folder / f"{self._host}.lock", timeout=_LOCK_SECONDS, thread_local=False)

    @property
    def folder(self) -> Path:
        return self._folder

    def belongs_to(self, book_id: str) -> None:
        """From now on the lines are of this book."""
        self._book = book_id

    def ready(self) -> None:
        """Write what an earlier failure left unwritten, before anything else is moved in the book.

        Raises:
            StoreError: E950, the journal still cannot be written.
        """
        if self._owed:
            self.append(())

    def append(self, lines: Sequence[Line]) -> None:
        """Write ``lines`` after those of an earlier failure; durable on return where one is ``before_wire``.

        Raises:
            StoreError: E950, the journal cannot be written; the lines are kept for the next attempt.
        """
        with self._turn:
            self._owed += lines
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                with self._lock:
                    self._write(self._owed)
            except (OSError, Timeout) as error:
                self._end = None
                detail = getattr(error, "strerror", None) or type(error).__name__
                raise StoreError("E950", place=self._folder, detail=detail) from error
            self._owed = []

    def _write(self, lines: Sequence[Line]) -> None:
        now = self._clock.now()
        end = self._current_end(now)
        size, number, before = end.size, end.number, end.hash
        at = now.isoformat()
        texts = []
        for line in lines:
            number += 1
            text, before = self._written(line, number, at, before)
            texts.append(text)
        data = "".join(texts).encode()
        is_new = not end.path.exists()
        with end.path.open("ab", buffering=0) as file:  # what a full disk did not take must not follow later
            try:
                _write_all(file, data)
                if any(line.before_wire for line in lines):
                    os.fsync(file.fileno())
            except OSError:
                file.truncate(size)  # half a line helps nobody; the lines are written anew
                raise
        if is_new:
            _sync_folder(self._folder)
        self._end = _End(end.path, size + len(data), number, before)

    def _written(self, line: Line, number: int, at: str, before: str) -> tuple[str, str]:
        """A line as text, and its hash."""
        words = dict(line.words)
        if SEALED in words:
            words[SEALED] = self._seal(_encode(words[SEALED])).hex()
        text = chained({"n": number, "at": at, "book": self._book, "kind": line.kind, **words, "prev": before})
        return text, text[-HASH_TAIL + len(',"hash":"') - 1 : -len('"}\n')]

    def _current_end(self, now: datetime) -> _End:
        """Where the chain stands; what somebody else has added since is read, and a torn end is put right."""
        known = self._end
        path = self._path(now)
        if known and known.path == path and _size(path) == known.size:
            return known
        latest = max(_files_of(self._folder, self._host), default=None)
        if latest is None:
            return _End(path, 0, 0, "")
        _mend_end(latest)
        number, last = _last_line(latest)
        path = max(path, latest)  # a clock that went back opens no older month
        return _End(path, _size(path), number, last)

    def _path(self, now: datetime) -> Path:
        return self._folder / f"{self._host}-{now:%Y-%m}.jsonl"


def _write_all(file: RawIOBase, data: bytes) -> None:
    while data:
        data = data[file.write(data) or 0 :]


def chained(words: dict[str, Any]) -> str:
    """A line of a journal: its words, and the hash over them."""
    text = _encode(words)
    return f'{text[:-1]},"hash":"{hashlib.sha256(text.encode()).hexdigest()}"}}\n'


def host_name(host: str) -> str:
    """The name of a machine as a part of a file name."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", host) or "host"


def _files_of(folder: Path, host: str) -> list[Path]:
    return sorted(folder.glob(f"{host}-[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _mend_end(path: Path) -> None:
    """A crash may leave half a line, or zeros, behind the last whole one: they are put aside, and the chain goes on."""
    size = _size(path)
    with path.open("rb") as file:
        file.seek(max(size - _TAIL_BYTES, 0))
        tail = file.read()
    torn = len(tail) - (tail.rfind(b"\n") + 1)
    if not torn:
        return
    with path.with_name(path.name + _ASIDE).open("ab") as aside:
        aside.write(tail[-torn:] + b"\n")
    with path.open("r+b") as file:
        file.truncate(size - torn)
        os.fsync(file.fileno())


def _last_line(path: Path) -> tuple[int, str]:
    """The number and hash of the last line of a file that can be read; that of an empty file is found before it."""
    size = _size(path)
    with path.open("rb") as file:
        file.seek(max(size - _TAIL_BYTES, 0))
        lines = file.read().splitlines()
    for back, raw in enumerate(reversed(lines)):
        try:
            found = json.loads(raw)
            return int(found["n"]) + back, str(found["hash"])
        except (ValueError, KeyError, TypeError):
            continue
    host, earlier = path.name[: -len("-0000-00.jsonl")], path
    before = [each for each in _files_of(path.parent, host) if each < earlier]
    return _last_line(before[-1]) if before else (0, "")


def _sync_folder(folder: Path) -> None:
    """A new file is only there after a power cut when its folder is on the disk, too. Windows cannot be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
