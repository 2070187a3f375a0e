"""The file of the log: lines are added, and when it is full it moves aside; only a few old ones are kept."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from filelock import FileLock, Timeout

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5


class LogFile:
    """Lines of ``path``, and ``path``.1 … of what was before. Threads and processes may share it.

    It is opened for each group of lines: so nobody holds a file that another process wants to move aside.
    """

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> None:
        self._path = path
        self._most_bytes, self._most_files = most_bytes, most_files
        self._lock = threading.Lock()
        self.lost = 0
        """Lines that could not be written since the last one that could."""

    def write(self, text: str) -> bool:
        """Add whole lines; False where the disk does not let us, which stops nobody."""
        data = text.encode("utf-8", "replace")
        with self._lock:
            try:
                self._make_room(len(data))
                self._append(data)
            except OSError:
                self.lost += text.count("\n")
                return False
        return True

    def _append(self, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        try:
            file = os.open(self._path, flags, 0o600)
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, flags, 0o600)
        try:
            os.write(file, data)
        finally:
            os.close(file)

    def _make_room(self, coming: int) -> None:
        if not self._is_full(coming):
            return
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=0):
                if self._is_full(coming):  # another process may just have done it
                    self._move_aside()
        except Timeout:
            return

    def _is_full(self, coming: int) -> bool:
        try:
            return self._path.stat().st_size + coming > self._most_bytes
        except FileNotFoundError:
            return False

    def _move_aside(self) -> None:
        for number in range(self._most_files - 1, 0, -1):
            newer = self._old(number - 1) if number > 1 else self._path
            if newer.exists():
                newer.replace(self._old(number))

    def _old(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")
