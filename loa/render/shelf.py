"""The shelf of finished assets: ``var/assets/ab/abcdef….jpg`` with a note (JSON) beside each.

A file appears under its name only when it is whole (written aside, then renamed), and it is believed only while its
bytes still have the hash that its note tells.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loa.render.order import Asset, Kind, Order
from loa.render.subtitles import vtt

MEDIA_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "pdf": "application/pdf",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "txt": "text/plain",
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "mp4": "clip",
    "pdf": "document",
    "mp3": "audio",
    "m4a": "audio",
    "wav": "audio",
    "txt": "document",
}
_BESIDE = {"captions": "srt", "preview": "preview.jpg"}
"""What may lie beside an asset, and how its name ends."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of an order, before it lies on the shelf."""

    extension: str
    data: bytes
    width: int
    height: int
    alt_text: str
    seconds: float = 0
    captions: str = ""
    preview: bytes = b""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cache folder of a workspace."""

    folder: Path

    def _path(self, key: str, extension: str) -> Path:
        return self.folder / f"{key[:2]}/{key}.{extension}"

    def find(self, key: str) -> Asset | None:
        """The asset of this key, if it is there and its bytes are still those that were made."""
        asset = self.read(key)
        return asset if asset is not None and sound(asset) else None

    def glance(self, key: str) -> Asset | None:
        """The asset of this key, believed while its files have the size and the time that they were laid down with.

        This answers "must it be made again?" for ten thousand assets a second. Whoever sends one out asks for its
        bytes: an approval and a claim hash them.
        """
        try:
            note = json.loads(self._path(key, "json").read_bytes())
            asset = self._asset(key, note)
            if note["stamps"] == [_stamp(path) for path in (asset.path, asset.captions, asset.preview) if path]:
                return asset
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return self.find(key)

    def read(self, key: str) -> Asset | None:
        """The asset as its note tells, without a look at the bytes."""
        try:
            note = json.loads(self._path(key, "json").read_text(encoding="utf-8"))
            return self._asset(key, note)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _asset(self, key: str, note: dict[str, Any]) -> Asset:
        beside = {name: self._path(key, end) if note[name] else None for name, end in _BESIDE.items()}
        return Asset(
            kind=_KINDS.get(note["extension"], "picture"),
            path=self._path(key, note["extension"]),
            sha256=note["sha256"],
            media_type=MEDIA_TYPES[note["extension"]],
            width=note["width"],
            height=note["height"],
            seconds=note["seconds"],
            alt_text=note["alt_text"],
            key=key,
            template=note["template"],
            format=note["format"],
            **beside,
        )

    def put(self, key: str, order: Order, made: Made) -> Asset:
        """Lay a finished asset on the shelf. The note comes last: without it nothing is believed."""
        note: dict[str, Any] = {
            "extension": made.extension, "sha256": hashlib.sha256(made.data).hexdigest(), "width": made.width,
            "height": made.height, "seconds": made.seconds, "alt_text": made.alt_text,
            "template": order.template, "format": order.format,
        }  # fmt: skip
        _write(self._path(key, made.extension), made.data)
        for name, data in (("captions", made.captions.encode()), ("preview", made.preview)):
            note[name] = hashlib.sha256(data).hexdigest() if data else ""
            if data:
                _write(self._path(key, _BESIDE[name]), data)
        if made.captions:
            _write(self._path(key, "vtt"), vtt(made.captions).encode())
        laid = (self._path(key, made.extension), *(self._path(key, end) for name, end in _BESIDE.items() if note[name]))
        note["stamps"] = [_stamp(path) for path in laid]
        _write(self._path(key, "json"), json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True).encode())
        return self._asset(key, note)


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _write(path: Path, data: bytes) -> None:
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        aside.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
    os.replace(aside, path)  # noqa: PTH105 (replace is atomic on Windows too; Path.replace is the same call)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read piece by piece; nothing where there is none."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def sound(asset: Asset) -> bool:
    """Whether the bytes of an asset, and of what lies beside it, are still those that were made."""
    if file_hash(asset.path) != asset.sha256:
        return False
    beside = {"captions": asset.captions, "preview": asset.preview}
    if not any(beside.values()):
        return True
    try:
        note = json.loads(asset.path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return all(path is None or file_hash(path) == note.get(name) for name, path in beside.items())
