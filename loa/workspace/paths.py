"""The one rule about paths: what the staff name lies inside the workspace."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from loa.errors import WorkspaceError


def inside(root: Path, relative: str) -> Path:
    """``relative`` below ``root``.

    Raises:
        WorkspaceError: E202, the path is absolute, climbs out, or a symbolic link leads out.
    """
    # A path of either kind of system is judged on both: a workspace travels between them.
    windows = PureWindowsPath(relative)
    climbs = windows.is_absolute() or windows.drive or windows.root or ".." in windows.parts
    if not relative or climbs or "\0" in relative or "\\" in relative:
        raise WorkspaceError("E202", path=relative)
    path = root / relative
    if not path.resolve().is_relative_to(root.resolve()):
        raise WorkspaceError("E202", path=relative)
    return path
