"""What an imitation platform checks of a file, and where it keeps what it took."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

MediaType = Literal["image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4"]
SUFFIX: dict[MediaType, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "video/mp4": ".mp4",
}


def media_type(data: bytes) -> MediaType | None:
    """What the first bytes say it is; a file name proves nothing."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "video/mp4" if data[4:8] == b"ftyp" else None


@dataclass(frozen=True, slots=True)
class MediaStore:
    """A folder of accepted files, each under its SHA-256."""

    folder: Path

    def keep(self, data: bytes, kind: MediaType) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / f"{sha256}{SUFFIX[kind]}"
        if not place.exists():
            place.write_bytes(data)
        return sha256

    def find(self, sha256: str) -> Path | None:
        return next((place for place in self.folder.glob(f"{sha256}.*")), None)
