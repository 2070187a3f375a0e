"""The fence: an answer that comes after its row was taken over changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loa import store
from loa.delivery import State
from loa.store import Book, NewSending, Plan, SendingRow

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
DONE = {"state": State.DONE, "platform_id": "1", "done_at": NOW}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    opened = store.open_book(tmp_path / "book.sqlite")
    plan = Plan("k", "c", "i", "u", "sms", "a", NOW, NOW + timedelta(hours=2), "ask", State.DUE, "hash", "{}")
    with opened.write() as connection:
        store.save_plan(connection, [plan], [], NOW)
        row = store.deliveries(connection)[0]
        store.add_sendings(connection, [NewSending(row.id, seq, f"k#{seq}", f"a{seq % 2}", NOW) for seq in (1, 2, 3)])
    yield opened
    opened.close()


def _claim(book: Book, owner: str) -> list[SendingRow]:
    with book.write() as connection:
        hashes = {row.id: row.content_hash for row in store.deliveries(connection)}
        return store.claim(connection, owner=owner, now=NOW, hashes=hashes)


def _states(book: Book) -> list[State]:
    with book.read() as connection:
        return [row.state for row in store.sendings(connection)]


def test_a_sending_is_claimed_once_and_in_order_one_of_each_account(book: Book) -> None:
    assert [row.seq for row in _claim(book, "one")] == [1, 2]
    assert [row.seq for row in _claim(book, "two")] == [3]
    assert _claim(book, "three") == []


def test_an_answer_is_recorded_for_its_owner_only(book: Book) -> None:
    taken = _claim(book, "one")
    with book.write() as connection:
        store.record_endings(connection, [(taken[0], DONE)], owner="another", now=NOW)
        store.record_endings(connection, [(taken[1], DONE)], owner="one", now=NOW)
    assert _states(book) == [State.SENDING, State.DONE, State.DUE]


def test_an_answer_after_the_row_was_put_in_doubt_changes_nothing(book: Book) -> None:
    taken = _claim(book, "one")
    with book.write() as connection:
        (first, *_) = store.recover(connection)
        store.move_sending(connection, first, {"state": State.UNKNOWN}, at=NOW, cause="recover")
    with book.write() as connection:
        store.record_endings(connection, [(taken[0], DONE)], owner="one", now=NOW)
    assert _states(book)[0] == State.UNKNOWN


def test_a_move_from_a_state_that_has_passed_is_refused(book: Book) -> None:
    (row, *_) = _claim(book, "one")
    with book.write() as connection:
        assert not store.move_sending(connection, row, {"state": State.DONE}, at=NOW, cause="late answer")
    assert _states(book)[0] == State.SENDING
