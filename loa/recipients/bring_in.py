"""Bringing a list in: a file of any size goes through as a stream, and takes the place of the list at its end.

A file that cannot be read to its end changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from loa import store
from loa.clock import Clock
from loa.errors import LoaError, Place, Problem, ProblemsFound
from loa.recipients.columns import LOOKED_AT, Columns, find_columns
from loa.recipients.csv_file import Row, rows_of_csv
from loa.recipients.units import Units
from loa.recipients.xlsx_file import rows_of_xlsx
from loa.store import Book, Change, DoubtfulNumber, ListHead, Person, Vault
from loa.text import Doubt, Phone, Why, carrier_hint, normalise
from loa.workspace import RecipientList, Workspace

UNKNOWN_UNIT = "E735"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How .xls and .doc files begin."""
_AT_ONCE = 10_000
_MOST_KEPT = 60
"""Characters of a cell that is no number, kept to be looked at by a person."""
_MOST_DOUBTS = 1_000
"""So many rows at the start without one number: somebody gave the wrong file, or the wrong column."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file. ``doubtful`` by the code of what is wrong; ``shared`` by the name of the other list."""

    name: str
    rows: int
    change: Change
    doubtful: Mapping[str, int]
    shared: Mapping[str, int]
    unread: tuple[str, ...]
    """The headings of columns that nobody read and nothing kept."""
    unitless: int = 0
    """People without a unit in a file that has a column of units: they get what every unit sends."""


def import_list(
    workspace: Workspace, book: Book, vault: Vault, clock: Clock, name: str, path: Path, by: str
) -> Imported:
    """Put the people of a file in the place of those that the list has. ``by`` is who does it.

    Raises:
        LoaError: E714 to E726: the list is not declared, or the file cannot be read as a list; E725 the key is not
            that of the book; E736 the list has a file of its own. Nothing has changed.
    """
    store.bind_key(book, vault)
    listed = declared(workspace, name)
    if listed.file and path.resolve() != workspace.inside(listed.file).resolve():
        raise LoaError("E736", list=name, file=listed.file)
    try:
        digest = _file_hash(path)
    except OSError as error:
        raise LoaError("E715", file=path, detail=error.strerror or type(error).__name__) from error
    head = ListHead(name, clock.now(), by, path.name, digest, listed.consent, listed.legal_basis)
    reading = _Reading(vault, Units(workspace))
    list_id = store.begin_list(book, head)
    try:
        columns = _pour_in(book, list_id, reading, path)
    except LoaError:
        store.remove_content(book, list_id, whole=True)
        raise
    change = store.finish_list(book, list_id, head, reading.rows, reading.good)
    with book.read() as connection:
        shared = store.shared_with(connection, list_id)
    doubtful, unitless = dict(reading.doubtful), reading.unitless
    return Imported(name, reading.rows, change, doubtful, shared, columns.unread, unitless)


def declared(workspace: Workspace, name: str) -> RecipientList:
    """The list as loa.yaml declares it.

    Raises:
        LoaError: E714, it does not; says what to write.
    """
    lists = {each.id: each for each in workspace.settings.lists}
    if name not in lists:
        raise LoaError("E714", name=name, lists=", ".join(lists) or "–")
    return lists[name]


def import_changed(workspace: Workspace, book: Book, vault: Vault, clock: Clock) -> tuple[Imported, ...]:
    """Bring in the lists that name a file, where the file is another than the one that was brought in last.

    Raises:
        ProblemsFound: what is wrong with each file that cannot be read.
    """
    with book.read() as connection:
        known = {each.name: each for each in store.lists(connection)}
    done, problems = [], []
    for number, each in enumerate(workspace.settings.lists):
        path = workspace.inside(each.file) if each.file else None
        if path is None or (each.id in known and known[each.id].source_sha256 == _file_hash(path)):
            continue
        try:
            done.append(import_list(workspace, book, vault, clock, each.id, path, store.MACHINE))
        except LoaError as error:
            place = workspace.loaded.place_of(("lists", number, "file")) or Place(each.file)
            problems += [Problem(found.code, found.params, found.place or place) for found in error.problems()]
    if problems:
        raise ProblemsFound(problems)
    return tuple(done)


@dataclass
class _Reading:
    """Turns rows into people and doubtful numbers, and counts them. A row of blanks is none."""

    vault: Vault
    units: Units
    rows: int = 0
    good: int = 0
    unitless: int = 0
    doubtful: Counter[str] = field(default_factory=Counter)

    def read(self, list_id: int, row: Row, columns: Columns) -> Person | DoubtfulNumber | None:
        number, cells = row
        written = cells[columns.phone] if columns.phone < len(cells) else ""
        unit = cells[columns.unit] if columns.unit is not None and columns.unit < len(cells) else ""
        phone = normalise(written)
        if isinstance(phone, Doubt) and phone.why is Why.EMPTY and not "".join(cells).strip():
            return None
        self.rows += 1
        code = self.units.code_of(unit)
        if isinstance(phone, Phone) and code is not None:
            self.good += 1
            self.unitless += columns.unit is not None and not code
            mark, sealed = self.vault.mark_bytes(phone.e164), self.vault.seal(phone.e164)
            return Person(list_id, self.rows, mark, sealed, code, carrier_hint(phone.e164))
        why = UNKNOWN_UNIT if isinstance(phone, Phone) else phone.why.value
        self.doubtful[why] += 1
        return DoubtfulNumber(list_id, self.rows, number, self.vault.seal(written[:_MOST_KEPT]), code or "", why)


def _pour_in(book: Book, list_id: int, reading: _Reading, path: Path) -> Columns:
    columns, rows = read_rows(path, reading.units)
    found = filter(None, (reading.read(list_id, row, columns) for row in rows))
    while some := list(islice(found, _AT_ONCE)):
        people = [each for each in some if isinstance(each, Person)]
        store.add_people(book, people, [each for each in some if isinstance(each, DoubtfulNumber)])
        if not reading.good and reading.rows >= _MOST_DOUBTS:
            break
    if not reading.good and reading.doubtful[UNKNOWN_UNIT]:
        raise LoaError("E726", file=path.name, count=reading.doubtful[UNKNOWN_UNIT])
    if not reading.good:
        raise LoaError("E721", file=path.name, count=reading.rows, column=columns.phone + 1)
    return columns


def read_rows(path: Path, units: Units) -> tuple[Columns, Iterator[Row]]:
    """Where a file has what, and its rows below the headings.

    Raises:
        LoaError: E715 to E720, E723: it cannot be opened or read as a list.
    """
    try:
        rows = _rows(path)
        first = list(islice(rows, LOOKED_AT))
    except OSError as error:
        raise LoaError("E715", file=path.name, detail=error.strerror or type(error).__name__) from error
    if not first:
        raise LoaError("E719", file=path.name)
    columns = find_columns(first, units)
    if columns is None:
        raise LoaError("E720", file=path.name, row=first[0][0], headings=_told(first[0][1]))
    return columns, chain(first[columns.first :], rows)


def _rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return rows_of_xlsx(path)
    if head.startswith(_OLD_OFFICE):
        raise LoaError("E717", file=path.name)
    return rows_of_csv(path)


def _told(cells: list[str]) -> str:
    """Headings for people; what might be a number is not among them."""
    words = [cell.strip() for cell in cells if cell.strip() and not any(map(str.isdigit, cell))]
    return ", ".join(words[:8]) or "–"


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
