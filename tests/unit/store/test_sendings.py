"""Windows of posts: claimed once and in order; an answer after its row was taken over changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from loa import store
from loa.delivery import State
from loa.store import Book, NewSending, Plan, fence, paces, windows
from loa.store.windows import Ended, Waiting

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
DONE = {"state": State.DONE, "platform_id": "1", "done_at": NOW}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """One delivery of five posts by two accounts, the last of them an hour later."""
    opened = store.open_book(tmp_path / "book.sqlite")
    plan = Plan("k", "c", "i", "u", "facebook", "a", NOW, NOW + timedelta(hours=2), "ask", State.DUE, "hash", "{}")
    with opened.write() as connection:
        store.save_plan(connection, [plan], [], NOW)
        row = store.deliveries(connection)[0]
        moments = (NOW, NOW, NOW, NOW, NOW + timedelta(hours=1))
        new = [NewSending(row.id, n, f"k#{n}", f"a{n % 2}", moment) for n, moment in enumerate(moments)]
        store.add_sendings(connection, new)
    yield opened
    opened.close()


def _claim(book: Book, owner: str, account: str = "a0", most: int = 64) -> list[Waiting]:
    with book.write() as connection:
        found = windows.ripe(connection, account, NOW, most)
        windows.claim(connection, found, owner=owner, now=NOW)
    return found


def _record(book: Book, ended: list[Ended], owner: str) -> list[State]:
    with book.write() as connection:
        windows.record(connection, ended, owner=owner, now=NOW)
        return [row.state for row in store.sendings(connection)]


def test_what_is_ripe_of_an_account_is_claimed_once_and_in_order(book: Book) -> None:
    assert [each.sending.seq for each in _claim(book, "one")] == [0, 2]
    assert [each.sending.seq for each in _claim(book, "two", "a1", most=1)] == [1]
    assert [each.sending.seq for each in _claim(book, "two", "a1")] == [3]
    assert _claim(book, "three") == []


def test_the_accounts_in_which_something_waits_are_known_and_when(book: Book) -> None:
    with book.read() as connection:
        assert windows.waiting_accounts(connection) == ["a0", "a1"]
        assert windows.first_try(connection, "a0", NOW) == NOW
    _claim(book, "one")
    _claim(book, "one", "a1")
    with book.read() as connection:
        assert windows.waiting_accounts(connection) == ["a0"]
        assert windows.first_try(connection, "a0", NOW) == NOW + timedelta(hours=1)
        assert windows.first_try(connection, "a1", NOW) is None


def test_an_answer_is_recorded_for_its_owner_only(book: Book) -> None:
    first, second = _claim(book, "one")
    _record(book, [Ended(first.sending, DONE)], "another")
    assert _record(book, [Ended(second.sending, DONE)], "one")[:3] == [State.SENDING, State.DUE, State.DONE]


def test_an_answer_of_an_earlier_attempt_changes_nothing(book: Book) -> None:
    first, _ = _claim(book, "one")
    waits = {"state": State.RETRY_LATER, "next_try": NOW, "code": "E602", "detail": ""}
    _record(book, [Ended(first.sending, waits)], "one")
    _claim(book, "one")
    assert _record(book, [Ended(first.sending, DONE)], "one")[0] == State.SENDING


def test_an_answer_after_the_row_was_put_in_doubt_changes_nothing(book: Book) -> None:
    first, _ = _claim(book, "one")
    with book.write() as connection:
        (cut_off, *_) = store.recover(connection)
        store.move_sending(connection, cut_off, {"state": State.UNKNOWN}, at=NOW, cause="recover")
    assert _record(book, [Ended(first.sending, DONE)], "one")[0] == State.UNKNOWN


def test_what_was_never_handed_to_the_wire_goes_back_in_line(book: Book) -> None:
    first, second = _claim(book, "one")
    with book.write() as connection:
        assert windows.give_back(connection, {(first.sending.id, 1)}, owner="one", now=NOW) == 1
        assert windows.give_back(connection, {(second.sending.id, 2)}, owner="one", now=NOW) == 0
        assert [row.state for row in store.sendings(connection)][::2] == [State.DUE, State.SENDING, State.DUE]
        assert windows.times_sent(connection, first.sending.id) == 0
        assert windows.times_sent(connection, second.sending.id) == 1


def test_a_move_from_a_state_that_has_passed_is_refused(book: Book) -> None:
    (row, *_) = _claim(book, "one")
    with book.write() as connection:
        assert not store.move_sending(connection, row.sending, {"state": State.DONE}, at=NOW, cause="late answer")
        assert store.sendings(connection)[0].state == State.SENDING


def test_the_last_look_knows_whose_the_posts_are_and_who_is_gone(book: Book) -> None:
    first, second = _claim(book, "one")
    with book.write() as connection:
        ids = [first.sending.id]
        sight = fence.look(connection, "one", NOW, ids)
        assert sight.holds(first.sending.id, 1)
        assert not sight.holds(first.sending.id, 2)
        assert not fence.look(connection, "one", NOW, [second.sending.id]).holds(first.sending.id, 1)
        assert not fence.look(connection, "two", NOW, ids).holds(first.sending.id, 1)
    store.sign_in(book, store.Presence("one", "worker", "here", 1), NOW)
    store.declare_gone(book, ["one"])
    with book.read() as connection:
        assert fence.look(connection, "one", NOW, ids).is_stopped


def test_the_next_window_is_found_in_the_index_without_sorting_what_waits(book: Book) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with book.write() as connection:
        sa.event.listen(connection, "before_cursor_execute", lambda _c, _k, sql, given, *_: asked.append((sql, given)))
        windows.ripe(connection, "a0", NOW, 1)
        [(sql, given)] = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)
        told = " ".join(row.detail for row in plan)
    assert "sending_line" in told
    assert "TEMP B-TREE" not in told


def test_a_bucket_is_free_when_it_was_written_to_be(book: Book) -> None:
    later = NOW + timedelta(seconds=3)
    with book.write() as connection:
        assert paces.taken_in_hand(connection, {"b", "a"}, NOW) == {"a": NOW, "b": NOW}
        paces.write_moments(connection, {"b": later})
    with book.write() as connection:
        assert paces.taken_in_hand(connection, {"b"}, NOW) == {"b": later}
        assert paces.free_moments(connection) == {"a": NOW, "b": later}
