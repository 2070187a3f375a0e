"""One leads: terms, counters, and what the dead hold in the database."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from support import books
from support.postgres import fresh_database

from loa import store
from loa.engine import jobs
from loa.errors import StoreError
from loa.store import Book, Presence, open_book

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def place(server: str) -> str:
    return fresh_database(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    place = tmp_path / "book.sqlite" if request.param == "sqlite" else request.getfixturevalue("place")
    opened = open_book(place)
    yield opened
    opened.close()


def _sign_in(book: Book, *names: str, at: datetime = NOW) -> None:
    for name in names:
        store.sign_in(book, Presence(name, "standby", "may", 1), at)


def _leader(book: Book) -> store.Leader | None:
    with book.read() as connection:
        return store.leader_of(connection)


def _here(book: Book) -> dict[str, str]:
    with book.read() as connection:
        return {each.id: each.kind for each in store.workers_here(connection)}


def _take(book: Book, name: str) -> int | None:
    return store.take_lead(book, _leader(book), name, NOW)


def test_each_lead_has_a_higher_term_and_whoever_led_before_is_gone(book: Book) -> None:
    _sign_in(book, "a", "b")
    assert _take(book, "a") == 1
    assert _take(book, "b") == 2
    assert _here(book) == {"b": "clock"}
    assert not store.sign_of_life(book, "a", NOW, 1)
    assert not store.sign_of_life(book, "a", NOW)
    assert store.sign_of_life(book, "b", NOW, 2)


def test_a_lead_whose_counter_has_moved_is_not_taken(book: Book) -> None:
    _sign_in(book, "a", "b")
    term = _take(book, "a")
    seen = _leader(book)
    assert store.sign_of_life(book, "a", NOW, term)
    assert store.take_lead(book, seen, "b", NOW) is None
    assert store.sign_of_life(book, "a", NOW, term)


def test_a_term_that_is_over_does_not_count_on(book: Book) -> None:
    _sign_in(book, "a")
    assert not store.sign_of_life(book, "a", NOW, 1)
    assert _take(book, "a") == 1
    assert not store.sign_of_life(book, "a", NOW, 2)


def test_of_many_that_reach_for_the_lead_one_gets_it(book: Book) -> None:
    names = [f"w{number}" for number in range(8)]
    _sign_in(book, *names)
    for _ in range(3):
        seen, start = _leader(book), threading.Barrier(len(names))

        def reach(name: str, seen: store.Leader | None = seen, start: threading.Barrier = start) -> int | None:
            start.wait()
            return store.take_lead(book, seen, name, NOW)

        with ThreadPoolExecutor(len(names)) as pool:
            terms = [term for term in pool.map(reach, names) if term is not None]
        assert len(terms) == 1


def test_a_clean_end_frees_the_lead_and_a_gone_worker_may_not_claim(book: Book) -> None:
    _sign_in(book, "a")
    term = _take(book, "a")
    store.sign_out(book, "a", term)
    found = _leader(book)
    assert found is not None
    assert found.worker_id == ""
    with book.write() as connection:
        assert not store.is_here(connection, "a")
        assert store.is_here(connection, "never heard of")


def test_rows_of_those_that_have_long_been_gone_are_cleared_away(book: Book) -> None:
    _sign_in(book, "old", "living")
    store.declare_gone(book, ["old"])
    _sign_in(book, "new", at=NOW + timedelta(days=8))
    with book.read() as connection:
        assert store.is_here(connection, "living")
    assert _here(book).keys() == {"living", "new"}
    _sign_in(book, "old")
    assert "old" in _here(book)


def test_the_sessions_of_a_process_that_stands_still_end_with_their_locks(place: str) -> None:
    frozen, living = open_book(place), open_book(place)
    frozen.sign(store.session_name("host:1:f00f"))
    with pytest.raises(StoreError), frozen.write() as connection:  # noqa: PT012 - the block is the frozen process
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(42)")
        store.end_sessions(living, "host:2:beef")
        assert not _lock_is_free(place)
        store.end_sessions(living, "host:1:f00f")
        deadline = time.monotonic() + 20
        while not _lock_is_free(place) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _lock_is_free(place)
        connection.exec_driver_sql("SELECT 1")
    frozen.close()
    living.close()


def _lock_is_free(place: str) -> bool:
    with psycopg.connect(place) as connection:
        found = connection.execute("SELECT pg_try_advisory_xact_lock(42)").fetchone()
        return bool(found and found[0])


def test_an_account_has_one_turn_at_a_time(place: str) -> None:
    one, other = open_book(place), open_book(place)
    with store.turns(one, {"a", "b"}) as mine:
        assert mine == {"a", "b"}
        with store.turns(other, {"b", "c"}) as theirs:
            assert theirs == {"c"}
        with store.turns(one, {"a"}) as again:
            assert again == set()
    with store.turns(other, {"a", "b"}) as mine:
        assert mine == {"a", "b"}
    one.close()
    other.close()


def _jobs(place: str, columns: str) -> list[tuple[object, ...]]:
    with psycopg.connect(place) as connection:
        query = f"SELECT {columns} FROM loa_jobs.procrastinate_jobs ORDER BY id"  # noqa: S608 - words of the test
        return connection.execute(query.encode()).fetchall()


def _laid_out(book: Book) -> str:
    with book.write() as connection:
        jobs.lay_out(connection)
        return jobs.laid_out(connection)


def test_many_that_begin_in_one_moment_lay_the_tables_of_jobs_out_once(place: str) -> None:
    books = [open_book(place) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(_laid_out, books)) == {jobs.version()}
    for book in books:
        book.close()


def test_tables_of_another_version_of_the_engine_are_replaced(place: str) -> None:
    book = open_book(place)
    _laid_out(book)
    with psycopg.connect(place) as connection:
        connection.execute("COMMENT ON SCHEMA loa_jobs IS 'of old'")
    with book.read() as connection:
        assert jobs.laid_out(connection) == "of old"
    assert _laid_out(book) == jobs.version()
    book.close()


def test_an_account_has_one_waiting_job_and_none_where_the_transaction_is_undone(place: str) -> None:
    book = open_book(place)
    _laid_out(book)
    for accounts in ({"a", "b"}, {"b", "c"}):
        with book.write() as connection:
            jobs.hand_over(connection, jobs.DELIVER, accounts)
    with pytest.raises(ZeroDivisionError), book.write() as connection:  # noqa: PT012 - the transaction is what fails
        jobs.hand_over(connection, jobs.DELIVER, {"d"})
        raise ZeroDivisionError
    assert _jobs(place, "args->>'key', lock") == [("a", "deliver/a"), ("b", "deliver/b"), ("c", "deliver/c")]
    book.close()


def test_a_job_of_a_dead_worker_is_taken_away_and_that_of_a_living_one_is_not(place: str) -> None:
    book = open_book(place)
    _laid_out(book)
    with book.write() as connection:
        jobs.hand_over(connection, jobs.DELIVER, {"dead", "living", "waiting"})
    with psycopg.connect(place, options="-c search_path=loa_jobs") as connection:
        for ago in (30, 1):
            connection.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))", [ago]
            )
        connection.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = 1 WHERE args->>'key' = 'dead'")
        connection.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = 2 WHERE args->>'key' = 'living'"
        )
    with book.write() as connection:
        jobs.sweep(connection, 10)
    assert _jobs(place, "args->>'key'") == [("living",), ("waiting",)]
    book.close()


def test_two_that_sum_up_one_delivery_do_so_one_after_the_other(place: str) -> None:
    one, other = open_book(place), open_book(place)
    books.fill(place, 1)
    waited = threading.Event()

    def second() -> None:
        with other.write() as connection:
            store.delivery_by_id(connection, 1, held=True)
            waited.set()

    with one.write() as connection:
        store.delivery_by_id(connection, 1, held=True)
        thread = threading.Thread(target=second)
        thread.start()
        assert not waited.wait(0.5)
    thread.join()
    assert waited.is_set()
    one.close()
    other.close()
