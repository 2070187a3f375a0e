"""What people are said to have done and what citizens are said to have said, in the rehearsal's own book.

A workspace that has a folder ``log/`` is rehearsed with it: ``nhat-ky*`` are tables for ``loa log import``, ``gop-y*``
are tables for ``loa feedback import``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loa.dispatch import Desk
from loa.dispatch.feedback import bring_in_feedback
from loa.dispatch.log_file import told_in
from loa.dispatch.logbook import find_plan, log
from loa.dispatch.people import today
from loa.plan import load_plans

FOLDER = "log"
_TABLES = (".csv", ".xlsx")


def take_in_log(desk: Desk) -> None:
    """Take in what was done by the simulated day; what was taken in before is left out.

    Raises:
        LoaError, ProblemsFound: the tables cannot be read, as with ``loa log import``.
    """
    reviewers = desk.workspace.settings.reviewers
    if not reviewers or not load_plans(desk.workspace):
        return
    plan, person = find_plan(desk, ""), reviewers[0].id
    for path in _tables(desk, "nhat-ky"):
        told, _ = told_in(desk, plan, path, until=today(desk))
        log(desk, plan, told, person)
    for path in _tables(desk, "gop-y"):
        bring_in_feedback(desk, path, person, plan_id=plan.id)


def _tables(desk: Desk, name: str) -> Iterator[Path]:
    folder = desk.workspace.root / FOLDER
    found = sorted(folder.glob(f"{name}*")) if folder.is_dir() else []
    return (path for path in found if path.suffix.lower() in _TABLES)
