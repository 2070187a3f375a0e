"""What a pack says of itself: name, version, who made it, every file with its SHA-256. This is what is signed."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from loa.workspace import is_contained

FORM: Literal["loa-pack/1"] = "loa-pack/1"
MOST_FILES = 2_000
MOST_BYTES = 300_000_000
"""Of all files together, unpacked."""
SUFFIXES = frozenset(
    (".md", ".yaml", ".csv", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".wav", ".mp3", ".ogg", ".mp4", ".srt", ".vtt")
)
_FOLDERS = ("content", "templates", "packs")
Version = Annotated[str, Field(pattern=r"^\d{1,6}(\.\d{1,6}){0,3}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Strict(BaseModel):
    """A record that takes just what it names, of just these types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PackedFile(Strict):
    """One file: where it goes below the workspace, its SHA-256 (hex), its bytes."""

    path: Annotated[str, Field(max_length=300)]
    sha256: Digest
    size: Annotated[int, Field(ge=0, le=MOST_BYTES)]

    @field_validator("path")
    @classmethod
    def _belongs_to_the_staff(cls, path: str) -> str:
        """Only below content/, templates/ and packs/, and nothing that a machine would run."""
        pure = PurePosixPath(path)
        hidden = any(part.startswith(".") for part in pure.parts)
        if not is_contained(path) or hidden or pure.as_posix() != path:
            raise ValueError(path)
        if pure.parts[0] not in _FOLDERS or len(pure.parts) == 1 or pure.suffix.lower() not in SUFFIXES:
            raise ValueError(path)
        return path


class Manifest(Strict):
    """The whole of ``manifest.json``."""

    form: Literal["loa-pack/1"]
    name: Name
    version: Version
    title: Annotated[str, Field(min_length=1, max_length=200)]
    body: Annotated[str, Field(max_length=200)]
    """The office that made it."""
    made_by: Annotated[str, Field(max_length=200)]
    made_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    note: Annotated[str, Field(max_length=2_000)] = ""
    files: Annotated[list[PackedFile], Field(min_length=1, max_length=MOST_FILES)]

    @model_validator(mode="after")
    def _each_once(self) -> Manifest:
        # Windows and macOS take A.md and a.md for one file.
        if len({each.path.casefold() for each in self.files}) < len(self.files):
            raise ValueError("files: path × 2")
        if sum(each.size for each in self.files) > MOST_BYTES:
            raise ValueError("files: size")
        return self

    def as_bytes(self) -> bytes:
        """Just these bytes are signed."""
        return json.dumps(self.model_dump(), ensure_ascii=False, sort_keys=True, indent=1).encode()


def version_key(version: str) -> tuple[int, ...]:
    """Versions in their order: 2025.2 before 2025.10."""
    return tuple(int(part) for part in re.findall(r"\d+", version))
