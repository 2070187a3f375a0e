"""A book moves to another database: all of it or nothing, and never two books that can send."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from support.books import Rows, fill, raw, rows_of
from support.postgres import fresh_database

from loa import store
from loa.clock import SystemClock
from loa.errors import StoreError
from loa.store import Book, Stop
from loa.store.copying import copy_book, differing, tallies_of
from loa.store.identity import make_identity
from loa.store.moving import move_book, require_still

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
WAYS = ["sqlite to postgresql", "postgresql to sqlite", "sqlite to sqlite", "postgresql to postgresql"]


@pytest.fixture(params=WAYS)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path | str, Path | str]:
    """A book with rows in every table, and the place of an empty one."""

    def place(kind: str, name: str) -> Path | str:
        return tmp_path / name if kind == "sqlite" else fresh_database(request.getfixturevalue("server"))

    kinds = str(request.param).split(" to ")
    old, new = place(kinds[0], "old.sqlite"), place(kinds[1], "new.sqlite")
    _begun(old)
    fill(old, 5)
    return old, new


def _begun(place: Path | str) -> None:
    """A new book that has its name, as one that was worked with."""
    book = store.open_book(place)
    with book.write() as connection:
        make_identity(connection)
    book.close()


def _nothing(_table: str, _rows: int) -> None:
    pass


def _move(old: Path | str, new: Path | str) -> None:
    source, target = store.open_book(old), store.open_book(new)
    try:
        move_book(source, target, _nothing)
    finally:
        source.close()
        target.close()


def _content(place: Path | str) -> Rows:
    """What is in a book, without the marks of a move."""
    found = rows_of(place)
    found["note"] = [row for row in found["note"] if not row[0].startswith("LOA-")]
    return found


def test_everything_moves(places: tuple[Path | str, Path | str]) -> None:
    old, new = places
    before = rows_of(old)
    _move(old, new)
    assert rows_of(new) == before
    assert all(rows for rows in before.values())


def test_a_book_that_has_moved_can_be_read_and_never_written(places: tuple[Path | str, Path | str]) -> None:
    old, new = places
    _move(old, new)
    left = store.open_book(old)
    with pytest.raises(StoreError) as refusal:
        store.set_stop(left, Stop(NOW, "lan", "bão"), "lan", NOW)
    assert refusal.value.code == "E966"
    assert ("new.sqlite" if isinstance(new, Path) else new.rpartition("/")[2]) in refusal.value.params["to"]
    with pytest.raises(StoreError, match="E966"):
        store.keep_for(left, "real")
    with left.read() as connection:
        assert len(store.lists(connection)) == 5
    left.close()


def test_nobody_writes_in_a_book_that_has_moved_not_even_another_program(
    places: tuple[Path | str, Path | str],
) -> None:
    old, new = places
    _move(old, new)
    for table, rows in rows_of(old).items():
        if table != "alembic_version":
            assert rows
            with pytest.raises((sqlite3.Error, psycopg.Error), match="LOA-MOVED"), raw(old) as connection:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name that the database gave


def test_the_new_book_is_written_and_gives_out_new_numbers(places: tuple[Path | str, Path | str]) -> None:
    old, new = places
    with raw(old) as connection:
        for table in ("people_unit", "person", "doubtful_number"):
            connection.execute(f"DELETE FROM {table} WHERE list_id = 5")  # noqa: S608 - the three that refer to a list
        connection.execute("DELETE FROM people_list WHERE id = 5")
    _move(old, new)
    book = store.open_book(new)
    store.set_stop(book, None, "lan", NOW)  # the sixth event
    head = store.begin_list(book, store.ListHead("mới", NOW, "lan", "a.csv", "", "", ""))
    book.close()
    assert head == 6
    assert max(row[-1] for row in _numbered(new, "event")) == 6


def _numbered(place: Path | str, table: str) -> list[tuple[int]]:
    with raw(place) as connection:
        return [tuple(row) for row in connection.execute(f"SELECT id FROM {table}").fetchall()]  # noqa: S608 - ours


def test_a_book_does_not_move_into_one_that_holds_something(places: tuple[Path | str, Path | str]) -> None:
    old, new = places
    store.open_book(new).close()
    with raw(new) as connection:
        connection.execute("INSERT INTO note (name, value) VALUES ('vault', 'x')")
    before = rows_of(new)
    with pytest.raises(StoreError, match="E969"):
        _move(old, new)
    assert rows_of(new) == before
    _still_works(old)


def _still_works(place: Path | str) -> None:
    with closing(store.open_book(place)) as book:
        store.set_stop(book, Stop(NOW, "lan", "bão"), "lan", NOW)


@pytest.mark.parametrize("table", ["sending", "batch", "reply"])
def test_a_book_with_something_on_the_wire_does_not_move(places: tuple[Path | str, Path | str], table: str) -> None:
    old, new = places
    with raw(old) as connection:
        connection.execute(f"UPDATE {table} SET state = 'sending' WHERE id = 3")  # noqa: S608 - one of three
    with pytest.raises(StoreError, match="E968") as refusal:
        _move(old, new)
    assert table in refusal.value.params["detail"]
    assert sum(map(len, rows_of(new).values())) == 2  # the version, twice
    _still_works(old)


def test_a_book_that_has_moved_does_not_move_to_a_second_place(
    places: tuple[Path | str, Path | str], tmp_path: Path
) -> None:
    old, new = places
    _move(old, new)
    with pytest.raises(StoreError, match="E966"):
        _move(old, tmp_path / "third.sqlite")
    with pytest.raises(StoreError, match="E966"):
        _move(old, new)


def test_a_copy_that_is_not_the_same_is_never_used(tmp_path: Path) -> None:
    """A database that changes what is written into it: the old book stays the one that sends."""
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    for place in (old, new):
        store.open_book(place).close()
    fill(old)
    with raw(new) as connection:
        connection.execute("CREATE TRIGGER spoil AFTER INSERT ON event BEGIN UPDATE event SET actor = 'x'; END")
    with pytest.raises(StoreError, match="E969") as refusal:
        _move(old, new)
    assert refusal.value.params["detail"] == "event"
    _still_works(old)
    with pytest.raises(StoreError, match="E967"):
        _still_works(new)


def test_a_move_that_was_cut_off_before_the_end_is_ended_by_the_next(places: tuple[Path | str, Path | str]) -> None:
    """All is copied, the old book closed, and the machine dies before the new one is opened."""
    old, new = places
    before = rows_of(old)
    source, target = store.open_book(old), store.open_book(new)
    with pytest.raises(KeyboardInterrupt):
        move_book(source, _DiesAtTheEnd(target), _nothing)  # type: ignore[arg-type]  # a book that stops at one call
    for place in (old, new):
        with pytest.raises(StoreError, match=r"E966|E967"):
            _still_works(place)
    assert move_book(source, target, _nothing)["event"].rows == 5
    source.close()
    target.close()
    assert rows_of(new) == before
    _still_works(new)


class _DiesAtTheEnd:
    """A book whose second transaction never comes."""

    def __init__(self, book: Book) -> None:
        self._book, self._writes = book, 0
        self.place, self.is_sqlite = book.place, book.is_sqlite

    def write(self) -> object:
        self._writes += 1
        if self._writes > 1:
            raise KeyboardInterrupt
        return self._book.write()

    def read(self) -> object:
        return self._book.read()


@pytest.mark.slow
def test_killed_at_any_moment_one_book_at_most_can_send_and_a_second_run_ends_it(server: str, tmp_path: Path) -> None:
    begun = ended = 0
    for number in range(6):
        old, new = tmp_path / f"{number}.sqlite", fresh_database(server)
        _begun(old)
        fill(old, 300)
        before = rows_of(old)
        command = [sys.executable, "-c", _MOVER, str(old), new]
        mover = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert mover.stdout
        assert mover.stdout.readline() == "begun\n"
        time.sleep(0.05 * number)
        mover.send_signal(signal.SIGKILL)
        mover.wait()
        mover.stdout.close()
        works = [_can_be_written(old), _can_be_written(new)]
        assert sum(works) <= 1 or not any(_content(new)[table] for table in ("delivery", "sending"))
        if works[0]:
            begun += 1
            _move(old, new)
        elif not works[1]:
            _move(old, new)
        else:
            ended += 1
        assert _content(new) | {"note": []} == before | {"note": []}
        assert [_can_be_written(old), _can_be_written(new)] == [False, True]
    assert begun
    assert begun + ended <= 6


_MOVER = """
import sys
from pathlib import Path
from loa.store import open_book
from loa.store.moving import move_book
source, target = open_book(Path(sys.argv[1])), open_book(sys.argv[2])
print("begun", flush=True)
move_book(source, target, lambda table, rows: None)
"""


def _can_be_written(place: Path | str) -> bool:
    """Whether a scheduler could send from this book."""
    book = store.open_book(place)
    try:
        with book.write() as connection:
            connection.exec_driver_sql("INSERT INTO note (name, value) VALUES ('probe', '')")
            connection.exec_driver_sql("DELETE FROM note WHERE name = 'probe'")
    except StoreError as refusal:
        return {"E966": False, "E967": False}[refusal.code]
    finally:
        book.close()
    return True


def test_a_server_s_book_is_not_moved_while_somebody_beats(server: str) -> None:
    place = fresh_database(server)
    book = store.open_book(place)
    fill(place)
    with pytest.raises(StoreError, match="E968"):
        require_still(book, _Beating(book))
    require_still(book, _Beating(None))
    book.close()


class _Beating(SystemClock):
    """While one waits by it, a worker counts on."""

    def __init__(self, book: Book | None) -> None:
        self._book = book

    def pause(self, seconds: float) -> bool:
        assert seconds >= 10
        if self._book:
            with self._book.write() as connection:
                connection.exec_driver_sql("UPDATE worker SET beats = beats + 1 WHERE pid = 2")
        return True


def test_a_copy_is_of_one_moment_whatever_is_written_meanwhile(places: tuple[Path | str, Path | str]) -> None:
    old, new = places
    before = rows_of(old)
    source, target = store.open_book(old), store.open_book(new)
    written = []

    def write(table: str, _rows: int) -> None:
        if not written:
            written.append(table)
            store.set_stop(source, Stop(NOW, "lan", "bão"), "lan", NOW + timedelta(days=1))

    read = copy_book(source, target, write)
    assert rows_of(new) == before
    with target.read() as connection:
        assert differing(read, tallies_of(connection)) == []
    assert rows_of(old) != before
    source.close()
    target.close()


def test_one_changed_letter_is_seen_by_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    book = store.open_book(path)
    fill(path)
    with book.read() as connection:
        before = tallies_of(connection)
    with raw(path) as connection:
        connection.execute("UPDATE batch SET detail = detail || ' ' WHERE id = 2")
        connection.execute("UPDATE sending SET owner = 'x' WHERE id = 2")
    with book.read() as connection:
        assert differing(before, tallies_of(connection)) == ["batch", "sending"]
    book.close()
