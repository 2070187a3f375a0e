"""A pack → the workspace: what is new or unchanged here is written; what was changed here is never lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loa.errors import LoaError, WorkspaceError
from loa.packs.manifest import Digest, Name, Strict, Version, version_key
from loa.packs.opened import OpenedPack
from loa.workspace import Workspace


class Note(Strict):
    """What is remembered of a pack that was taken in: ``packs/<name>.json``."""

    name: Name
    version: Version
    title: str
    body: str
    signer: str
    by: str
    at: str
    files: dict[str, Digest]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of each file, by its path. ``kept`` is where earlier files lie that were replaced."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    gone: tuple[str, ...]
    """In the version before and no longer in this one; left where they are."""
    kept: str = ""


def note_of(ws: Workspace, name: str) -> Path:
    """The note on a pack that is in use here."""
    return ws.root / "packs" / f"{name}.json"


def read_note(path: Path) -> Note | None:
    """What stands in a note; None where there is none.

    Raises:
        LoaError: E370, somebody has edited it.
    """
    if not path.is_file():
        return None
    try:
        return Note.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise LoaError("E370", file=path.name) from error


def bring_in_pack(ws: Workspace, pack: OpenedPack, by: str, now: datetime, *, replace: bool = False) -> Arrival:
    """Write the files of a pack into the workspace, all or none. An approval of what changes falls by itself.

    ``replace``: files that were edited here are laid aside under var/replaced and written anew.

    Raises:
        LoaError: E368 files were edited here; E369 a later version is in use; E371 nobody here trusts the key; E370.
        WorkspaceError: E202, a link leads a file out of the workspace.
    """
    manifest, note = pack.manifest, note_of(ws, pack.manifest.name)
    before = read_note(note)
    known = before.files if before else {}
    if not pack.signer:
        raise LoaError("E371", name=manifest.name, body=manifest.body, key=pack.key)
    if before and version_key(before.version) > version_key(manifest.version):
        raise LoaError("E369", name=manifest.name, version=manifest.version, present=before.version)
    states = {each.path: _state(ws, each.path, each.sha256, known) for each in manifest.files}
    edited = [path for path, state in states.items() if state == "edited"]
    if edited and not replace:
        raise LoaError("E368", name=manifest.name, files=", ".join(edited))
    aside = _laid_aside(ws, edited, now) if edited else ""
    _write_all(ws, {path: pack.files[path] for path, state in states.items() if state != "same"})
    said = Note(
        name=manifest.name,
        version=manifest.version,
        title=manifest.title,
        body=manifest.body,
        signer=pack.signer,
        by=by,
        at=now.isoformat(timespec="seconds"),
        files={each.path: each.sha256 for each in manifest.files},
    )
    _write_all(ws, {ws.shown(note): f"{said.model_dump_json(indent=1)}\n".encode()})
    gone = tuple(path for path in known if path not in states and (ws.root / path).is_file())
    named = {wanted: tuple(path for path, state in states.items() if state == wanted) for wanted in ("new", "same")}
    changed = tuple(path for path, state in states.items() if state in ("changed", "edited"))
    return Arrival(named["new"], changed, named["same"], gone, aside)


def _state(ws: Workspace, path: str, wanted: str, before: Mapping[str, str]) -> str:
    """``new``, ``same``, ``changed`` by the sender only, or ``edited`` here."""
    file = ws.inside(path)
    if not file.is_file():
        return "new"
    present = hashlib.sha256(file.read_bytes()).hexdigest()
    if present == wanted:
        return "same"
    return "changed" if before.get(path) == present else "edited"


def _laid_aside(ws: Workspace, paths: list[str], now: datetime) -> str:
    folder = ws.var / "replaced" / now.strftime("%Y%m%d-%H%M%S")
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(ws.inside(path).read_bytes())
    return ws.shown(folder)


def _write_all(ws: Workspace, files: Mapping[str, bytes]) -> None:
    """Everything is on the disk before the first name changes."""
    fresh: list[tuple[Path, Path]] = []
    for path, data in files.items():
        target = ws.inside(path)
        if target.is_dir():
            raise WorkspaceError("E202", path=path)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        part.write_bytes(data)
        fresh.append((part, target))
    for part, target in fresh:
        part.replace(target)
