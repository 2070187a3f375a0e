"""Campaigns → a pack: their content, the pictures and sound that it names, the office's own templates."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from loa.campaign import Item, LoadedCampaign
from loa.errors import LoaError, WorkspaceError
from loa.packs.keys import public_of, sign
from loa.packs.manifest import FORM, MOST_BYTES, MOST_FILES, SUFFIXES, Manifest, PackedFile
from loa.workspace import Workspace

MANIFEST, SIGNATURE = "manifest.json", "signature.txt"
_ALWAYS_THE_SAME = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the same files give the same bytes."""
_SHARED = ("content", "templates")


def build_pack(
    ws: Workspace,
    campaigns: Iterable[LoadedCampaign],
    extra: Iterable[str],
    target: Path,
    *,
    name: str,
    version: str,
    title: str,
    made_by: str,
    made_on: date,
    secret: str,
    note: str = "",
) -> Manifest:
    """Write the pack of some campaigns (and ``extra`` files) to ``target``, signed with the key ``secret`` (hex).

    Raises:
        LoaError: E365, there is nothing to pack, too much of it, or the name or the version is none.
        WorkspaceError: E202, E207: a named file lies outside or is not there.
    """
    sources = _sources(ws, campaigns, extra, name)
    files = [PackedFile(path=path, sha256=_sha256(file), size=file.stat().st_size) for path, file in sources.items()]
    try:
        manifest = Manifest(
            form=FORM,
            name=name,
            version=version,
            title=title,
            body=ws.settings.body.name,
            made_by=made_by,
            made_on=made_on.isoformat(),
            note=note,
            files=files,
        )
    except ValueError as error:
        raise LoaError("E365", name=name, version=version, most=MOST_FILES, megabytes=MOST_BYTES // 10**6) from error
    _write(target, manifest, sources, f"{public_of(secret)} {sign(secret, manifest.as_bytes())}\n")
    return manifest


def _write(target: Path, manifest: Manifest, sources: dict[str, Path], signature: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(MANIFEST), manifest.as_bytes())
        archive.writestr(_entry(SIGNATURE), signature)
        for path, file in sources.items():
            archive.writestr(_entry(path), file.read_bytes())
    fresh.replace(target)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _ALWAYS_THE_SAME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _sources(ws: Workspace, campaigns: Iterable[LoadedCampaign], extra: Iterable[str], name: str) -> dict[str, Path]:
    """Where each file goes, and where it stands. Campaign files go along to be read, not to run."""
    found: dict[str, Path] = {}
    for each in campaigns:
        found[f"packs/{name}/{Path(each.shown).name}"] = ws.inside(each.shown)
        for item in each.campaign.items:
            found |= {ws.shown(file): file for file in _of_item(ws, item)}
    for named in extra:
        file = ws.inside(named)
        if not file.exists():
            raise WorkspaceError("E207", file=named)
        files = sorted(each for each in file.rglob("*") if each.is_file()) if file.is_dir() else [file]
        found |= {ws.shown(each): each for each in files if each.suffix.lower() in SUFFIXES}
    return dict(sorted(found.items()))


def _of_item(ws: Workspace, item: Item) -> Iterator[Path]:
    """The content, whatever files its words and its data name, and templates that the program doesn't bring."""
    for relative in item.content:
        file = ws.inside(relative)
        yield file
        yield from _named_in(ws, file.read_text(encoding="utf-8").split())
    for make in item.make:
        own = ws.templates / make.template
        if own.is_dir():
            yield from (each for each in sorted(own.rglob("*")) if each.suffix.lower() in SUFFIXES)
        for value in make.data.values():
            rows = [value] if isinstance(value, str) else [cell for row in value for cell in row.values()]
            yield from _named_in(ws, rows)


def _named_in(ws: Workspace, words: Iterable[str]) -> Iterator[Path]:
    """Files of content/ and templates/ that stand by their path among ``words``, bare or in a Markdown link."""
    for word in words:
        named = word.rpartition("](")[2].rstrip(").,;") if "](" in word else word
        if named.startswith(tuple(f"{folder}/" for folder in _SHARED)):
            try:
                file = ws.inside(named)
            except WorkspaceError:
                continue
            if file.is_file() and file.suffix.lower() in SUFFIXES:
                yield file


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
