"""A clock that no jump of the machine's clock reaches: the machine's time, carried on by the time that really passed.

The two clocks are compared between two beats, never in the midst of one; who then moves this one moves every wait
with it (``loa.dispatch.steady``). So a wait is as long as was asked, whatever happens to the clock of the machine.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loa.clock import SystemClock, aware

_AT_ONCE_SECONDS = 1.0
"""Two clocks that were not read within so long of each other (the process was suspended) are read again."""
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS_BOOTS = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


def real_seconds() -> float:
    """Seconds that have passed since some moment of this boot; those in which the machine slept are counted."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)
    return time.monotonic()


def boot_name() -> str:
    """What names this boot of the machine: real seconds of two processes are comparable within it; empty: unknown."""
    if sys.platform == "win32":
        return _windows_boot()
    return _BOOT_ID.read_text(encoding="ascii").strip() if _BOOT_ID.is_file() else ""


def _windows_boot() -> str:
    registry = importlib.import_module("winreg")
    try:
        with registry.OpenKey(registry.HKEY_LOCAL_MACHINE, _WINDOWS_BOOTS) as key:
            return str(registry.QueryValueEx(key, "BootId")[0])
    except OSError:
        return ""


class SteadyClock:
    """Tells the time of a long-running process. The arguments are the machine's two clocks and the name of its boot."""

    def __init__(
        self,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        real: Callable[[], float] = real_seconds,
        boot: str | None = None,
    ) -> None:
        self._wall, self._real = wall, real
        self.boot = boot_name() if boot is None else boot
        self._start = wall() - timedelta(seconds=real())

    def now(self) -> datetime:
        """The present moment in UTC."""
        return self._start + timedelta(seconds=self._real())

    def pause(self, seconds: float) -> bool:
        """Wait for so long."""
        return SystemClock().pause(seconds)

    def real(self) -> float:
        """Seconds that have really passed since some moment of this boot."""
        return self._real()

    @property
    def start(self) -> datetime:
        """The moment, by this clock, at which the real seconds of this boot were 0; it goes where the clock goes."""
        return self._start

    def ahead(self) -> timedelta:
        """How far the machine's clock is ahead of this one; below nothing where it is behind."""
        while True:
            before = self._real()
            wall = aware(self._wall())
            after = self._real()
            if after - before < _AT_ONCE_SECONDS:
                return wall - (self._start + timedelta(seconds=before))

    def move(self, by: timedelta) -> None:
        """Go forward or back by so much."""
        self._start += by

    def carry_on(self, start: datetime) -> None:
        """Go on as the clock of an earlier process of this boot, whose ``start`` this is."""
        self._start = aware(start)
