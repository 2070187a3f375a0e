"""Noticing that the staff changed something: one fingerprint over every file that a message is made from."""

from __future__ import annotations

import hashlib
import time
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from loa.dispatch.desk import Desk
from loa.workspace import Workspace, open_workspace

_Stamp = tuple[int, int, int]
_SETTLED_SECONDS = 3.0
"""Of real time: the stamp of a file that was written so lately may stay the same at its next change. Drives keep the
times of files in steps of up to 2 seconds."""


class SourceWatch:
    """Fingerprints the workspace.

    A file is read again only when its size or one of its times has moved, or did so a moment ago; the change time
    cannot be set back by the usual tools, so a forged modification time is noticed too.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: dict[Path, tuple[_Stamp, float, bytes]] = {}
        self._settings = ""

    def fresh(self, desk: Desk) -> Desk:
        """The desk by the settings, the units and the rules of the time zone as they are now; itself where unchanged.

        Raises:
            ProblemsFound: the settings or the units have problems.
        """
        settings = self._whole(self._settings_files()) + self.zone()
        if settings == self._settings:
            return desk
        old = desk.workspace
        zoneinfo.ZoneInfo.clear_cache(only_keys=[old.settings.time_zone])
        new = open_workspace(old.root)
        # At the first look nothing is known of what the desk was made from, but that it is a moment old.
        if self._settings or (old.settings, old.units) != (new.settings, new.units):
            desk = replace(desk.desk_of(new), worker=desk.worker, memory=desk.memory)
        self._workspace, self._settings = desk.workspace, settings
        return desk

    def fingerprint(self) -> str:
        """One hash over names and bytes of loa.yaml, the unit list, campaigns, content, templates, rules and lists.

        Machines with the same files have the same.
        """
        return self._whole((*self._settings_files(), *self._files()))

    def zone(self) -> str:
        """A hash over the rules of the time zone that this machine has."""
        return self._whole(zone_files(self._workspace.zone.key))

    def _whole(self, files: Iterable[Path]) -> str:
        whole = hashlib.sha256()
        for path in sorted(set(files)):
            whole.update(self._workspace.shown(path).encode() + b"\0" + self._hash(path))
        return whole.hexdigest()

    def _settings_files(self) -> Iterator[Path]:
        workspace = self._workspace
        for name in ("loa.yaml", workspace.settings.units.file, workspace.settings.accounts_file):
            if name and (path := workspace.inside(name)).is_file():
                yield path

    def _files(self) -> Iterator[Path]:
        workspace = self._workspace
        for folder in (workspace.campaigns, workspace.content, workspace.templates, workspace.rules):
            yield from (path for path in folder.rglob("*") if path.is_file())
        settings = workspace.settings
        lists = (each.file for each in settings.lists)
        for name in (settings.holidays_file, *lists):
            if name and (path := workspace.inside(name)).is_file():
                yield path

    def _hash(self, path: Path) -> bytes:
        try:
            return self._hashed(path)
        except FileNotFoundError:  # an editor puts the new file in the place of the old one just now
            return b""

    def _hashed(self, path: Path) -> bytes:
        stat, now = path.stat(), time.monotonic()
        stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
        seen, since, known = self._seen.get(path, (None, now, b""))
        since = since if seen == stamp else now
        if seen != stamp or now - since < _SETTLED_SECONDS:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").digest()
            self._seen[path] = (stamp, since, known)
        return known


def zone_files(key: str | None) -> Iterator[Path]:
    """The file of this machine that tells the rules of a time zone; none where the program's own are used."""
    found = (Path(folder, key) for folder in zoneinfo.TZPATH if key)
    yield from [path for path in found if path.is_file()][:1]
