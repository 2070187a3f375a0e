"""The workspace: the staff's files, the place of the book, the scheduler, what waits for people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from loa.cli.checkup.finding import Check, trouble, well
from loa.cli.language import lang, say
from loa.errors import LoaError
from loa.render.shared import Spoilt

if TYPE_CHECKING:
    from loa.dispatch import Desk

AREA = "workspace"
_STALE = timedelta(minutes=10)
_LATE = timedelta(minutes=1)
_SYNCED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "box sync")
_MOUNTS = Path("/proc/mounts")


def house(desk: Desk) -> Iterator[Check]:
    """Everything about the workspace that has opened."""
    yield _files()
    yield _book(desk)
    yield _scheduler(desk)
    yield _handoffs(desk)


def common_store(desk: Desk) -> Iterator[Check]:
    """Whether this machine can write to what several machines share, and reads what it has written."""
    exchange = desk.renderer.exchange
    if exchange is None:
        return
    try:
        exchange.file(exchange.keep_file(b"loa doctor"))
    except (LookupError, Spoilt):
        words = say("ghi được nhưng đọc lại không thấy", "what was written is not found again")
        yield Check(AREA, "media", "stop", "E982", {"place": exchange.store.label, "detail": words})
    except LoaError as error:
        yield trouble(AREA, "media", error)
    else:
        told = say(f"ghi và đọc được {exchange.store.label}", f"{exchange.store.label} can be written and read")
        yield well(AREA, "media", told)


def _files() -> Check:
    from loa.cli.checking import problems_of_workspace

    problems = problems_of_workspace()
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        return Check(AREA, "check", "stop", "E928", {"count": str(errors), "detail": str(errors)})
    warnings = len(problems)
    return well(AREA, "check", say(f"không có lỗi, {warnings} cảnh báo", f"no errors, {warnings} warnings"))


def _book(desk: Desk) -> Check:
    """It is open and has been checked; where does it lie?"""
    from loa.messages import number

    if not desk.book.is_sqlite:
        return well(AREA, "book", "PostgreSQL")
    path = desk.workspace.book
    size = f"{number(round(path.stat().st_size / 1e6, 1), lang())} MB" if path.exists() else "–"
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        words = say("không có quyền ghi", "no right to write")
        return Check(AREA, "book", "stop", "E701", {"place": desk.workspace.shown(path), "detail": words})
    if where := shaky_place(path, os.environ):
        return Check(AREA, "book", "warning", "E936", {"place": desk.workspace.shown(path), "detail": where})
    return well(AREA, "book", say(f"{desk.workspace.shown(path)}, {size}, nguyên vẹn", f"{path.name}, {size}, sound"))


def shaky_place(path: Path, environment: Mapping[str, str], mounts: Path = _MOUNTS) -> str:
    """The network drive or synchronised folder that ``path`` lies in; empty for a disk of this machine."""
    from loa.store.place import network_drive

    whole = str(path.resolve())
    synced = [value for name, value in environment.items() if name.startswith("OneDrive") and value]
    if any(Path(whole).is_relative_to(folder) for folder in synced):
        return "OneDrive"
    named = next((part for part in Path(whole).parts if part.lower().startswith(_SYNCED)), "")
    return named or network_drive(path, mounts)


def _scheduler(desk: Desk) -> Check:
    from loa import store
    from loa.messages import moment

    seen = store.worker_seen(desk.book)
    if seen is None or desk.clock.now() - seen > _STALE:
        never = say("chưa có", "never")
        when = moment(seen, desk.workspace.zone, lang()) if seen else never
        return Check(AREA, "scheduler", "warning", "E937", {"when": when, "detail": seen.isoformat() if seen else ""})
    beat = moment(seen, desk.workspace.zone, lang())
    words = say(f"nhịp gần nhất {beat}", f"last beat {beat}")
    if who := store.holder(desk.workspace.var):
        words += say(f", tiến trình {who['pid']}", f", process {who['pid']}")
    return well(AREA, "scheduler", words)


def _handoffs(desk: Desk) -> Check:
    """What people were asked to publish by hand."""
    from loa.dispatch.handoff import open_handoffs

    found = open_handoffs(desk)
    late = sum(each.late_by >= _LATE for each in found)
    if late:
        return Check(AREA, "handoff", "warning", "E929", {"count": str(late), "detail": str(late)})
    return well(AREA, "handoff", say(f"{len(found)} việc đang chờ, không trễ", f"{len(found)} open, none late"))
