"""One scheduler for a book: a lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from loa.clock import Clock
from loa.errors import StoreError


@contextmanager
def hold(folder: Path, clock: Clock) -> Iterator[None]:
    """Hold the scheduler's lock of the workspace whose machine folder is ``folder``.

    Raises:
        StoreError: E703 somebody else holds it; says who.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "scheduler.lock")
    card = folder / "scheduler.json"
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreError("E703", **_holder(card)) from error
    try:
        holder = {"pid": os.getpid(), "host": platform.node(), "since": clock.now().isoformat(timespec="seconds")}
        card.write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        card.unlink(missing_ok=True)
        lock.release()


def holder(folder: Path) -> dict[str, str] | None:
    """Who said last that it holds the lock (``pid``, ``host``, ``since``). After a kill the word stands for nobody."""
    card = folder / "scheduler.json"
    return _holder(card) if card.exists() else None


def _holder(card: Path) -> dict[str, str]:
    try:
        known = json.loads(card.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    return {name: str(known.get(name, "?")) for name in ("pid", "host", "since")}
