"""A disk that is full at many levels, and one that fails at the Nth sync: nothing leaves that is not in the book."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.chain import Chain, chain, is_code
from benchmarks.faults.kills import can_inject, injected
from benchmarks.faults.report import Report

_SIZE = 64 << 20
_BLOCK = 4096


def run(levels: int, syncs: int) -> Report:
    """Both kinds of failing disk; the report."""
    report = Report(
        "A disk that is full, or fails", ("fault", "runs", "refused with a code", "went through", "settled")
    )
    if can_mount():
        _full(report, levels)
    else:
        report.notes.append("no file system can be mounted here: the full disk was left out")
    if can_inject():
        _failing(report, syncs)
    else:
        report.notes.append("strace may not trace here: failing syncs were left out")
    return report


def can_mount() -> bool:
    """Whether we may mount a small file system."""
    with tempfile.TemporaryDirectory() as folder:
        if os.name == "nt" or subprocess.run(_mount(folder, 1 << 20), capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


def _mount(folder: str | Path, size: int) -> list[str]:
    return ["mount", "-t", "tmpfs", "-o", f"size={size}", "loa-faults", str(folder)]


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(_mount(folder, _SIZE), check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _full(report: Report, levels: int) -> None:
    """Room for a few blocks, then for a few more, …: somewhere on the way each commit finds the disk full."""
    with tempfile.TemporaryDirectory(prefix="loa-disk-") as place, _small_disk(Path(place) / "small") as folder:
        with chain(Path(place), levels, folder) as it:
            it.once()
            counts: Counter[str] = Counter()
            for level in range(levels):
                it.release()
                with _filled(folder, room=_BLOCK * level * level):
                    _strike(it, counts, report, f"full disk, {4 * level * level} KiB free")
                it.once()
            states = it.judge(report, "full disk")
        report.add(f"full at {levels} levels", levels, _codes(counts), counts["through"], _shown(states))


@contextmanager
def _filled(folder: Path, room: int) -> Iterator[None]:
    """Fill the disk but for ``room`` bytes."""
    ballast = folder / "ballast"
    free = shutil.disk_usage(folder).free
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free - room, 1))
    try:
        yield
    finally:
        ballast.unlink()


def _failing(report: Report, syncs: int) -> None:
    with tempfile.TemporaryDirectory(prefix="loa-sync-") as place, chain(Path(place), syncs) as it:
        it.once()
        counts: Counter[str] = Counter()
        for number in range(1, syncs + 1):
            it.release()
            failing = injected("fdatasync,fsync", number, "error=EIO")
            _strike(it, counts, report, f"EIO at sync {number}", failing)
            it.once()
        states = it.judge(report, "failing sync")
    report.add(f"EIO at sync 1 to {syncs}", syncs, _codes(counts), counts["through"], _shown(states))


def _strike(it: Chain, counts: Counter[str], report: Report, where: str, failing: list[str] | None = None) -> None:
    """One run on the bad disk: it goes through, or tells by a code why not."""
    code, said = it.once(failing)
    counts["refused" if code else "through"] += 1
    counts[said] += bool(code)
    report.blame(where, [f"broke instead of telling: {said}"] if code and not is_code(said) else [])


def _codes(counts: Counter[str]) -> str:
    told = sorted(name for name in counts if is_code(name))
    return f"{counts['refused']}" + (f" ({', '.join(f'{name} × {counts[name]}' for name in told)})" if told else "")


def _shown(states: dict[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))


def main(argv: list[str]) -> int:
    """Run by itself; exit 1 at any violation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--levels", type=int, default=20)
    parser.add_argument("--syncs", type=int, default=50)
    given = parser.parse_args(argv)
    report = run(given.levels, given.syncs)
    report.how = "uv run python benchmarks/faults --only disk"
    print(report.markdown())
    return 1 if report.violations else 0
