"""Where pictures become public: Zalo takes addresses, not bytes."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Protocol

from loa.delivery import Attachment
from publishers.http import Session, call

SUFFIX = {"image/jpeg": ".jpg", "image/png": ".png"}
OK = 200


class MediaHost(Protocol):
    """Makes a picture public and gives its address."""

    def show(self, item: Attachment) -> str: ...


class FolderHost:
    """A folder that the office's web server shows at ``base_url``. Files are named by their SHA-256."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self._folder = folder
        self._base_url = base_url

    def show(self, item: Attachment) -> str:
        name = f"{item.sha256}{SUFFIX[item.media_type]}"
        place = self._folder / name
        if not place.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = place.with_suffix(".part")
            shutil.copyfile(item.path, fresh)
            fresh.replace(place)
        return f"{self._base_url}/{name}"


def is_seen(session: Session, url: str, item: Attachment) -> bool:
    """Whether the world gets exactly the approved bytes at ``url``; network failures are the caller's to name."""
    answer = call(session, "GET", url)
    return answer.status == OK and hashlib.sha256(answer.body).hexdigest() == item.sha256
