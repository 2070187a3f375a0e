"""The log of verbs: opened for those that run long, and for the last word of any verb that ended badly."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from loa.dispatch import BeatResult
    from loa.errors import Problem
    from loa.workspace import Workspace

FOLDER = "log"
_DATABASE = "LOA_DATABASE_URL"
_HIDDEN = r"(?:(?<=:)(?!/)[^@]+(?=@)|(?<=password=)[^&]+)"
"""In an address, however it is mistyped."""


@contextmanager
def logged(workspace: Workspace, worker: str) -> Iterator[None]:
    """While the block runs, its process writes the workspace's log under the name of ``worker``."""
    from loa import logs

    _hide_database_password()
    with logs.opened(workspace.var / FOLDER, worker):
        logs.tell("started", verb=_verb(), pid=os.getpid())
        try:
            yield
        finally:
            logs.tell("ended", verb=_verb(), pid=os.getpid())


def log_beat(result: BeatResult) -> None:
    """One line about a beat in which something happened."""
    from loa import logs

    counts = {"sent": result.sent, "failed": result.failed, "held": result.held, "missed": result.missed}
    level: logs.Level = "error" if result.blocked else "warning" if result.missed or result.stopped else "info"
    logs.tell("beat", level, **counts, blocked=result.blocked, stopped=result.stopped)


def log_problems(problems: Sequence[Problem]) -> None:
    """A verb ended with problems: their codes and places go into the log."""
    from loa import logs

    with _where_it_has_run():
        for each in problems:
            place = f"{each.place.file}:{each.place.line}" if each.place else ""
            logs.tell("problem", "error", verb=_verb(), code=each.code, place=place)


def log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error that nobody foresaw ends this process: it goes into the log, and to the console as always."""
    from loa import logs

    with _where_it_has_run():
        logs.trouble("broken", error, verb=_verb())
    sys.__excepthook__(kind, error, trace)


@contextmanager
def _where_it_has_run() -> Iterator[None]:
    """The log of the workspace around the present folder; of a workspace without ``var`` none is made."""
    from loa import logs
    from loa.errors import LoaError
    from loa.workspace import find_root

    try:
        var = find_root(Path.cwd()) / "var"
    except (LoaError, OSError):
        yield
        return
    if not var.is_dir():
        yield
        return
    _hide_database_password()
    with logs.opened(var / FOLDER, f"{platform.node()}:{os.getpid()}"):
        yield


def _verb() -> str:
    """What was asked for, without what was said to it."""
    words = [word for word in sys.argv[1:3] if word.isascii() and word.isalpha()]
    return " ".join(words)


def _hide_database_password() -> None:
    import re
    from urllib.parse import unquote

    from loa import logs

    for password in re.findall(_HIDDEN, os.environ.get(_DATABASE, "")):
        logs.hide(password, unquote(password))
