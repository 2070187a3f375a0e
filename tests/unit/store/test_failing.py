"""A database that fails is told as something that a person can mend; a server that was away is found again."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.books import fill
from support.postgres import Server, fresh_database, stoppable_server

from loa import store
from loa.errors import StoreError
from loa.messages import describe
from loa.store import Book, Stop
from loa.store.place import network_drive

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with stoppable_server() as found:
        yield found


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(store.open_book(tmp_path / "book.sqlite")) as opened:
        yield opened


@pytest.fixture
def shared(server: Server) -> Iterator[Book]:
    with closing(store.open_book(fresh_database(server.address))) as opened:
        yield opened


def _stop_all(book: Book) -> None:
    store.set_stop(book, Stop(NOW, "lan", "bão"), "lan", NOW)


def _write(book: Book, *statements: str) -> None:
    with book.write() as connection:
        for each in statements:
            connection.exec_driver_sql(each)


def _read(book: Book, *statements: str) -> None:
    with book.read() as connection:
        for each in statements:
            connection.exec_driver_sql(each).all()


def _told(refusal: StoreError) -> str:
    """The sentence for a person has a place and a remedy, and no statement of ours."""
    for lang in ("vi", "en"):
        words = "\n".join(describe(each, lang) for each in refusal.problems())  # type: ignore[arg-type]  # two of them
        assert "{" not in words
        assert "INSERT" not in words
    assert "book" in refusal.params["place"]
    return refusal.code


def test_a_full_disk_is_told(book: Book) -> None:
    with pytest.raises(StoreError) as refusal:
        _write(
            book,
            "PRAGMA max_page_count = 1",
            "INSERT INTO note (name, value) SELECT 'x', hex(zeroblob(1000000))",
        )
    assert _told(refusal.value) == "E963"


def test_a_book_that_somebody_else_writes_is_told_when_the_patience_ends(book: Book, tmp_path: Path) -> None:
    with book.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(tmp_path / "book.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as refusal:
            _stop_all(book)
        other.execute("ROLLBACK")
    assert _told(refusal.value) == "E962"
    _stop_all(book)


def test_a_book_that_breaks_while_it_is_open_is_told_at_the_next_look(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    store.open_book(path).close()
    fill(path, 300)
    with closing(store.open_book(path)) as book:
        content = bytearray(path.read_bytes())
        content[8192:] = b"\xa5" * (len(content) - 8192)
        path.write_bytes(content)
        book.close()  # what its connections have read before is still good
        with pytest.raises(StoreError) as reading:
            _read(book, "SELECT * FROM event")
        with pytest.raises(StoreError) as writing:
            _stop_all(book)
    assert (_told(reading.value), _told(writing.value)) == ("E961", "E961")


@pytest.mark.parametrize("place", [16, 1_000, 5_000, 40_000])
def test_a_broken_book_is_not_opened(tmp_path: Path, place: int) -> None:
    path = tmp_path / "book.sqlite"
    store.open_book(path).close()
    fill(path, 100)
    content = bytearray(path.read_bytes())
    content[place : place + 4096] = b"\x00" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreError) as refusal:
        store.open_book(path)
    assert _told(refusal.value) == "E961"


def test_a_bug_of_ours_is_not_dressed_up_as_trouble_of_the_disk(book: Book, shared: Book) -> None:
    for each in (book, shared):
        with pytest.raises(sa.exc.DBAPIError):
            _read(each, "SELECT nothing FROM nowhere")


def test_the_same_number_twice_stays_what_it_is(book: Book, shared: Book) -> None:
    for each in (book, shared):
        with pytest.raises(sa.exc.IntegrityError):
            _write(each, *["INSERT INTO note (name, value) VALUES ('x', 'y')"] * 2)


def test_a_session_that_the_server_ends_is_told_and_the_next_one_works(shared: Book) -> None:
    with pytest.raises(StoreError) as refusal:
        _read(shared, "SELECT pg_terminate_backend(pg_backend_pid())")
    assert refusal.value.code == "E964"
    _stop_all(shared)


@pytest.mark.parametrize(
    ("before", "statement", "code"),
    [
        ("SET default_transaction_read_only = on", "INSERT INTO note (name, value) VALUES ('x', 'y')", "E701"),
        ("SET statement_timeout = '20ms'", "SELECT pg_sleep(5)", "E962"),
    ],
)
def test_what_a_server_does_not_let_us_do_is_told(shared: Book, before: str, statement: str, code: str) -> None:
    with pytest.raises(StoreError) as refusal:
        _alone(shared, before, statement)
    assert refusal.value.code == code


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_was_restarted_is_found_again(server: Server, mode: str) -> None:
    with closing(store.open_book(fresh_database(server.address))) as book:
        _stop_all(book)
        with pytest.raises(StoreError) as cut:
            _write_and_lose(book, server, mode)
        with pytest.raises(StoreError) as away:
            _stop_all(book)
        assert (cut.value.code, away.value.code) == ("E964", "E964")
        server.start()
        with book.read() as connection:
            assert store.stop_of(connection) == Stop(NOW, "lan", "bão")
        assert store.read_note(book, "cut") == ""


def _alone(book: Book, *statements: str) -> None:
    with book.apart() as connection:
        for each in statements:
            connection.exec_driver_sql(each)


def _write_and_lose(book: Book, server: Server, mode: str) -> None:
    with book.write() as connection:
        connection.exec_driver_sql("INSERT INTO note (name, value) VALUES ('cut', 'off')")
        server.stop(mode)
        connection.exec_driver_sql("SELECT 1")


def test_a_server_that_confirms_before_the_disk_has_it_is_told_to_wait(server: Server) -> None:
    place = fresh_database(server.address)
    with closing(store.open_book(place)) as book, book.apart() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with closing(store.open_book(place)) as book, book.read() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//may-chu/chung /mnt/van\\040phong cifs rw 0 0
/dev/sdb1 /mnt/van\\040phong/o-dia ext4 rw 0 0
may-chu:/loa /srv/loa nfs4 rw 0 0
"""


@pytest.mark.skipif(sys.platform != "linux", reason="where mounts are listed")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/van phong/loa/var/book.sqlite", "cifs"),
        ("/mnt/van phong/o-dia/loa/var/book.sqlite", ""),
        ("/srv/loa/var/book.sqlite", "nfs4"),
        ("/srv/loa-khac/var/book.sqlite", ""),
        ("/home/lan/loa/var/book.sqlite", ""),
        ("\\\\may-chu\\chung\\loa\\var\\book.sqlite", "\\\\may-chu"),
    ],
)
def test_a_drive_of_the_network_is_known(tmp_path: Path, path: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS, encoding="utf-8")
    assert network_drive(Path(path), tmp_path / "mounts") == kind


def test_a_book_on_a_drive_of_the_network_is_not_opened() -> None:
    with pytest.raises(StoreError) as refusal:
        store.open_book(Path("\\\\may-chu\\chung\\book.sqlite"))
    assert _told(refusal.value) == "E965"


def test_a_large_book_is_read_through_once_a_day_and_whenever_another_file_is_in_its_place(tmp_path: Path) -> None:
    path, mark = tmp_path / "book.sqlite", tmp_path / "book.sqlite-checked"
    _large(path)
    assert (_spoilt_is_seen(path), mark.exists()) == (True, False)
    path.unlink()
    _large(path)
    store.open_book(path).close()
    assert mark.exists()
    assert not _spoilt_is_seen(path)  # checked a moment ago: the scheduler looks deeper
    os.utime(mark, (0, 0))
    assert _spoilt_is_seen(path)
    os.utime(mark)
    other = tmp_path / "other.sqlite"
    other.write_bytes(path.read_bytes())
    other.replace(path)
    assert _spoilt_is_seen(path)


def _large(path: Path) -> None:
    """A book that is larger than what is checked at every opening, nearly all of it in one row."""
    with closing(store.open_book(path)) as book:
        _write(book, "INSERT INTO note (name, value) VALUES ('large', hex(zeroblob(35000000)))")


def _spoilt_is_seen(path: Path) -> bool:
    """Whether opening a book sees that the page of one of its tables is not what it was."""
    content = bytearray(path.read_bytes())
    page = 4096 * 5
    content[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    try:
        store.open_book(path).close()
    except StoreError as refusal:
        return refusal.code == "E961"
    return False
