"""People who are to be left alone: whoever asked to be forgotten, and the numbers of the do-not-call register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from loa import store
from loa.clock import Clock
from loa.errors import LoaError
from loa.recipients.bring_in import read_rows
from loa.recipients.units import Units
from loa.store import Book, DoubtfulNumber, Forgotten, Vault
from loa.text import Phone, normalise
from loa.workspace import Workspace

_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Blocked:
    """What a do-not-call file brought. ``unreadable``: rows without a number."""

    numbers: int
    unreadable: int


def forget(book: Book, vault: Vault, clock: Clock, written: str, by: str) -> Forgotten:
    """Take a number out of every list and every message that is over; no later import brings it back.

    Raises:
        LoaError: E320 to E331, what was typed is no mobile number; E725, the key is not that of the book.
    """
    store.bind_key(book, vault)
    phone = normalise(written)
    number = phone.e164 if isinstance(phone, Phone) else phone.guess
    if isinstance(phone, Phone) or number:
        doubts = tuple(_with_number(book, vault, number))
        with book.write() as connection:
            found = store.forget_mark(connection, vault.mark_bytes(number), doubts, clock.now(), by)
        store.clear_traces(book)
        return found
    raise LoaError(phone.why.value)


def _with_number(book: Book, vault: Vault, number: str) -> Iterator[DoubtfulNumber]:
    """Rows that wait for review and mean this number, or have it among other words."""
    with book.read() as connection:
        doubts = store.doubts_of(connection)
    for each in doubts:
        written = vault.open(each.sealed)
        phone = normalise(written)
        meant = phone.e164 if isinstance(phone, Phone) else phone.guess
        digits = "".join(character for character in written if character.isdigit())
        if meant == number or number.removeprefix("+84") in digits:
            yield each


def block(workspace: Workspace, book: Book, vault: Vault, clock: Clock, path: Path, dated: date, by: str) -> Blocked:
    """Put the numbers of a do-not-call file in the place of those of the last one.

    Raises:
        LoaError: E715 to E723, the file cannot be read; E725, the key is not that of the book; E738, the file is from
            the future. Nothing has changed.
    """
    store.bind_key(book, vault)
    now = clock.now()
    if dated > now.astimezone(workspace.zone).date():
        raise LoaError("E738", dated=dated.isoformat())
    units = Units(workspace)
    total = sum(1 for _ in _numbers(path, units))  # once to its end, so that a broken file changes nothing
    good = 0
    numbers = (each for each in _numbers(path, units) if each)
    while some := [vault.mark_bytes(each) for each in islice(numbers, _AT_ONCE)]:
        good += len(some)
        with book.write() as connection:
            store.suppress(connection, some, store.DO_NOT_CALL, now, path.name)
    if not good:
        raise LoaError("E721", file=path.name, count=total, column="–")
    with book.write() as connection:
        count = store.end_register(connection, now, dated.isoformat(), by, path.name)
    return Blocked(count, total - good)


def _numbers(path: Path, units: Units) -> Iterator[str]:
    """The number of each row; empty where it has none."""
    columns, rows = read_rows(path, units)
    for _, cells in rows:
        phone = normalise(cells[columns.phone]) if columns.phone < len(cells) else None
        if isinstance(phone, Phone):
            yield phone.e164
        else:
            yield phone.guess if phone else ""
