"""The logo of a unit, where it is a picture of dots: a drawing could carry a program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loa.errors import LoaError
from loa.workspace import Workspace

MEDIA_TYPES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def logo_file(workspace: Workspace, unit: str) -> Path | None:
    """The file; None for a unit without one, a drawing, or a path that leads nowhere."""
    name = workspace.units.get(unit).logo if unit in workspace.units else ""
    try:
        path = workspace.find_file(name) if name else None
    except LoaError:
        return None
    return path if path is not None and path.is_file() and path.suffix.lower() in MEDIA_TYPES else None
