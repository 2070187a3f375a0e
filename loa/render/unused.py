"""What lies in ``var/assets`` and nobody needs: old assets that nothing names, and parts of clips that none asks for.

All of it can be made again. Ages are told by the files' own times (seconds since 1970).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from loa.render.shelf import folder_of_parts

_BUSY_SECONDS = 3600
"""A folder into which something was written so lately is being rendered into."""

Old = dict[str, list[Path]]
"""The files of assets, by the names of their orders."""


def is_busy(folder: Path, now: float) -> bool:
    """Whether somebody renders into the folder of assets now."""
    files = (*_assets(folder), *_parts(folder))
    return any(_written(path) > now - _BUSY_SECONDS for path in files)


def old_assets(folder: Path, before: float) -> Old:
    """The assets of which every file was written before a moment, and what is left of some that were never finished."""
    found: Old = defaultdict(list)
    for path in _assets(folder):
        found[path.name.partition(".")[0]].append(path)
    return {key: files for key, files in found.items() if max(map(_written, files)) < before}


def clear(assets: Iterable[list[Path]]) -> int:
    """Remove assets, of each its note first: without it nothing is believed. How many files went."""
    return sum(_removed(path) for files in assets for path in sorted(files, key=lambda path: path.suffix != ".json"))


def clear_parts(folder: Path, before: float) -> int:
    """Remove the parts of clips that were last asked for before a moment; how many went."""
    return sum(_removed(path) for path in list(_parts(folder)) if _written(path) < before)


def _assets(folder: Path) -> Iterator[Path]:
    return folder.glob("??/*")


def _parts(folder: Path) -> Iterator[Path]:
    return folder_of_parts(folder).glob("??/*")


def _written(path: Path) -> float:
    """When a file was written; one that has gone meanwhile is as if it were written at this moment: left alone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _removed(path: Path) -> bool:
    """Whether it went now; on Windows a file that somebody reads stays until another day."""
    with suppress(OSError):
        path.unlink()
        return True
    return False
