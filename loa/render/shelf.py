"""The shelf of finished assets: ``var/assets/ab/abcdef….jpg`` with a note (JSON) beside each.

A file appears under its name only when it is whole (written aside, then renamed), and it is believed only while its
bytes still have the hash that its note tells.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loa.errors import LoaError, Problem
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
_WHY = "why"
"""How the name of a note ends that says why there is no asset."""


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
        return self.here(key)

    def here(self, key: str) -> Asset | None:
        """The same, of this machine alone."""
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
        return self.here(key)

    def read(self, key: str) -> Asset | None:
        """The asset as its note tells, without a look at the bytes."""
        try:
            return self._asset(key, self.note(key))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def note(self, key: str) -> dict[str, Any]:
        """What is written down about an asset.

        Raises:
            OSError, ValueError: there is no such note, or it is none.
        """
        note: dict[str, Any] = json.loads(self._path(key, "json").read_text(encoding="utf-8"))
        return note

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
        beside = {"captions": made.captions.encode(), "preview": made.preview}
        note: dict[str, Any] = {
            "extension": made.extension, "sha256": hashlib.sha256(made.data).hexdigest(), "width": made.width,
            "height": made.height, "seconds": made.seconds, "alt_text": made.alt_text,
            "template": order.template, "format": order.format,
        }  # fmt: skip
        note |= {name: hashlib.sha256(data).hexdigest() if data else "" for name, data in beside.items()}
        return self.lay(key, note, made.data, beside)

    def lay(self, key: str, note: Mapping[str, Any], data: bytes, beside: Mapping[str, bytes]) -> Asset:
        """Lay down the files that a note tells of, then the note."""
        self._path(key, _WHY).unlink(missing_ok=True)
        write_whole(self._path(key, note["extension"]), data)
        laid = [self._path(key, note["extension"])]
        for name, end in _BESIDE.items():
            if note[name]:
                laid.append(self._path(key, end))
                write_whole(laid[-1], beside[name])
        if note["captions"]:
            write_whole(self._path(key, "vtt"), vtt(beside["captions"].decode()).encode())
        self.write_note(key, {**note, "stamps": [_stamp(path) for path in laid]})
        return self._asset(key, dict(note))

    def refuse(self, key: str, problem: Problem) -> None:
        """Write down why an order could not be made, until it can be: those who wait for it are told."""
        told = {"code": problem.code, "params": dict(problem.params)}
        write_whole(self._path(key, _WHY), json.dumps(told, ensure_ascii=False).encode())

    def refused(self, key: str) -> Problem | None:
        """Why an order could not be made when it was last tried on this machine."""
        try:
            told = json.loads(self._path(key, _WHY).read_bytes())
            return Problem(told["code"], told["params"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def bring(self, keys: Iterable[str], seconds: float | None = None) -> None:
        """Fetch what other machines have made, waiting so long for it (None: to the end)."""

    def pulse(self) -> str:
        """Changes when assets that were asked for in vain may have come, or are worth asking for again."""
        return ""

    def doubt(self, keys: Iterable[str]) -> LoaError | None:  # noqa: ARG002 - nobody else has any
        """Why assets that are not here may still come from the other machines, or what is wrong with theirs."""
        return None

    def ask_for(self, wanted: Mapping[Path, str]) -> tuple[bool, LoaError | None]:  # noqa: ARG002 - nobody is asked
        """Ask the other machines for files by their SHA-256, without waiting.

        Returns whether all of them may still come, and why they have not where the store does not answer.
        """
        return False, None

    def bring_files(self, wanted: Mapping[Path, str], seconds: float | None = None) -> None:
        """Fetch files of the shelf by their SHA-256 (each alone), waiting so long for them (None: to the end)."""

    def share(self, keys: Iterable[str]) -> None:
        """Wait until these can be had by the other machines.

        Raises:
            LoaError: E981 the common store does not answer, E982 it refuses.
        """

    def finish_sharing(self) -> None:
        """Wait until everything that was made here can be had by the other machines.

        Raises:
            LoaError: E981 the common store does not answer, E982 it refuses.
        """

    def write_note(self, key: str, note: Mapping[str, Any]) -> None:
        """Write down what is known of an asset."""
        write_whole(self._path(key, "json"), json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True).encode())


def folder_of_parts(assets: Path) -> Path:
    """Where the segments and the mixes of clips are kept, of which clips are joined."""
    return assets / "segments"


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that appears under its name only when it is whole."""
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        _write(aside, data)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
    os.replace(aside, path)  # noqa: PTH105 (replace is atomic on Windows too; Path.replace is the same call)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


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
