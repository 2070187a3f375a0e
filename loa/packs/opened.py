"""A pack that was sent: read within bounds, every byte against the manifest, the manifest against a key we trust."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from loa.errors import LoaError
from loa.packs.build import MANIFEST, SIGNATURE
from loa.packs.keys import is_signed_by
from loa.packs.manifest import MOST_FILES, Manifest, PackedFile

_MOST_MANIFEST = 2_000_000
_PARTS = 2
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class OpenedPack:
    """A pack whose files are just what its manifest says."""

    manifest: Manifest
    key: str
    """The public key (hex) of who signed it."""
    signer: str
    """Whose key this is, as ``loa.yaml`` says; empty for a key that nobody here knows."""
    files: Mapping[str, bytes] = field(repr=False)


def open_pack(path: Path, trusted: Mapping[str, str]) -> OpenedPack:
    """Open a pack. ``trusted``: name of an office → its public key (hex).

    Raises:
        LoaError: E366 it is no pack, or a damaged one; E367 what it holds is not what was signed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest_bytes, key, signature = _head(archive)
            manifest = Manifest.model_validate_json(manifest_bytes)
            if manifest.as_bytes() != manifest_bytes or not is_signed_by(key, signature, manifest_bytes):
                raise LoaError("E367", file=path.name, detail=MANIFEST)
            files = {each.path: _read(archive, each, path.name) for each in manifest.files}
            _nothing_else(archive, manifest, path.name)
    except (ValidationError, *_BROKEN) as error:
        raise LoaError("E366", file=path.name, detail=type(error).__name__) from error
    signer = next((name for name, known in trusted.items() if known == key), "")
    return OpenedPack(manifest, key, signer, files)


def _head(archive: zipfile.ZipFile) -> tuple[bytes, str, str]:
    if len(archive.infolist()) > MOST_FILES + _PARTS or archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise ValueError(MANIFEST)
    with archive.open(SIGNATURE) as file:
        key, signature = file.read(1_000).decode("ascii").split()
    return archive.read(MANIFEST), key, signature


def _read(archive: zipfile.ZipFile, each: PackedFile, shown: str) -> bytes:
    """One byte more than was announced is asked for: a bomb is noticed before it is unpacked."""
    with archive.open(each.path) as file:
        data = file.read(each.size + 1)
    if len(data) != each.size or hashlib.sha256(data).hexdigest() != each.sha256:
        raise LoaError("E367", file=shown, detail=each.path)
    return data


def _nothing_else(archive: zipfile.ZipFile, manifest: Manifest, shown: str) -> None:
    known = {MANIFEST, SIGNATURE, *(each.path for each in manifest.files)}
    names = archive.namelist()
    if strange := [name for name in names if name not in known or names.count(name) > 1]:
        raise LoaError("E367", file=shown, detail=strange[0])
