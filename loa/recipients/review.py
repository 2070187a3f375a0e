"""The rows of a file that hold no settled number: shown masked, and settled by a person one at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loa import store
from loa.clock import Clock
from loa.errors import LoaError
from loa.recipients.bring_in import UNKNOWN_UNIT
from loa.store import Book, DoubtfulNumber, Event, ListRow, Person, Vault
from loa.text import Phone, carrier_hint, normalise
from loa.workspace import Workspace

_FIRST, _LAST = 2, 2
_FEW = 6
"""Digits that are no personal number: 1022, 18001234 cut short."""


@dataclass(frozen=True, slots=True)
class DoubtView:
    """One row to be settled, as people may see it. ``can_accept``: Loa has a guess at what is meant.

    ``needs_unit``: what stands there for a unit is none of the workspace's.
    """

    row: int
    shown: str
    unit_code: str
    code: str
    can_accept: bool
    needs_unit: bool


def review(book: Book, vault: Vault, name: str) -> tuple[DoubtView, ...]:
    """The rows of a list that wait for a person.

    Raises:
        LoaError: E712, the list was not brought in; E725, the key is not that of the book.
    """
    store.bind_key(book, vault)
    with book.read() as connection:
        doubts = store.doubts_of(connection, imported(connection, name).id)
    return tuple(_view(vault, each) for each in doubts)


def accept(workspace: Workspace, book: Book, vault: Vault, clock: Clock, row: Row, unit: str = "") -> bool:
    """Take the number that Loa reads in a row for good; False where the list has it already.

    Raises:
        LoaError: E733 the row waits no more; E734 there is no number to read in it; E735 no such unit; E737 its owner
            asked to be forgotten; E725 the key is not that of the book.
    """
    store.bind_key(book, vault)
    doubt = _doubt(book, row)
    number = _guess(vault.open(doubt.sealed))
    if not number:
        raise LoaError("E734", row=row.number)
    return _settle(workspace, book, vault, clock, row, doubt, number, unit)


def correct(
    workspace: Workspace, book: Book, vault: Vault, clock: Clock, row: Row, written: str, unit: str = ""
) -> bool:
    """Take another number in the place of what stands in a row; False where the list has it already.

    Raises:
        LoaError: as ``accept``; E320 to E331, what was typed is no mobile number either.
    """
    store.bind_key(book, vault)
    doubt = _doubt(book, row)
    phone = normalise(written)
    if not isinstance(phone, Phone):
        raise LoaError(phone.why.value)
    return _settle(workspace, book, vault, clock, row, doubt, phone.e164, unit)


def drop(book: Book, clock: Clock, row: Row) -> int:
    """Give up a row, or with number 0 every row of the list; how many.

    Raises:
        LoaError: E733, the row waits no more.
    """
    with book.read() as connection:
        doubts = store.doubts_of(connection, imported(connection, row.name).id)
    chosen = [each for each in doubts if row.number in (0, each.row)]
    if not chosen and row.number:
        raise LoaError("E733", list=row.name, row=row.number)
    with book.write() as connection:
        words = {"list": row.name, "what": "drop", "rows": str(len(chosen))}
        store.settle_doubts(connection, chosen, None, Event(clock.now(), row.by, "review", params=words))
    return len(chosen)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list, as the file counts, and who decides on it."""

    name: str
    number: int
    by: str


def imported(connection: store.Connection, name: str) -> ListRow:
    """The list in the book.

    Raises:
        LoaError: E712, it was not brought in.
    """
    found = store.list_named(connection, name)
    if found is None:
        raise LoaError("E712", list=name)
    return found


def _doubt(book: Book, row: Row) -> DoubtfulNumber:
    with book.read() as connection:
        doubts = store.doubts_of(connection, imported(connection, row.name).id)
    for each in doubts:
        if each.row == row.number:
            return each
    raise LoaError("E733", list=row.name, row=row.number)


def _settle(
    workspace: Workspace,
    book: Book,
    vault: Vault,
    clock: Clock,
    row: Row,
    doubt: DoubtfulNumber,
    number: str,
    unit: str,
) -> bool:
    if (unit and unit not in workspace.units) or (not unit and doubt.code == UNKNOWN_UNIT):
        raise LoaError("E735")
    mark = vault.mark_bytes(number)
    sealed, code = vault.seal(number), unit or doubt.unit_code
    person = Person(doubt.list_id, doubt.seq, mark, sealed, code, carrier_hint(number))
    words = {"list": row.name, "what": "accept", "rows": "1"}
    with book.write() as connection:
        if store.is_forgotten(connection, mark):
            raise LoaError("E737")
        event = Event(clock.now(), row.by, "review", params=words)
        return store.settle_doubts(connection, [doubt], person, event)


def _view(vault: Vault, doubt: DoubtfulNumber) -> DoubtView:
    written = vault.open(doubt.sealed)
    return DoubtView(
        doubt.row, hidden(written), doubt.unit_code, doubt.code, bool(_guess(written)), doubt.code == UNKNOWN_UNIT
    )


def _guess(written: str) -> str:
    phone = normalise(written)
    return phone.e164 if isinstance(phone, Phone) else phone.guess


def hidden(written: str) -> str:
    """The shape of what stands in a cell: enough to find it in the file, too little to know the number or a name."""
    shape = re.sub(r"[^\W\d_]+", "…", written)
    places = [match.start() for match in re.finditer(r"\d", shape)]
    secret = set(places[_FIRST:-_LAST]) if len(places) >= _FEW else set()
    return "".join("*" if place in secret else character for place, character in enumerate(shape))
