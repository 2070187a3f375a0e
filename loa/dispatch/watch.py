"""Noticing that the staff changed something: one fingerprint over every file that a message is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from loa.workspace import Workspace

_Stamp = tuple[int, int, int]


class SourceWatch:
    """Fingerprints the workspace.

    A file is read again only when its size or one of its times has moved; the change time cannot be set back by
    the usual tools, so a forged modification time is noticed too.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: dict[Path, tuple[_Stamp, bytes]] = {}

    def fingerprint(self) -> str:
        """One hash over names and bytes of loa.yaml, the unit list, campaigns, content, templates, rules and lists."""
        whole = hashlib.sha256()
        for path in sorted(set(self._files())):
            whole.update(self._workspace.shown(path).encode() + b"\0" + self._hash(path))
        return whole.hexdigest()

    def _files(self) -> Iterator[Path]:
        workspace = self._workspace
        for folder in (workspace.campaigns, workspace.content, workspace.templates, workspace.rules):
            yield from (path for path in folder.rglob("*") if path.is_file())
        settings = workspace.settings
        lists = (each.file for each in settings.lists)
        for name in ("loa.yaml", settings.units.file, settings.holidays_file, *lists):
            if name and (path := workspace.inside(name)).is_file():
                yield path

    def _hash(self, path: Path) -> bytes:
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
        known = self._seen.get(path)
        if known is None or known[0] != stamp:
            with path.open("rb") as file:
                known = (stamp, hashlib.file_digest(file, "sha256").digest())
            self._seen[path] = known
        return known[1]
