"""What belongs into a backup of an office, and the one that the scheduler makes by itself every day."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from loa import logs
from loa.delivery import TERMINAL
from loa.dispatch.desk import Desk
from loa.dispatch.package import opened
from loa.errors import LoaError
from loa.store import deliveries
from loa.store.backup import JOURNAL, Backup, backups_in, keep_newest, name_of_backup, write_backup
from loa.workspace import Workspace

DAILY = timedelta(days=1)
KEPT = 7
"""Daily backups that the scheduler keeps."""
OFFICE, ASSETS, KEY = "office/", "assets/", "vault.key"
_FOLDERS = ("campaigns", "content", "templates", "rules")
_LISTS = "content/recipients/"
"""Where lists of people lie: their numbers are not sealed, and a backup would outlive every purge."""


def back_up(desk: Desk, target: Path, *, with_key: bool) -> Backup:
    """A backup of the office at ``target``; the key of the numbers is in it only ``with_key``.

    Raises:
        StoreError: E953, E955; OSError: the disk does not let us.
    """
    about = {"made_at": desk.clock.now().isoformat(), "host": platform.node(), "loa": version("loa")}
    return write_backup(desk.book, target, dict(_files(desk, with_key=with_key)), about)


def back_up_into(desk: Desk, folder: Path, keep: int, *, with_key: bool) -> tuple[Path, list[Path]]:
    """A backup under a name of its own in ``folder``, of which the newest ``keep`` stay; its path, and what went."""
    target = folder / name_of_backup(desk.clock.now())
    back_up(desk, target, with_key=with_key)
    return target, keep_newest(folder, keep)


def back_up_daily(desk: Desk) -> None:
    """The scheduler's own backup, where the last is a day old. A trouble with it keeps nothing from being sent."""
    folder = folder_of(desk.workspace)
    newest = max(map(made_at, backups_in(folder)), default=None)
    if newest is not None and timedelta(0) <= desk.clock.now() - newest < DAILY:
        return
    try:
        path, _ = back_up_into(desk, folder, KEPT, with_key=False)
        logs.tell("backup_made", file=path.name)
    except (LoaError, OSError) as error:
        logs.trouble("backup_failed", error)


def made_at(path: Path) -> datetime:
    """When a backup of ours was made, by its name."""
    return datetime.strptime(path.stem.partition("-")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def folder_of(workspace: Workspace) -> Path:
    """Where the scheduler lays its backups."""
    return workspace.var / "backups"


def _files(desk: Desk, *, with_key: bool) -> Iterator[tuple[str, Path]]:
    workspace = desk.workspace
    for path in sorted(_office(workspace)):
        yield OFFICE + workspace.shown(path), path
    folder = desk.book.journal_folder
    for path in sorted(folder.glob("*.jsonl")) if folder else ():
        yield JOURNAL + path.name, path
    for path in sorted(_assets(desk)):
        yield ASSETS + path.relative_to(workspace.assets).as_posix(), path
    key = workspace.var / KEY
    if with_key and key.is_file():
        yield KEY, key


def _office(workspace: Workspace) -> Iterator[Path]:
    """What the staff wrote, without lists of people."""
    lists = {workspace.inside(each.file) for each in workspace.settings.lists if each.file}
    named = [workspace.root / "loa.yaml", workspace.holidays_file]
    listed = (workspace.settings.units.file, workspace.settings.accounts_file)
    named += [workspace.inside(name) for name in listed if name]
    yield from (path for path in named if path and path.is_file())
    for folder in _FOLDERS:
        for path in (workspace.root / folder).rglob("*"):
            private = workspace.shown(path).startswith(_LISTS) or path in lists
            if path.is_file() and not path.is_symlink() and not private:
                yield path


def _assets(desk: Desk) -> set[Path]:
    """Pictures, clips and documents of what is not out yet, with the notes beside them."""
    shelf = desk.workspace.assets
    with desk.book.read() as connection:
        rows = [row for row in deliveries(connection) if row.state not in TERMINAL]
    found: set[Path] = set()
    for row in rows:
        content = opened(row.package)
        for each in (*content["assets"], *content.get("besides", ())):
            path = desk.workspace.inside(each["path"])
            if path.is_relative_to(shelf):
                found |= {beside for beside in path.parent.glob(f"{path.stem}.*") if beside.is_file()}
    return found
