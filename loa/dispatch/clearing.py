"""Once a day: assets that no delivery and no plan names any more are let go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePosixPath

from loa import logs
from loa.dispatch.desk import Desk
from loa.dispatch.making import wanted
from loa.dispatch.package import opened, shown_hashes
from loa.dispatch.plan import HORIZON, planned_until
from loa.errors import LoaError, StoreError
from loa.render import unused
from loa.render.keys import Keys
from loa.store.packages import packages


def clear_unused(desk: Desk) -> int:
    """Remove assets that were made long ago and that nothing names; how many files went.

    Nothing is removed by the word of a practice run, whose book knows nothing of the office's own deliveries, nor
    while somebody renders, nor while the staff's files have problems, so that nobody knows what the plan is.
    """
    folder, now = desk.workspace.assets, desk.clock.now()
    before = (now - timedelta(days=desk.workspace.settings.policies.assets_keep_days)).timestamp()
    if desk.in_sandbox or unused.is_busy(folder, now.timestamp()):
        return 0
    old = unused.old_assets(folder, before)
    try:
        in_use = _in_the_book(desk) | _in_the_plan(desk) if old else set()
    except StoreError:
        raise
    except LoaError as error:
        logs.trouble("assets_not_cleared", error)
        return 0
    gone = unused.clear(files for key, files in old.items() if key not in in_use)
    gone += unused.clear_parts(folder, before)
    if gone:
        logs.tell("assets_cleared", files=gone)
    return gone


def _in_the_book(desk: Desk) -> set[str]:
    """The assets that deliveries name, whatever has become of these: they stand in reports and answers."""
    with desk.book.read() as connection:
        return {_key(path) for package in packages(connection) for path in shown_hashes(opened(package))}


def _in_the_plan(desk: Desk) -> set[str]:
    """The assets that the files of the staff ask for now: also those of which channels carry smaller pictures."""
    keys = Keys(desk.workspace)
    until = planned_until(desk) or desk.clock.now() + HORIZON
    return {keys.of(each.order) for each in wanted(desk, (), until)}


def _key(path: str) -> str:
    return PurePosixPath(path).name.partition(".")[0]
