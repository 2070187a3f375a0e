"""The book held against its journal: an older copy of a book does not know all that has left, a new one nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from loa.delivery import TERMINAL, State
from loa.errors import Problem
from loa.store import people_tables, tables
from loa.store.book import Book
from loa.store.columns import written
from loa.store.identity import identity_of
from loa.store.journal_read import Entry, Reading, tail_of
from loa.store.journal_words import keep_call_result, keep_result
from loa.store.ledger import Ledger, attempts_by_book

BROKEN, BEHIND, UNTOLD, LOST, MOVED = "E951", "E952", "E954", "E959", "E966"
RETURNED = "returned"
"""The note of a book in a file that a person has restored although it had moved: from which server."""
TAIL_LINES = 5_000
"""So many last lines of each journal are held against the book at each start."""
_TOLD = ("state", "next_try", "done_at", "platform_id", "url", "code", "detail", "hint", "look_ups", "crashes")
_LEFT = ("intent", "call")


def examine_tail(book: Book, folder: Path, world: str = "") -> tuple[Problem, ...]:
    """Whether the book knows what its journal says has left, as far as the last lines tell.

    A new book beside the journal of another one, in the same world, has come in the place of one that is lost.
    ``world`` is the one that it is about to be of; without it, the one that it was of so far.
    """
    with book.read() as connection:
        mine = identity_of(connection)
        tail = [entry for entry in tail_of(folder, TAIL_LINES) if entry.book == mine]
        gone = _gone_to(tail) if book.is_sqlite else ""
        returned = sa.select(tables.note.c.value).where(tables.note.c.name == RETURNED)
        if gone and connection.scalar(returned) != gone:
            return (Problem(MOVED, {"place": book.place, "to": gone}),)
        left = [entry for entry in tail if entry.kind in _LEFT]
        missing = [entry for entry in left if _is_unknown(connection, entry)]
        return (_behind(missing),) if missing else _lost(connection, folder, mine, world)


def _gone_to(tail: Sequence[Entry]) -> str:
    """To which server the book has moved: a copy of before may know all that has left here, and nothing of there."""
    moves = [entry.words for entry in tail if entry.kind == "moved"]
    return str(moves[-1]["to"]) if moves and moves[-1]["server"] else ""


def _behind(missing: Sequence[Entry]) -> Problem:
    last = max(missing, key=lambda entry: entry.at)
    key = last.words.get("delivery") or last.words.get("key", "")
    return Problem(BEHIND, {"count": str(len(missing)), "at": last.at[:19], "key": str(key)})


def _is_unknown(connection: sa.Connection, entry: Entry) -> bool:
    known = _row(connection, entry)
    return known is None or known["attempt"] < entry.words["attempt"]


def _row(connection: sa.Connection, entry: Entry) -> sa.RowMapping | None:
    """What the book knows of the post or call of a line."""
    table, name = (tables.sending, "idem") if "idem" in entry.words else (people_tables.batch, "key")
    query = sa.select(*written(table)).where(table.c[name] == entry.words[name])
    return connection.execute(query).mappings().first()


def _lost(connection: sa.Connection, folder: Path, mine: str, world: str) -> tuple[Problem, ...]:
    if any(connection.scalar(sa.select(each.c.id).limit(1)) for each in (tables.sending, people_tables.batch)):
        return ()
    world = world or connection.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == "world")) or ""
    entries = list(Reading(folder).entries())
    worlds = {entry.book: entry.words["world"] for entry in entries if entry.kind == "opened"}
    others = [
        told
        for book, told in attempts_by_book(entries).items()
        if book != mine and (not world or worlds.get(book, world) == world)
    ]
    if not others:
        return ()
    count, at = max(others, key=lambda told: told[1])
    return (Problem(LOST, {"count": str(count), "at": at[:19]}),)


def catch_up(book: Book, folder: Path) -> int:
    """Write into the journal what the book knows of the last attempts and the journal does not; how many lines.

    A power cut takes the last results from the journal, never an intent: only those are waited for. So does a kill
    between a look-up that is on the disk and its line.
    """
    tail = [entry for entry in tail_of(folder, TAIL_LINES) if entry.kind in (*_LEFT, "result", "call_result")]
    with book.write() as connection:
        mine = identity_of(connection)
        open_ = _open_ends(entry for entry in tail if entry.book == mine)
        return sum(_tell(connection, attempt, told) for attempt, told in open_)


def _open_ends(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """The last attempts that the journal has not seen to their end, each with the state that was told last."""
    found: dict[str, tuple[Entry, str]] = {}
    for entry in entries:
        name = entry.words.get("idem") or entry.words["key"]
        if entry.kind in _LEFT:
            found[name] = (entry, State.SENDING)
        elif name in found and entry.words.get("attempt", 0) >= found[name][0].words["attempt"]:
            found[name] = (found[name][0], entry.words.get("state", found[name][1]))
    return [(attempt, told) for attempt, told in found.values() if told not in TERMINAL]


def _tell(connection: sa.Connection, entry: Entry, told: str) -> bool:
    row = _row(connection, entry)
    if row is None or row["state"] in (State.SENDING, told) or row["attempt"] != entry.words["attempt"]:
        return False
    values: dict[str, Any] = {name: row[name] for name in _TOLD if name in row}
    if entry.kind == "intent":
        keep_result(connection, row["idem"], row["attempt"], values)
    else:
        recipient = people_tables.recipient
        state = connection.scalar(sa.select(recipient.c.state).where(recipient.c.batch_id == row["id"]).limit(1))
        people = {"attempt": row["attempt"], "people": state or State.DUE}
        keep_call_result(connection, row["key"], values | people)
    return True


def compare(book: Book, ledger: Ledger) -> Iterator[Problem]:
    """Every post and call, book against journal: what one of them does not know."""
    with book.snapshot() as connection:
        if identity_of(connection) != ledger.book:
            return
        yield from _compare_posts(connection, ledger)
        made = {key: call.attempt for key, call in ledger.calls.items() if call.first}
        yield from _compare_calls(connection, made, ledger.last_at)


def _compare_posts(connection: sa.Connection, ledger: Ledger) -> Iterator[Problem]:
    table = tables.sending
    query = sa.select(table.c.idem, table.c.attempt, table.c.state)
    known = {row.idem: row for row in connection.execute(query)}
    for idem, post in ledger.posts.items():
        if post.first and (idem not in known or known[idem].attempt < post.attempt):
            yield Problem(BEHIND, {"count": "1", "at": post.first["sent"][:19], "key": post.delivery})
    for idem, row in known.items():
        told = ledger.posts.get(idem)
        if row.state == State.DONE and (told is None or told.last.get("state") != State.DONE):
            yield Problem(UNTOLD, {"key": idem, "detail": row.state.value}, severity="warning")


def _compare_calls(connection: sa.Connection, made: dict[str, int], last_at: str) -> Iterator[Problem]:
    table = people_tables.batch
    known = {row.key: row.attempt for row in connection.execute(sa.select(table.c.key, table.c.attempt))}
    for key, attempt in made.items():
        if known.get(key, 0) < attempt:
            yield Problem(BEHIND, {"count": "1", "at": last_at[:19], "key": key})


def faults_told(reading: Reading) -> tuple[Problem, ...]:
    """What is wrong with the lines of a journal, once they have been read."""
    return tuple(
        Problem(BROKEN, {"file": fault.file, "line": str(fault.line), "detail": fault.why}, severity="warning")
        for fault in reading.faults
    )
