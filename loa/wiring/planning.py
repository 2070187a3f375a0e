"""The whole plan of a workspace, for a process of its own."""

from __future__ import annotations

from pathlib import Path

from loa.clock import Clock, SystemClock
from loa.dispatch import plan
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace


def plan_at(root: Path, clock: Clock | None = None) -> None:
    """Bring the files of the workspace at ``root`` into its book.

    Raises:
        LoaError: what is wrong with the files or the book, as for ``plan``.
    """
    desk = open_desk(open_workspace(root), clock or SystemClock())
    try:
        plan(desk)
    finally:
        desk.book.close()
