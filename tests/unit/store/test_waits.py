"""When the clock is moved, what waits goes on waiting as long as was asked; what belongs to the calendar stays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from support.postgres import fresh_database

from loa import store
from loa.delivery import State
from loa.store import Book, NewSending, Plan, tables
from loa.store.people_tables import contact, pace
from loa.store.waits import clock_of, keep_clock, move_waits, newest_sign

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
ZERO = timedelta(0)
_spans = st.timedeltas(min_value=timedelta(days=-9), max_value=timedelta(days=9))
_steps = st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=7))
_waiting = st.sampled_from((State.RETRY_LATER, State.PENDING, State.UNKNOWN))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | str:
    if request.param == "sqlite":
        return tmp_path_factory.mktemp("book") / "book.sqlite"
    return fresh_database(request.getfixturevalue("server"))


@pytest.fixture
def book(place: Path | str) -> Iterator[Book]:
    """A book with one delivery, the same one for every example: each of them is undone."""
    opened = store.open_book(place)
    with opened.write() as connection:
        if not store.deliveries(connection):
            plan = Plan("k", "c", "i", "u", "x", "a", NOW, NOW + timedelta(hours=2), "ask", State.DUE, "hash", "{}")
            store.save_plan(connection, [plan], [], NOW)
    yield opened
    opened.close()


@dataclass
class Row:
    """A sending that waits until ``until`` and was sent at ``sent``, as seen from ``NOW``."""

    state: State
    until: timedelta
    sent: timedelta


rows = st.lists(st.builds(Row, _waiting, _spans, st.timedeltas(timedelta(days=-9), ZERO)), min_size=1, max_size=5)


class _UndoneError(Exception):
    """Ends an example, and its transaction with it."""


@contextmanager
def _undone(book: Book) -> Iterator[sa.Connection]:
    with suppress(_UndoneError), book.write() as connection:
        yield connection
        raise _UndoneError


def _fill(connection: sa.Connection, wanted: Sequence[Row]) -> None:
    [delivery] = store.deliveries(connection)
    new = [NewSending(delivery.id, seq, f"k#{seq}", "a", NOW) for seq in range(len(wanted) + 1)]
    store.add_sendings(connection, new)
    for seq, row in enumerate(wanted, 1):
        values = {"state": row.state, "next_try": NOW + row.until, "sent_at": NOW + row.sent}
        mine = sa.update(tables.sending).where(tables.sending.c.seq == seq)
        connection.execute(mine.values(values))


def _left(moment: datetime | None, now: datetime) -> timedelta:
    assert moment is not None
    return max(moment - now, ZERO)


@given(rows, _steps)
@settings(max_examples=60, deadline=None)
def test_no_wait_becomes_shorter_or_longer_and_nothing_younger(book: Book, wanted: list[Row], step: timedelta) -> None:
    with _undone(book) as connection:
        _fill(connection, wanted)
        after = NOW + step
        move_waits(connection, NOW, after)
        found = {each.seq: each for each in store.sendings(connection)}
        for seq, row in enumerate(wanted, 1):
            assert _left(found[seq].next_try, after) == max(row.until, ZERO)
            sent = found[seq].sent_at
            assert sent is not None
            assert after - sent >= -row.sent  # never younger
            assert sent <= NOW + row.sent  # never looked for later than it may have been sent
        assert found[0].next_try == NOW  # what is due is due by the calendar


@given(rows, st.lists(_steps, min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_many_jumps_are_as_none(book: Book, wanted: list[Row], steps: list[timedelta]) -> None:
    with _undone(book) as connection:
        _fill(connection, wanted)
        now = NOW
        for step in steps:
            move_waits(connection, now, now + step)
            now += step
        left = [_left(each.next_try, now) for each in store.sendings(connection)[1:]]
        assert left == [max(row.until, ZERO) for row in wanted]


@given(_spans, _steps)
@settings(max_examples=30, deadline=None)
def test_the_rest_of_an_account_and_its_pace_go_along(book: Book, until: timedelta, step: timedelta) -> None:
    with _undone(book) as connection:
        connection.execute(sa.insert(tables.account).values(id="a", paused_until=NOW + until, code="E604", detail=""))
        connection.execute(sa.insert(tables.account).values(id="b", paused_until=None, code="E604", detail=""))
        connection.execute(sa.insert(pace).values(bucket="a", free_at=NOW + until))
        move_waits(connection, NOW, NOW + step)
        ends = dict(connection.execute(sa.select(tables.account.c.id, tables.account.c.paused_until)).all())
        assert _left(ends["a"], NOW + step) == max(until, ZERO)
        assert ends["b"] is None
        assert _left(connection.scalar(sa.select(pace.c.free_at)), NOW + step) == max(until, ZERO)


def test_whoever_had_a_message_a_moment_ago_had_it_a_moment_ago_by_the_new_time(book: Book) -> None:
    with _undone(book) as connection:
        [delivery] = store.deliveries(connection)
        for mark, ago in ((b"1", timedelta(hours=1)), (b"2", timedelta(days=60))):
            values = {"mark": mark * 16, "at": NOW - ago, "delivery_id": delivery.id}
            connection.execute(sa.insert(contact).values(values))
        move_waits(connection, NOW, NOW + timedelta(days=7))
        moments = connection.scalars(sa.select(contact.c.at).order_by(contact.c.mark)).all()
        assert moments == [NOW + timedelta(days=7, hours=-1), NOW - timedelta(days=60)]


def test_nobody_was_seen_in_what_is_the_future_now(book: Book) -> None:
    with _undone(book) as connection:
        seen = {"beats": 1, "host": "pc", "pid": 1, "seen_at": NOW + timedelta(days=7)}
        connection.execute(sa.insert(tables.worker).values(id="w", **seen))
        assert newest_sign(connection) == NOW + timedelta(days=7)
        move_waits(connection, NOW + timedelta(days=7), NOW)
        assert newest_sign(connection) == NOW


def test_each_machine_keeps_its_own_clock(book: Book) -> None:
    with book.write() as connection:
        keep_clock(connection, "pc", "boot-1", NOW)
        keep_clock(connection, "pc", "boot-2", NOW)
    assert clock_of(book, "pc") == ("boot-2", NOW)
    assert clock_of(book, "server") is None
