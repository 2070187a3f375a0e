"""Caring for lists: what a person decides on a doubtful number, who is to be left alone, what is to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.delivery import State
from loa.store import tables
from loa.store.book import Book
from loa.store.columns import written
from loa.store.events import Event, write_events
from loa.store.journal_words import keep_refusal
from loa.store.people import APART, FORGOTTEN, DoubtfulNumber, Person, count_units, remove_content
from loa.store.people_tables import (
    batch,
    contact,
    doubtful_number,
    people_list,
    people_unit,
    person,
    recipient,
    suppression,
)

OPT_OUT = "opt_out"
DO_NOT_CALL = "do_not_call"
REGISTER_DATED = "do_not_call_dated"
"""The note with the day of the do-not-call file, ISO."""
_AT_ONCE = 20_000
_OVER = (State.DONE, State.REFUSED, State.CANCELLED, State.MISSED)
"""Nothing more is sent to a recipient in one of these; in any other the number is still needed."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Where a number was taken out."""

    lists: int
    doubtful: int
    messages: int


def doubts_of(connection: sa.Connection, list_id: int | None = None) -> tuple[DoubtfulNumber, ...]:
    """What waits to be reviewed, of one list or of all, in the order of the file."""
    query = sa.select(*(doubtful_number.c[name] for name in DoubtfulNumber._fields))
    mine = () if list_id is None else (doubtful_number.c.list_id == list_id,)
    return tuple(DoubtfulNumber(*row) for row in connection.execute(query.where(*mine).order_by("list_id", "row")))


def settle_doubts(
    connection: sa.Connection, doubts: Sequence[DoubtfulNumber], person_instead: Person | None, event: Event
) -> bool:
    """Take doubtful numbers out of the review; ``person_instead`` comes into the list where it is not there yet.

    False where that number is in the list already.
    """
    for doubt in doubts:
        mine = (doubtful_number.c.list_id == doubt.list_id, doubtful_number.c.seq == doubt.seq)
        connection.execute(sa.delete(doubtful_number).where(*mine))
    write_events(connection, [event])
    if person_instead is None:
        return True
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    added = insert(person).values(person_instead._asdict()).on_conflict_do_nothing()
    is_new = connection.execute(added.returning(person.c.seq)).first() is not None
    count_units(connection, person_instead.list_id)
    return is_new


def is_forgotten(connection: sa.Connection, mark: bytes) -> bool:
    """Whether the owner of a number asked to be forgotten."""
    own = sa.select(suppression.c.mark).where(suppression.c.mark == mark, suppression.c.kind == FORGOTTEN)
    return connection.execute(own).first() is not None


def suppressed(connection: sa.Connection) -> Mapping[str, int]:
    """How many numbers are to be left alone, by kind."""
    query = sa.select(suppression.c.kind, sa.func.count()).group_by(suppression.c.kind).order_by(suppression.c.kind)
    return {row[0]: row[1] for row in connection.execute(query)}


def suppress(connection: sa.Connection, marks: Sequence[bytes], kind: str, at: datetime, source: str) -> None:
    """Leave numbers alone from now on; one that is known already gets the new moment and source."""
    if marks:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        fresh = insert(suppression)
        again = {"at": fresh.excluded.at, "source": fresh.excluded.source}
        rows = [{"mark": mark, "kind": kind, "at": at, "source": source} for mark in marks]
        connection.execute(fresh.on_conflict_do_update(index_elements=["mark", "kind"], set_=again), rows)
        if kind != DO_NOT_CALL:  # the register comes anew with its file
            keep_refusal(connection, marks, kind, at, source)


def end_register(connection: sa.Connection, at: datetime, dated: str, by: str, source: str) -> int:
    """The whole do-not-call file is in: numbers that it has no more are free again. How many it has."""
    mine = suppression.c.kind == DO_NOT_CALL
    connection.execute(sa.delete(suppression).where(mine, suppression.c.at != at))
    connection.execute(sa.delete(tables.note).where(tables.note.c.name == REGISTER_DATED))
    connection.execute(sa.insert(tables.note).values(name=REGISTER_DATED, value=dated))
    count = int(connection.scalar(sa.select(sa.func.count()).select_from(suppression).where(mine)) or 0)
    words = {"source": source, "dated": dated, "numbers": str(count)}
    write_events(connection, [Event(at, by, "do_not_call", params=words)])
    return count


def forget_mark(
    connection: sa.Connection, mark: bytes, doubts: Sequence[DoubtfulNumber], at: datetime, by: str
) -> Forgotten:
    """Take a number out of every list and every message that is over, and let no import bring it back.

    A message that has not left yet is dropped. Of one that is on the wire or in doubt the number stays until the
    delivery is over and purged: it may have to be looked up.
    """
    lists = connection.execute(sa.delete(person).where(person.c.mark == mark)).rowcount
    for doubt in doubts:
        mine = (doubtful_number.c.list_id == doubt.list_id, doubtful_number.c.seq == doubt.seq)
        connection.execute(sa.delete(doubtful_number).where(*mine))
    own = recipient.c.mark == mark
    waiting = sa.update(recipient).where(own, recipient.c.state.in_((State.DUE, State.HELD)))
    connection.execute(waiting.values(state=State.CANCELLED, next_try=None, code="E760"))
    over = sa.update(recipient).where(own, recipient.c.state.in_(_OVER))
    messages = connection.execute(over.values(mark=b"", sealed=b"")).rowcount
    connection.execute(sa.delete(contact).where(contact.c.mark == mark))
    for kind in (FORGOTTEN, OPT_OUT):
        suppress(connection, [mark], kind, at, "forget")
    found = Forgotten(lists, len(doubts), messages)
    words = {name: str(getattr(found, name)) for name in Forgotten.__slots__}
    write_events(connection, [Event(at, by, "forget", params=words)])
    return found


def with_numbers(connection: sa.Connection) -> frozenset[int]:
    """The deliveries that still have numbers of their recipients. The last row goes last: it tells of all."""
    ends = sa.select(recipient.c.delivery_id, sa.func.max(recipient.c.seq).label("seq")).group_by("delivery_id")
    last = ends.subquery()
    same = sa.and_(recipient.c.delivery_id == last.c.delivery_id, recipient.c.seq == last.c.seq)
    query = sa.select(recipient.c.delivery_id).join(last, same).where(sa.func.length(recipient.c.sealed) > 0)
    return frozenset(connection.scalars(query))


def last_news(connection: sa.Connection, delivery_id: int) -> datetime | None:
    """When something was last heard of a delivery: sent, answered, or a receipt."""
    calls = sa.select(sa.func.max(batch.c.sent_at), sa.func.max(batch.c.done_at))
    moments = list(connection.execute(calls.where(batch.c.delivery_id == delivery_id)).one())
    moments.append(
        connection.scalar(sa.select(sa.func.max(recipient.c.fate_at)).where(recipient.c.delivery_id == delivery_id))
    )
    trail = sa.select(sa.func.max(tables.event.c.at)).where(tables.event.c.delivery_id == delivery_id)
    moments.append(connection.scalar(trail))
    return max((each for each in moments if each is not None), default=None)


def drop_numbers(book: Book, delivery_id: int) -> int:
    """Empty the numbers and marks of a finished delivery, little by little; states, fates and codes stay."""
    count = 0
    after: int | None = -1
    while after is not None:
        with book.write() as connection:
            mine = (recipient.c.delivery_id == delivery_id, recipient.c.seq > after)
            bound = sa.select(recipient.c.seq).where(*mine).order_by(recipient.c.seq).offset(_AT_ONCE).limit(1)
            end = connection.scalar(bound)
            part = (*mine, *(() if end is None else (recipient.c.seq <= end,)))
            full = (*part, sa.func.length(recipient.c.sealed) > 0)
            count += connection.execute(sa.update(recipient).where(*full).values(mark=b"", sealed=b"")).rowcount
            after = end
    with book.write() as connection:
        connection.execute(sa.delete(contact).where(contact.c.delivery_id == delivery_id))
    return count


def drop_people(book: Book, list_id: int, at: datetime) -> int:
    """Empty a list: its line and where it came from stay, its numbers go."""
    with book.read() as connection:
        count = connection.scalar(sa.select(sa.func.count()).select_from(person).where(person.c.list_id == list_id))
    remove_content(book, list_id, whole=False)
    with book.write() as connection:
        connection.execute(sa.update(people_list).where(people_list.c.id == list_id).values(purged_at=at))
    return int(count or 0)


def clear_traces(book: Book) -> None:
    """Let nothing of what was deleted stay where the database keeps what it wrote before.

    SQLite overwrites what it deletes (secure_delete); its write-ahead log is emptied here. PostgreSQL may use the
    place again after this; what it wrote to its own log and to backups is its operator's.
    """
    with book.apart() as connection:
        if book.is_sqlite:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM person, doubtful_number, recipient, contact")


def copy_people(source: Book, target: Book) -> None:
    """Bring the lists of one book, as sealed as they are, and those who are to be left alone into an empty other.

    All of it or nothing.
    """
    whole = sa.select(people_list.c.id).where(~people_list.c.name.startswith(APART))
    with source.read() as there, target.write() as here:
        for table in (people_list, people_unit, person, suppression):
            column = table.c.id if table is people_list else table.c.get("list_id")
            query = sa.select(*written(table))
            query = query if column is None else query.where(column.in_(whole))
            rows = there.execute(query.execution_options(yield_per=_AT_ONCE))
            for some in rows.mappings().partitions():
                here.execute(sa.insert(table), [dict(each) for each in some])
        dated = there.scalar(sa.select(tables.note.c.value).where(tables.note.c.name == REGISTER_DATED))
        if dated is not None:
            here.execute(sa.insert(tables.note).values(name=REGISTER_DATED, value=dated))
