"""A book moves in the midst of a campaign, and its server goes away and comes back: nothing twice, nothing lost."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from support.books import first_version
from support.office import make_office
from support.postgres import Server, fresh_database, stoppable_server
from support.processes import loa, sandbox_process
from support.province import Province, at_work, is_settled, make_province, twice

from loa import store
from loa.clock import SystemClock
from loa.store import JournalFile

PAGES, POSTS, PEOPLE = 3, 12, 60
ALL = PAGES * POSTS + PEOPLE


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with stoppable_server() as found:
        yield found


@contextmanager
def _one_pc(folder: Path) -> Iterator[Province]:
    """An office with its book in a file, ready to send."""
    root = make_province(folder / "office", pages=PAGES, posts=POSTS, people=PEOPLE, pace="20")
    with sandbox_process(folder / "stub", clock="system") as url:
        office = Province(root, "", url, folder / "stub" / "journal.jsonl")
        office.make_ready()
        try:
            yield office
        finally:
            office.end()


def _in_file(path: Path) -> Counter[str]:
    query = "SELECT state, count(*) FROM (SELECT state FROM sending UNION ALL SELECT state FROM recipient) GROUP BY 1"
    with closing(sqlite3.connect(path)) as connection:
        return Counter(dict(connection.execute(query).fetchall()))


@pytest.mark.slow
def test_a_campaign_half_way_goes_on_on_a_server_and_comes_back(tmp_path: Path, server: Server) -> None:
    with _one_pc(tmp_path) as office:
        office.slow_down(0.2, "facebook", "esms")
        scheduler = office.leader()
        while len(office.seen()) < 20:
            assert scheduler.poll() is None, office.said()
        refused = office.loa("migrate-store", "--to", fresh_database(server.address))
        assert "E703" in refused.stderr
        scheduler.terminate()
        assert scheduler.wait(timeout=60) == 0
        half = _in_file(office.root / "var/book.sqlite")
        assert half["done"]
        assert half["due"]

        place = fresh_database(server.address)
        moved = office.loa("migrate-store", "--to", place)
        assert (moved.returncode, moved.stderr) == (0, moved.stderr)
        assert "Đã chuyển" in moved.stdout
        before = len(office.seen())
        again = office.loa("run", "--once", "--sandbox", office.sandbox)
        assert again.returncode == 1
        assert "E966" in again.stderr
        assert "LOA_DATABASE_URL" in again.stderr
        status = office.loa("status").stdout
        assert "đã chuyển sang" in status
        assert "LOA_DATABASE_URL" in status
        assert len(office.seen()) == before

        office.database = place
        assert office.states() == half
        scheduler = office.leader()
        office.wait(lambda: is_settled(office.states()))
        scheduler.terminate()
        assert scheduler.wait(timeout=60) == 0
        assert office.states() == {"done": ALL}
        assert twice(office.seen()) == []
        assert len(office.seen()) == ALL

        back = office.loa("migrate-store", "--to", str(tmp_path / "ve.sqlite"))
        assert back.returncode == 0, back.stderr
        assert _in_file(tmp_path / "ve.sqlite") == {"done": ALL}
        assert "E966" in office.loa("run", "--once", "--sandbox", office.sandbox).stderr


def test_there_must_be_a_book_and_the_new_one_must_be_empty(tmp_path: Path, server: Server) -> None:
    with _one_pc(tmp_path) as office:
        full = office.root / "var/book.sqlite"
        assert "E969" in office.loa("migrate-store", "--to", str(full)).stderr
        for mistyped in ("postgresql+psycopg:/loa:matkhau@127.0.0.1/loa", "so-moi", "loa.yaml", "."):
            refused = office.loa("migrate-store", "--to", mistyped)
            assert ("E709" in refused.stderr, "matkhau" in refused.stderr + refused.stdout) == (True, False)
        place = fresh_database(server.address)
        assert office.loa("migrate-store", "--to", place).returncode == 0
        assert "E966" in office.loa("migrate-store", "--to", fresh_database(server.address)).stderr
        full.rename(full.with_name("cu.sqlite"))
        gone = office.loa("migrate-store", "--to", fresh_database(server.address))
        assert "E968" in gone.stderr
        assert "var/book.sqlite" in gone.stderr


@pytest.mark.slow
def test_an_older_copy_of_a_book_that_has_moved_sends_nothing_before_a_person_says_so(
    tmp_path: Path, server: Server
) -> None:
    with _one_pc(tmp_path) as office:
        book, backup = office.root / "var/book.sqlite", str(tmp_path / "truoc.zip")
        assert office.loa("backup", backup).returncode == 0
        with closing(sqlite3.connect(book)) as whole, closing(sqlite3.connect(tmp_path / "cu.sqlite")) as copy:
            whole.backup(copy)
        place = fresh_database(server.address)
        assert office.loa("migrate-store", "--to", place).returncode == 0
        for path in book.parent.glob("book.sqlite*"):
            path.unlink()
        (tmp_path / "cu.sqlite").rename(book)
        before = book.read_bytes()
        assert "E966" in office.loa("run", "--once", "--sandbox", office.sandbox).stderr
        assert book.read_bytes() == before, "a book that must not be used is not written"

        told = office.loa("restore", backup)
        assert (told.returncode, "loa resume" in told.stdout) == (0, True), told.stderr
        assert office.loa("run", "--once", "--sandbox", office.sandbox).returncode == 0
        assert office.seen() == []
        assert office.loa("resume").returncode == 0
        assert office.loa("run", "--once", "--sandbox", office.sandbox).returncode == 0
        assert office.seen()


def test_a_database_that_a_command_has_only_looked_at_takes_a_book(tmp_path: Path, server: Server) -> None:
    with _one_pc(tmp_path) as office:
        place = fresh_database(server.address)
        with closing(store.open_book(place, JournalFile(tmp_path / "so", "may", SystemClock(), bytes.fromhex))) as new:
            store.keep_for(new, "sandbox")
        moved = office.loa("migrate-store", "--to", place)
        assert moved.returncode == 0, moved.stderr


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_scheduler_survives_the_restart_of_its_server(tmp_path: Path, server: Server, mode: str) -> None:
    with at_work(tmp_path, server.address, pages=PAGES, posts=POSTS, people=PEOPLE, pace="20") as province:
        province.slow_down(0.2, "facebook", "esms")
        scheduler = province.leader()
        province.wait(lambda: len(province.seen()) >= 10)
        server.stop(mode)
        try:
            with pytest.raises(Exception, match="connection"):
                province.states()
            assert "E964" in province.loa("status").stderr
        finally:
            server.start()
        province.wait(lambda: is_settled(province.states()), 200)
        assert scheduler.poll() is None, province.said()
        assert twice(province.seen()) == []
        assert province.states() == {"done": ALL}
        assert len(province.seen()) == ALL


def test_who_opens_a_book_of_an_earlier_version_is_told_that_it_was_brought_up(tmp_path: Path) -> None:
    office = make_office(tmp_path / "office")
    (office / "var").mkdir(exist_ok=True)
    first_version(office / "var/book.sqlite", rows=0)
    told = loa("status", cwd=office)
    assert told.returncode == 0
    assert "Đã nâng cấp sổ phát 0001 → 0004" in told.stderr
    assert str(office / "var/book-0001.sqlite") in told.stderr
    assert (office / "var/book-0001.sqlite").exists()
    assert loa("status", cwd=office).stderr == ""
