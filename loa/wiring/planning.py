"""The whole plan of a workspace, for a process of its own."""

from __future__ import annotations

from pathlib import Path

from loa.clock import Clock, SystemClock
from loa.dispatch import plan
from loa.errors import LoaError, Problem
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace


def plan_at(root: Path, clock: Clock | None = None) -> tuple[Problem, ...]:
    """Bring the files of the workspace at ``root`` into its book; what is wrong with them where that cannot be done."""
    try:
        desk = open_desk(open_workspace(root), clock or SystemClock())
        try:
            plan(desk)
        finally:
            desk.book.close()
    except LoaError as error:
        return error.problems()
    return ()
