"""Lists of people: brought in beside the old content, compared with it, and put in its place at one stroke."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from loa.errors import StoreError
from loa.store.book import Book
from loa.store.events import Event, write_events
from loa.store.people_tables import doubtful_number, people_list, people_unit, person, suppression

FORGOTTEN = "forgotten"
APART = "~"
"""In front of the name of content that is being brought in or thrown away; no list of loa.yaml can be called so."""
_AT_ONCE = 20_000
"""Rows that one transaction deletes: the scheduler's own writes pass between two of them."""
_MODULUS = 1 << 128


class Person(NamedTuple):
    """One number of a list, sealed and marked. A tuple: a list has a million of them."""

    list_id: int
    seq: int
    mark: bytes
    sealed: bytes
    unit_code: str = ""
    carrier: str = ""


class DoubtfulNumber(NamedTuple):
    """What a row of the file had instead of a number, sealed; ``code`` says what is wrong with it."""

    list_id: int
    seq: int
    row: int
    sealed: bytes
    unit_code: str
    code: str


@dataclass(frozen=True, slots=True)
class ListHead:
    """Where the content of a list came from."""

    name: str
    imported_at: datetime
    imported_by: str
    source: str
    source_sha256: str
    consent: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class ListRow(ListHead):
    """A list as it stands in the book. ``purged_at``: its numbers are gone since then."""

    id: int
    rows_read: int
    doubled: int
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """The people of one unit in a list. ``digest`` changes with every number among them and tells none."""

    members: int
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """What new content did to a list. ``skipped``: numbers whose owners asked to be forgotten."""

    members: int
    added: int
    removed: int
    unchanged: int
    doubled: int
    skipped: int


def begin_list(book: Book, head: ListHead) -> int:
    """A place for new content of a list, apart from what the list holds; the id of that place."""
    _clear_apart(book, head.name)
    with book.write() as connection:
        values = asdict(head) | {"name": APART + head.name, "rows_read": 0, "doubled": 0}
        made = connection.execute(sa.insert(people_list).values(values).returning(people_list.c.id))
        return int(made.scalar_one())


def add_people(book: Book, people: Sequence[Person], doubts: Sequence[DoubtfulNumber]) -> None:
    """More of the new content; a number that it has already is passed over.

    Raises:
        StoreError: E722, somebody else began to bring in the same list, and this content is no longer wanted.
    """
    try:
        with book.write() as connection:
            _insert_all(connection, person, people)
            _insert_all(connection, doubtful_number, doubts)
    except sa.exc.IntegrityError as error:
        raise StoreError("E722") from error


def finish_list(book: Book, list_id: int, head: ListHead, rows_read: int, good: int) -> Change:
    """Put the new content in the place of the old. ``good`` is how many rows had a number.

    Raises:
        StoreError: E722, as ``add_people``.
    """
    with book.write() as connection:
        if connection.scalar(sa.select(people_list.c.id).where(people_list.c.id == list_id)) is None:
            raise StoreError("E722")
        old = list_named(connection, head.name)
        change = _compared(connection, list_id, old.id if old else None, good)
        if old:
            _rename(connection, old.id, f"{APART}{APART}{old.id}")
        _rename(connection, list_id, head.name, rows_read=rows_read, doubled=change.doubled)
        words = {"list": head.name, "source": head.source, "rows": str(rows_read)}
        counts = {name: str(getattr(change, name)) for name in Change.__slots__}
        write_events(connection, [Event(head.imported_at, head.imported_by, "import_list", params=words | counts)])
    if old:
        remove_content(book, old.id, whole=True)
    return change


def _compared(connection: sa.Connection, new: int, old: int | None, good: int) -> Change:
    """Count the new content, without those who asked to be forgotten, against the old."""
    skipped = _drop_forgotten(connection, new)
    members = sum(each.members for each in count_units(connection, new).values())
    before = _members(connection, old) if old else 0
    both = _in_both(connection, new, old) if old else 0
    return Change(members, members - both, before - both, both, good - skipped - members, skipped)


def remove_content(book: Book, list_id: int, *, whole: bool) -> None:
    """Delete every number of a list, little by little; with ``whole`` the line of the list itself, too."""
    for table in (person, doubtful_number):
        while _delete_some(book, table, list_id):
            pass
    with book.write() as connection:
        connection.execute(sa.delete(people_unit).where(people_unit.c.list_id == list_id))
        if whole:
            connection.execute(sa.delete(people_list).where(people_list.c.id == list_id))


def _delete_some(book: Book, table: sa.Table, list_id: int) -> bool:
    mine = table.c.list_id == list_id
    with book.write() as connection:
        bound = sa.select(table.c.seq).where(mine).order_by(table.c.seq).offset(_AT_ONCE).limit(1)
        end = connection.scalar(bound)
        connection.execute(sa.delete(table).where(mine, *(() if end is None else (table.c.seq < end,))))
    return end is not None


def left_apart(book: Book, before: datetime) -> tuple[int, ...]:
    """Content that an import begun before a moment left behind: one that never ended, or was killed in clearing up."""
    with book.read() as connection:
        old = (people_list.c.name.startswith(APART), people_list.c.imported_at < before)
        apart = sa.select(people_list.c.id).where(*old)
        return tuple(connection.scalars(apart))


def _clear_apart(book: Book, name: str) -> None:
    """What an earlier import of this list left unfinished."""
    with book.read() as connection:
        left = connection.scalar(sa.select(people_list.c.id).where(people_list.c.name == APART + name))
    if left is not None:
        remove_content(book, left, whole=True)


def lists(connection: sa.Connection) -> tuple[ListRow, ...]:
    """Every list that was brought in, by name."""
    query = _list_columns().where(~people_list.c.name.startswith(APART)).order_by(people_list.c.name)
    return tuple(ListRow(**row) for row in connection.execute(query).mappings())


def list_named(connection: sa.Connection, name: str) -> ListRow | None:
    """The list of this name, where it was brought in."""
    row = connection.execute(_list_columns().where(people_list.c.name == name)).mappings().first()
    return ListRow(**row) if row else None


def _list_columns() -> sa.Select[Any]:
    return sa.select(*(people_list.c[name] for name in (*ListHead.__slots__, *ListRow.__slots__)))


def count_units(connection: sa.Connection, list_id: int) -> Mapping[str, UnitCount]:
    """Count the people of a list by unit, and write it down with their digests; a change in one leaves the others."""
    members: defaultdict[str, int] = defaultdict(int)
    sums: defaultdict[str, int] = defaultdict(int)
    for unit_code, mark in _marks(connection, list_id):
        members[unit_code] += 1
        sums[unit_code] += int.from_bytes(mark, "big")
    found = {code: UnitCount(count, _digest(count, sums[code])) for code, count in members.items()}
    connection.execute(sa.delete(people_unit).where(people_unit.c.list_id == list_id))
    if found:
        rows = [{"list_id": list_id, "unit_code": code, **asdict(each)} for code, each in found.items()]
        connection.execute(sa.insert(people_unit), rows)
    return found


def _marks(connection: sa.Connection, list_id: int) -> Iterator[tuple[str, bytes]]:
    query = sa.select(person.c.unit_code, person.c.mark).where(person.c.list_id == list_id)
    rows = connection.execute(query.execution_options(yield_per=10_000))
    return ((code, bytes(mark)) for code, mark in rows)


def _digest(members: int, total: int) -> str:
    """In whatever order the marks were added up. They are keyed: nobody can look for numbers with the same sum."""
    return hashlib.sha256(f"{members}:{total % _MODULUS}".encode()).hexdigest()


def unit_counts(connection: sa.Connection) -> Mapping[str, Mapping[str, UnitCount]]:
    """By list and unit, as the lists were brought in; a list whose numbers are gone is not among them."""
    joined = sa.select(people_list.c.name, people_unit.c.unit_code, people_unit.c.members, people_unit.c.digest)
    query = joined.join_from(people_unit, people_list).where(~people_list.c.name.startswith(APART))
    found: dict[str, dict[str, UnitCount]] = {}
    for name, code, members, digest in connection.execute(query):
        found.setdefault(name, {})[code] = UnitCount(members, digest)
    return found


def shared_with(connection: sa.Connection, list_id: int) -> Mapping[str, int]:
    """How many people of a list stand in each other list."""
    here, there = person.alias(), person.alias()
    query = (
        sa.select(people_list.c.name, sa.func.count())
        .select_from(here)
        .join(there, sa.and_(there.c.mark == here.c.mark, there.c.list_id != list_id))
        .join(people_list, people_list.c.id == there.c.list_id)
        .where(here.c.list_id == list_id, ~people_list.c.name.startswith(APART))
        .group_by(people_list.c.name)
        .order_by(people_list.c.name)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def tally(connection: sa.Connection, list_id: int) -> Mapping[tuple[str, str], int]:
    """The people of a list by unit and (likely) carrier, as they are now."""
    columns = (person.c.unit_code, person.c.carrier)
    query = sa.select(*columns, sa.func.count()).where(person.c.list_id == list_id).group_by(*columns)
    return {(unit, carrier): count for unit, carrier, count in connection.execute(query)}


def people_of(connection: sa.Connection, name: str, unit_code: str) -> Iterator[Person]:
    """The people of a list who get what a unit sends: its own, and those of no unit."""
    columns = [person.c[each] for each in Person._fields]
    query = sa.select(*columns).join_from(person, people_list).where(people_list.c.name == name)
    mine = query.where(person.c.unit_code.in_(("", unit_code))).order_by(person.c.seq)
    return (Person(*row) for row in connection.execute(mine.execution_options(yield_per=10_000)))


def _drop_forgotten(connection: sa.Connection, list_id: int) -> int:
    forgotten = sa.select(suppression.c.mark).where(suppression.c.kind == FORGOTTEN)
    found = connection.execute(sa.delete(person).where(person.c.list_id == list_id, person.c.mark.in_(forgotten)))
    return int(found.rowcount)


def _members(connection: sa.Connection, list_id: int) -> int:
    count = sa.select(sa.func.count()).select_from(person).where(person.c.list_id == list_id)
    return int(connection.scalar(count) or 0)


def _in_both(connection: sa.Connection, one: int, other: int) -> int:
    """People who stand in both, for the same unit."""
    here, there = person.alias(), person.alias()
    same = sa.and_(there.c.mark == here.c.mark, there.c.list_id == other, there.c.unit_code == here.c.unit_code)
    query = sa.select(sa.func.count()).select_from(here).join(there, same).where(here.c.list_id == one)
    return int(connection.scalar(query) or 0)


def _rename(connection: sa.Connection, list_id: int, name: str, **more: int) -> None:
    connection.execute(sa.update(people_list).where(people_list.c.id == list_id).values(name=name, **more))


def _insert_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Person] | Sequence[DoubtfulNumber]) -> None:
    """Rows as they are, past the checks that SQLAlchemy makes of each value: they take longer than the database."""
    if not rows:
        return
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).on_conflict_do_nothing()
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]._fields))
    values: Any = rows if compiled.positional else [each._asdict() for each in rows]
    connection.exec_driver_sql(str(compiled), values)
