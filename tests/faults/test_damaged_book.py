"""After a kill the whole book is looked at before anything leaves, however lately it was looked at before."""

import sqlite3
from contextlib import closing
from pathlib import Path

from support.live_office import make_live
from support.processes import sandbox_process


def test_a_run_that_was_killed_is_followed_by_a_look_at_every_row(tmp_path: Path) -> None:
    office = make_live(tmp_path / "office", pages=1, items=1)
    book = office.root / "var/book.sqlite"
    marks = office.root / "var/journal"
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        words = ("run", "--once", "--sandbox", url)
        assert office.loa(*words).returncode == 0
        assert (marks / "book.checked").exists()
        (marks / "book.checked").replace(marks / "book.checked.at-work")  # as a kill leaves it
        with closing(sqlite3.connect(book)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = book.read_bytes()
        book.write_bytes(data.replace(b"Trang x", b"Trang y", 1))
        told = office.loa(*words)
    assert told.returncode == 1
    assert "[E953]" in told.stderr


def test_the_door_for_reports_does_not_open_over_a_damaged_book(tmp_path: Path) -> None:
    office = make_live(tmp_path / "office", pages=1, items=1)
    book = office.root / "var/book.sqlite"
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        assert office.loa("run", "--once", "--sandbox", url).returncode == 0
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = book.read_bytes()
    book.write_bytes(data.replace(b"Trang x", b"Trang y", 1))
    told = office.loa("webhooks", "--port", "1")
    assert told.returncode == 1
    assert "[E953]" in told.stderr


def test_a_row_that_contradicts_another_in_a_damaged_book_is_told_as_damage(tmp_path: Path) -> None:
    office = make_live(tmp_path / "office", pages=1, items=2)
    book = office.root / "var/book.sqlite"
    assert office.loa("approve", "dot-lon", "--item", "tin-0", "--as", "lan").returncode == 0
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        key = connection.execute("SELECT key FROM delivery").fetchone()[0].encode()
    data = book.read_bytes()
    row = key + b"dot-lon"  # its campaign follows in the row, but not in the index, which still knows the right key
    assert data.count(row) == 1
    book.write_bytes(data.replace(row, key[:-1] + b"~dot-lon"))
    told = office.loa("approve", "dot-lon", "--item", "tin-1", "--as", "lan")
    assert told.returncode == 1
    assert "[E953]" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_state_that_was_never_written_is_told_as_damage_between_two_looks_at_the_rows(tmp_path: Path) -> None:
    office = make_live(tmp_path / "office", pages=1, items=1)
    book = office.root / "var/book.sqlite"
    with sandbox_process(tmp_path / "sandbox", clock="system") as url:
        words = ("run", "--once", "--sandbox", url)
        assert office.loa(*words).returncode == 0
        with closing(sqlite3.connect(book)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = book.read_bytes()
        book.write_bytes(data.replace(b"awaiting_approval", b"awaiting_approvaL"))
        told = office.loa(*words)
    assert told.returncode == 1
    assert "[E961]" in told.stderr
    assert "awaiting_approvaL" in told.stderr
