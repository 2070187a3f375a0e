"""What proves that a person did it: an address that anybody can open, or a photo."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from loa.delivery.shelf import PROOFS
from loa.errors import LoaError, Place, Problem, ProblemsFound

MOST_PHOTO_BYTES = 20_000_000
_NAME_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Proof:
    """A link or a photo, or both; one of them must be given."""

    link: str = ""
    photo: Path | None = None


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo as it is kept: a file under its SHA-256 (hex)."""

    data: bytes
    extension: str
    sha256: str

    def keep_in(self, folder: Path) -> Path:
        """Write it into the proofs of a package; the file."""
        path = folder / PROOFS / f"{self.sha256[:_NAME_LENGTH]}.{self.extension}"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".part")
        fresh.write_bytes(self.data)
        fresh.replace(path)
        return path


def checked(proof: Proof) -> KeptPhoto | None:
    """The photo, read and judged by its first bytes; None where a link alone is the proof.

    Raises:
        LoaError: E697 neither a web address nor a photo; E698 the photo is none, or too large; E101 it cannot be read.
    """
    parts = urlsplit(proof.link)
    if proof.link and (
        parts.scheme not in ("http", "https") or not parts.hostname or proof.link.split() != [proof.link]
    ):
        raise LoaError("E697")
    if proof.photo is None:
        if not proof.link:
            raise LoaError("E697")
        return None
    return _read(proof.photo)


def _read(path: Path) -> KeptPhoto:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_PHOTO_BYTES else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ProblemsFound([Problem("E101", {"reason": reason}, Place(str(path)))]) from error
    if size > MOST_PHOTO_BYTES:
        raise LoaError("E698", name=path.name, detail=f"{size / 1e6:.1f} MB".replace(".", ","))
    extension = _extension(data)
    if not extension:
        raise LoaError("E698", name=path.name, detail="≠ JPEG, PNG, WebP")
    return KeptPhoto(data, extension, hashlib.sha256(data).hexdigest())


def _extension(data: bytes) -> str:
    """By the first bytes; a file name proves nothing."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""
