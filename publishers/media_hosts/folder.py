"""A folder on this machine that the office's web server shows."""

from __future__ import annotations

import shutil
from pathlib import Path

from loa.delivery import Attachment


class FolderHost:
    """Copies files into ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, item: Attachment) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / name
        # Beside it first: the web server must never show half a picture.
        fresh = place.with_suffix(".part")
        shutil.copyfile(item.path, fresh)
        fresh.replace(place)
