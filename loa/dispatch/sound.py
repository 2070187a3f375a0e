"""Nothing is sent from a book that is damaged, older than its journal, or new in the place of one that was lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from loa import logs
from loa.dispatch.desk import Desk
from loa.errors import Problem, StoreError
from loa.store.soundness import examine
from loa.store.soundness_journal import catch_up, examine_tail

OFTEN = timedelta(hours=1)
"""Between two deep looks at a book that is being worked with."""


def require_sound(desk: Desk) -> None:
    """Look at the whole book before anything is done with it, and bring its journal up to date.

    Raises:
        StoreError: E952 it is older than its journal; E953 it is damaged; E959 it is new, and another was lost.
    """
    folder = desk.book.journal_folder
    if folder:
        _refuse(examine_tail(desk.book, folder))
    _refuse(examine(desk.book))
    if folder:
        catch_up(desk.book, folder)
        _mark(folder).touch()


def require_sound_now_and_then(desk: Desk) -> None:
    """The same for a run of a minute: the rows are looked at once an hour, the last lines of the journal each time.

    Raises:
        StoreError: as ``require_sound``.
    """
    folder = desk.book.journal_folder
    mark = _mark(folder) if folder else None
    if folder and mark and mark.exists():
        age = desk.clock.now().timestamp() - mark.stat().st_mtime
        if 0 <= age < OFTEN.total_seconds():
            _refuse(examine_tail(desk.book, folder))
            return
    require_sound(desk)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        first = problems[0]
        logs.tell("book_unsound", "error", problem=first.code, found=len(problems))
        raise StoreError(first.code, **first.params)


def _mark(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "book.checked"
