"""Making an office's book whole again: from a backup and the journal since, or from the journal alone.

What is there is put aside, never removed. A scheduler must not be running: the caller holds its lock.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from loa.delivery import ChannelCard
from loa.dispatch.backing_up import ASSETS, KEY, OFFICE
from loa.dispatch.package import file_hash
from loa.errors import LoaError, StoreError
from loa.store import Stop, Vault, note, read_note, set_stop
from loa.store.backup import BOOK, JOURNAL, Backup, read_backup, require_sound_copy, take_out
from loa.store.book import Book, open_book
from loa.store.copying import copy_book
from loa.store.identity import identity_of
from loa.store.journal_read import Reading
from loa.store.ledger import LEFT, Found, last_book, opener, read_ledger
from loa.store.rebuild import Rebuilt, rebuild
from loa.store.soundness import examine
from loa.store.soundness_journal import RETURNED
from loa.workspace.paths import inside
from loa.workspace.space import SETTINGS_FILE

_BESIDE = ("", "-wal", "-shm")
"""What belongs to a book in a file."""
BY_RESTORE = "loa restore"


@dataclass
class Restored:
    """What a restoring did."""

    rebuilt: Rebuilt
    aside: Path | None = None
    """Where the book lies that was there before."""
    laid: list[str] = field(default_factory=list)
    """Files of the office that were missing and are there again."""
    different: list[str] = field(default_factory=list)
    """Files of the office that are others than in the backup; they were left as they are."""
    faults: int = 0
    """Lines of the journal that cannot be trusted: everything is stopped until a person has looked."""
    key_missing: bool = False
    moved: str = ""
    """The server to which the book had moved: all is stopped until a person says that it is to send from here again."""


@dataclass(frozen=True)
class Place:
    """Where the book of an office belongs, and what there is to make it from.

    Its files need not be in order for that, nor even all be there.
    """

    root: Path
    book: Path | str
    journal: Path
    cards: Mapping[str, ChannelCard]
    now: Callable[[], datetime]

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def key(self) -> Path:
        return self.var / KEY


def restore_backup(place: Place, file: Path) -> Restored:
    """Put the book of a backup in place, with what the journal tells of the time since.

    Raises:
        StoreError: E955 the backup cannot be used; E969 the database of a server is not empty.
    """
    backup = read_backup(file)
    _require_known(place, file, backup)
    with TemporaryDirectory(prefix=".restore-", dir=_folder(place.var)) as folder:
        copy = Path(folder) / BOOK
        take_out(file, BOOK, copy)
        try:
            require_sound_copy(copy)
        except LoaError as error:
            raise StoreError("E955", file=file.name, detail=", ".join(error.params.values())) from error
        laid, different = _lay_files(place, file, backup)
        aside = _put_in_place(place, copy)
    done = _bring_up_to_date(place, backup.book)
    done.aside, done.laid, done.different = aside, laid, different
    return done


def _require_known(place: Place, file: Path, backup: Backup) -> None:
    """Refuse the book of another office, or of an earlier beginning: what was sent from here it would send again.

    Raises:
        StoreError: E955.
    """
    entries = list(Reading(place.journal).entries())
    here = last_book(entry for entry in entries if entry.kind in LEFT)
    if backup.book and here and all(entry.book != backup.book for entry in entries):
        raise StoreError("E955", file=file.name, detail=f"{backup.host}/{backup.book} ≠ var/journal/{here}")


def restore_from_journal(place: Place) -> Restored:
    """Bring the book up to what its journal tells; one that is damaged or gone is made anew from it alone.

    Raises:
        StoreError: E956, the journal tells of no book.
    """
    found = _ledger(place, "")
    if not found.ledger.lines:
        raise StoreError("E956", detail=str(place.journal))
    aside = None
    if isinstance(place.book, Path):
        aside = _put_aside(place.book, place.now(), copy=_is_sound(place.book, found.ledger.book))
    done = _bring_up_to_date(place, found.ledger.book)
    done.aside = aside
    return done


def lay_office(file: Path, root: Path) -> None:
    """In a folder that is no workspace and below none: lay down the office of a backup, so that there is one.

    Raises:
        StoreError: E955, the backup cannot be used.
    """
    if any((folder / SETTINGS_FILE).exists() for folder in (root, *root.parents)):
        return
    for name in read_backup(file).files:
        if name.startswith(OFFICE):
            take_out(file, name, inside(root, name.removeprefix(OFFICE)))


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _is_sound(path: Path, name: str) -> bool:
    """Whether the book at ``path`` is the one that the journal is about, and whole."""
    if not path.exists():
        return False
    try:
        book = open_book(path)
    except LoaError:
        return False
    try:
        with book.read() as connection:
            is_ours = identity_of(connection) == name
        return is_ours and not examine(book)
    except LoaError:
        return False
    finally:
        book.close()


def _put_aside(book: Path, now: datetime, *, copy: bool) -> Path | None:
    """Put the book aside, or a copy of it where it is used on; the folder, None where there was none."""
    files = [path for path in (book.with_name(book.name + end) for end in _BESIDE) if path.exists()]
    if not files:
        return None
    folder = book.parent / f"aside-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"
    folder.mkdir(parents=True)
    for path in files:
        if copy:
            shutil.copy2(path, folder / path.name)
        else:
            path.replace(folder / path.name)
    return folder


def _put_in_place(place: Place, copy: Path) -> Path | None:
    if isinstance(place.book, Path):
        aside = _put_aside(place.book, place.now(), copy=False)
        copy.replace(place.book)
        return aside
    source, target = open_book(copy), open_book(place.book)
    try:
        copy_book(source, target, lambda _table, _rows: None)
    finally:
        source.close()
        target.close()
    return None


def _bring_up_to_date(place: Place, name: str) -> Restored:
    """Write into the book what the journal knows better; a journal with gaps stops everything."""
    found = _ledger(place, name)
    book = open_book(place.book)
    try:
        now = place.now()
        done = Restored(rebuild(book, found.ledger, _settle(place.cards), now), faults=len(found.faults))
        if found.faults or done.rebuilt.lost or found.ledger.sealed:
            why = f"var/journal: {len(found.faults)} + {done.rebuilt.lost} + {found.ledger.sealed}"
            set_stop(book, Stop(now, BY_RESTORE, why), BY_RESTORE, now)
        if found.ledger.moved and book.is_sqlite:
            done.moved = found.ledger.moved
            note(book, RETURNED, done.moved)
            set_stop(book, Stop(now, BY_RESTORE, f"loa migrate-store → {done.moved}"), BY_RESTORE, now)
        done.key_missing = bool(found.ledger.sealed) or _misses_key(place, book)
    finally:
        book.close()
    return done


def _ledger(place: Place, name: str) -> Found:
    return read_ledger(place.journal, opener(Vault.at(place.key)), name)


def _misses_key(place: Place, book: Book) -> bool:
    """Whether numbers in the book are sealed with a key that is not here."""
    known = read_note(book, "vault")
    return bool(known) and known != Vault.at(place.key).mark("the key of this book")


def _settle(cards: Mapping[str, ChannelCard]) -> Callable[[str], timedelta]:
    def settle(channel: str) -> timedelta:
        card = cards.get(channel)
        return max([card.settle, *card.look_ups[:1]]) if card else timedelta(minutes=5)

    return settle


def _lay_files(place: Place, file: Path, backup: Backup) -> tuple[list[str], list[str]]:
    """Lay down what is missing; what is there is never written over."""
    laid, different = [], []
    for name, target in _targets(place, backup):
        if not target.exists():
            take_out(file, name, target)
            laid.append(target.relative_to(place.root).as_posix())
        elif name.startswith(OFFICE) and file_hash(target) != backup.files[name]:
            different.append(target.relative_to(place.root).as_posix())
    return laid, different


def _targets(place: Place, backup: Backup) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for name in backup.files:
        kind, _, rest = name.partition("/")
        match f"{kind}/":
            case _ if name == KEY:
                found.append((name, place.key))
            case shown if shown == OFFICE:
                found.append((name, inside(place.root, rest)))
            case shown if shown == ASSETS:
                found.append((name, inside(place.root, f"var/assets/{rest}")))
            case shown if shown == JOURNAL and "/" not in rest:
                found.append((name, place.journal / Path(rest).name))
    return found
