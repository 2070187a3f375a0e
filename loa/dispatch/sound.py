"""Nothing is sent from a book that is damaged, older than its journal, or new in the place of one that was lost."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from loa import logs, store
from loa.dispatch.desk import Desk
from loa.errors import Problem, StoreError
from loa.store.ledger import opener
from loa.store.past import tell_past
from loa.store.soundness import examine
from loa.store.soundness_journal import catch_up, examine_tail

OFTEN = timedelta(hours=1)
"""Between two deep looks at a book that is being worked with."""


_QUICKLY_READ = 16_000_000
"""Bytes. The rows of a smaller book, a year of an office, are looked at in a moment."""
UNSOUND = ("E952", "E953", "E959", "E961", "E966")
"""What a look finds in a book from which nothing may be sent; any other trouble keeps it from looking."""


def world_of(desk: Desk) -> store.World:
    """Whether it is real channels that this desk sends to."""
    return "sandbox" if desk.in_sandbox else "real"


def require_sound(desk: Desk) -> None:
    """Look at the whole book before anything is done with it, and bring its journal up to date.

    Raises:
        StoreError: E952 it is older than its journal; E953 it is damaged; E959 it is new, and another was lost.
    """
    require_sound_here(desk)
    if folder := desk.book.journal_folder:
        if told := tell_past(desk.book, folder, opener(desk.vault)):
            logs.tell("past_told", lines=told)
        _mark(folder).unlink(missing_ok=True)
        _at_work(folder).touch()


def require_sound_here(desk: Desk) -> None:
    """The same for a worker, beside whom others have the book in use. The leader's marks are left as they are.

    Raises:
        StoreError: as ``require_sound``.
    """
    folder = desk.book.journal_folder
    if folder:
        _refuse(examine_tail(desk.book, folder, world_of(desk)))
    _refuse(examine(desk.book))
    if folder:
        catch_up(desk.book, folder)


def require_sound_now_and_then(desk: Desk) -> None:
    """The same for a run of a minute: the rows of a large book are looked at once an hour, the journal's end each time.

    After a run that did not come to its end (a kill, a power cut) the rows are looked at in any case.

    Raises:
        StoreError: as ``require_sound``.
    """
    folder = desk.book.journal_folder
    mark = _mark(folder) if folder else None
    if folder and mark and mark.exists() and _takes_long(desk):
        age = desk.clock.now().timestamp() - mark.stat().st_mtime
        if 0 <= age < OFTEN.total_seconds():
            _refuse(examine_tail(desk.book, folder, world_of(desk)))
            _move(mark, _at_work(folder))
            return
    require_sound(desk)


def _takes_long(desk: Desk) -> bool:
    """Whether a look at every row of the book would hold up a run of a minute."""
    place = desk.book.place
    return not isinstance(place, Path) or place.stat().st_size > _QUICKLY_READ


def ended_well(desk: Desk) -> None:
    """The work on the book came to its end: what was looked at before it need not be looked at again at once."""
    if folder := desk.book.journal_folder:
        _move(_at_work(folder), _mark(folder))


def _move(mark: Path, to: Path) -> None:
    """The mark keeps its time. Another scheduler of this machine may have moved it first."""
    with suppress(FileNotFoundError):
        mark.replace(to)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        first = problems[0]
        logs.tell("book_unsound", "error", problem=first.code, found=len(problems))
        raise StoreError(first.code, **first.params)


def _mark(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "book.checked"


def _at_work(folder: Path) -> Path:
    """The mark while somebody works with the book: one who is killed leaves it so."""
    return folder / "book.checked.at-work"
