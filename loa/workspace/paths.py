"""The one rule about paths: what the staff name lies inside the workspace."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PureWindowsPath

from loa.errors import WorkspaceError

_LONGEST_NAME = 255
"""Bytes: no file system has a longer name, and asking for one is an error of its own kind."""


def inside(root: Path, relative: str) -> Path:
    """``relative`` below ``root``.

    Raises:
        WorkspaceError: E202, the path is absolute, climbs out, or a symbolic link leads out.
    """
    if not is_contained(relative):
        raise WorkspaceError("E202", path=relative)
    path = root / relative
    if not path.resolve().is_relative_to(_resolved(root)):
        raise WorkspaceError("E202", path=relative)
    return path


def is_contained(relative: str) -> bool:
    """Whether a path, as it is written, leads nowhere but below the folder that it counts from."""
    # A path of either kind of system is judged on both: a workspace travels between them.
    windows = PureWindowsPath(relative)
    climbs = windows.is_absolute() or windows.drive or windows.root or ".." in windows.parts
    endless = any(len(part.encode(errors="replace")) > _LONGEST_NAME for part in relative.split("/"))
    return bool(relative) and not (climbs or endless or "\0" in relative or "\\" in relative)


@lru_cache(maxsize=8)
def _resolved(root: Path) -> Path:
    """A workspace stays where it is while a program runs; its links are followed once."""
    return root.resolve()
