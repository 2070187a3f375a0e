"""Which packs an office uses, in which version, and which unit still uses an old one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from loa.errors import LoaError
from loa.packs.bring_in import Note, read_note
from loa.packs.manifest import Name, Strict, Version, version_key
from loa.workspace import Workspace

_MOST_BYTES = 1_000_000
_MOST_PACKS = 1_000


class _Used(Strict):
    name: Name
    version: Version
    edited: Annotated[int, Field(ge=0)]


class _Report(Strict):
    """The note that an office sends up."""

    form: Literal["loa-pack-usage/1"]
    unit: Annotated[str, Field(max_length=100)]
    packs: Annotated[list[_Used], Field(max_length=_MOST_PACKS)]


@dataclass(frozen=True, slots=True)
class Usage:
    """A pack in one office. ``edited``: files that were changed here; ``missing``: that were removed."""

    unit_code: str
    name: str
    version: str
    title: str
    signer: str
    edited: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def usages(ws: Workspace) -> tuple[Usage, ...]:
    """Every pack that this workspace has taken in.

    Raises:
        LoaError: E370, somebody has edited a note.
    """
    folder = ws.root / "packs"
    notes = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return tuple(_usage(ws, read) for read in map(read_note, notes) if read)


def usage_note(ws: Workspace) -> str:
    """What a commune sends up: a small JSON text on its packs."""
    packs = [_Used(name=each.name, version=each.version, edited=len(each.edited)) for each in usages(ws)]
    said = _Report(form="loa-pack-usage/1", unit=ws.settings.body.unit, packs=packs)
    return f"{said.model_dump_json(indent=1)}\n"


def read_usage(paths: Sequence[Path], name: str) -> list[tuple[str, str, int]]:
    """What notes that were sent up say of one pack: (unit, version, files edited), the oldest version first.

    A unit that does not have the pack has an empty version; of two notes of a unit the later version counts.

    Raises:
        LoaError: E372, a file is no such note.
    """
    found: dict[str, tuple[str, int]] = {}
    for path in paths:
        said = _read(path)
        mine = next((each for each in said.packs if each.name == name), None)
        version, edited = (mine.version, mine.edited) if mine else ("", 0)
        if version_key(version) >= version_key(found.get(said.unit, ("", 0))[0]):
            found[said.unit] = (version, edited)
    ordered = sorted(found.items(), key=lambda pair: (version_key(pair[1][0]), pair[0]))
    return [(unit, version, edited) for unit, (version, edited) in ordered]


def _read(path: Path) -> _Report:
    try:
        with path.open("rb") as file:
            return _Report.model_validate_json(file.read(_MOST_BYTES))
    except (OSError, ValueError) as error:
        raise LoaError("E372", file=path.name) from error


def _usage(ws: Workspace, note: Note) -> Usage:
    there = {path: ws.inside(path) for path in note.files}
    missing = tuple(path for path, file in there.items() if not file.is_file())
    edited = tuple(
        path
        for path, file in there.items()
        if path not in missing and hashlib.sha256(file.read_bytes()).hexdigest() != note.files[path]
    )
    return Usage(ws.settings.body.unit, note.name, note.version, note.title, note.signer, edited, missing)
