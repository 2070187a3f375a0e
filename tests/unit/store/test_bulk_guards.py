"""What the statements over many rows say of each person is what the pure guards say."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from support.postgres import fresh_database

from loa import store
from loa.delivery import State
from loa.rules import Known, MessageClass, judge_person
from loa.store import Book, Plan, bulk_layout
from loa.store.bulk_claim import sizes
from loa.store.bulk_layout import IS_DUE
from loa.store.people_tables import contact, recipient, suppression

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
SPAN = timedelta(hours=24)
_MINUTES = st.lists(st.integers(0, 3000), max_size=6, unique=True)
_PEOPLE = st.lists(st.tuples(st.booleans(), st.booleans(), _MINUTES), min_size=1, max_size=6)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    if request.param == "sqlite":
        opened = store.open_book(tmp_path_factory.mktemp("guards") / "book.sqlite")
    else:
        opened = store.open_book(fresh_database(request.getfixturevalue("server")))
    yield _with_delivery(opened)
    opened.close()


def _with_delivery(book: Book) -> Book:
    plan = Plan("k", "c", "i", "u", "sms", "a", NOW, NOW + SPAN, "ask", State.DUE, "hash", "{}")
    with book.write() as connection:
        store.save_plan(connection, [plan], [], NOW)
    return book


def _rules(*, keeps: bool, days: int, cap: int) -> MessageClass:
    return MessageClass(
        name="public_info",
        title="t",
        basis="b",
        opens=time(7),
        closes=time(22),
        cap=cap,
        cap_span=SPAN,
        label="free",
        opt_out="free",
        needs_consent=False,
        keeps_opt_outs=keeps,
        do_not_call_days=days,
        most_parts=3,
        approvals=1,
        needs_reason=False,
    )


@settings(deadline=None, max_examples=60)
@given(people=_PEOPLE, keeps=st.booleans(), days=st.sampled_from((0, 30)), cap=st.integers(0, 4))
def test_the_statements_judge_each_person_as_the_pure_guard(
    book: Book,
    people: list[tuple[bool, bool, list[int]]],
    keeps: bool,  # noqa: FBT001 - hypothesis gives it by name
    days: int,
    cap: int,
) -> None:
    rules = _rules(keeps=keeps, days=days, cap=cap)
    with book.write() as connection:
        _lay_out(connection, people)
        bulk_layout.apply_guards(connection, (recipient.c.delivery_id == 1, IS_DUE), rules, NOW)
        columns = (recipient.c.state, recipient.c.next_try, recipient.c.code)
        found = connection.execute(sa.select(*columns).order_by(recipient.c.seq)).all()
    for (opted_out, registered, minutes), (state, next_try, code) in zip(people, found, strict=True):
        recent = sorted(NOW - timedelta(minutes=each) for each in minutes)
        verdict = judge_person(Known(opted_out, registered, recent), rules, NOW)
        expected = {
            "allow": (State.DUE, NOW, ""),
            "hold": (State.DUE, verdict.until, verdict.code),
            "drop": (State.CANCELLED, None, verdict.code),
        }
        assert (state, next_try, code) == expected[verdict.kind]


def _lay_out(connection: store.Connection, people: list[tuple[bool, bool, list[int]]]) -> None:
    for table in (recipient, contact, suppression):
        connection.execute(sa.delete(table))
    for seq, (opted_out, registered, minutes) in enumerate(people, start=1):
        mark = seq.to_bytes(16, "big")
        row = {"delivery_id": 1, "seq": seq, "mark": mark, "sealed": b"x", "state": State.DUE, "next_try": NOW}
        connection.execute(sa.insert(recipient).values(row))
        for kind, named in (("opt_out", opted_out), ("do_not_call", registered)):
            if named:
                connection.execute(sa.insert(suppression).values(mark=mark, kind=kind, at=NOW, source="t"))
        for each in minutes:
            past = {"mark": mark, "at": NOW - timedelta(minutes=each), "delivery_id": 1}
            connection.execute(sa.insert(contact).values(past))


@given(st.integers(0, 20_000), st.integers(1, 5000), st.integers(1, 30), st.integers(1, 64))
def test_calls_are_cut_whole_within_the_gateways_limits(count: int, most: int, least: int, calls: int) -> None:
    least = min(least, most)
    cut = sizes(count, most, least, calls)
    assert sum(cut) <= count
    assert len(cut) <= calls
    assert all(0 < size <= most for size in cut)
    if count >= 2 * least and most >= 2 * least:
        assert all(size >= least for size in cut)
        left = count - sum(cut)
        assert left == 0 or left >= least
