"""A folder on this machine that the office's web server shows."""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from loa.clock import Clock
from loa.delivery import Attachment
from publishers.approved import approved_bytes
from publishers.media_hosts.refusal import HostRefused


class FolderHost:
    """Copies files into ``folder``."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock

    def put(self, name: str, item: Attachment) -> None:
        data = approved_bytes(item, self._clock)
        # Beside it first: the web server must never show half a picture. A name of its own, for a hundred accounts may
        # lay the same picture out at one moment.
        fresh = self._folder / f"{name}.{uuid.uuid4().hex}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(self._folder / name)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise HostRefused(f"{type(error).__name__}: {error.strerror}") from None
