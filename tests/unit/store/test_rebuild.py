"""Whatever was done to posts and calls, a book made anew from its journal knows of each what the lost one knew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.store import Approval, Book, NewSending, Plan, SendingRow, Vault, tables, windows
from loa.store.backup import copy_to
from loa.store.fates import opt_in, opt_out
from loa.store.journal_file import JournalFile
from loa.store.journal_words import ranges, spans
from loa.store.ledger import opener, read_ledger
from loa.store.past import tell_past
from loa.store.rebuild import rebuild
from loa.store.soundness import examine
from loa.store.soundness_journal import catch_up, compare, examine_tail
from loa.store.windows import Ended

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
POSTS = 3
VAULT = Vault(b"k" * 32)
KEYS = [f"c/i-{number}/1/u/facebook/a-{number}" for number in range(POSTS)]
ANSWERS: dict[str, dict[str, Any]] = {
    "done": {"state": State.DONE, "platform_id": "p1", "url": "https://x.vn/1", "done_at": NOW, "next_try": None},
    "later": {"state": State.RETRY_LATER, "next_try": NOW, "code": "E601", "detail": "bận"},
    "refused": {"state": State.REFUSED, "next_try": None, "code": "E602", "detail": "không nhận"},
    "unknown": {"state": State.UNKNOWN, "next_try": NOW + timedelta(minutes=3), "hint": {"a": "b"}, "look_ups": 0},
    "pending": {"state": State.PENDING, "platform_id": "p2", "next_try": NOW + timedelta(minutes=1)},
}
MOVES: dict[str, dict[str, Any]] = {
    "found": {"state": State.DONE, "platform_id": "p3", "done_at": NOW, "next_try": None},
    "absent": {"state": State.DUE, "next_try": NOW, "code": "E536"},
    "riddle": {"state": State.HUMAN, "next_try": None, "code": "E539"},
}


def opened(folder: Path) -> Book:
    return store.open_book(
        folder / "book.sqlite", JournalFile(folder / "journal", "may", SimulatedClock(NOW), VAULT.seal)
    )


def lay_out(book: Book) -> None:
    """Posts that are approved and due."""
    store.keep_for(book, "real")
    with book.write() as connection:
        for number, key in enumerate(KEYS):
            package = f'{{"text":"tin {number}"}}'
            hash_ = sha256(package.encode()).hexdigest()
            fields = (key, "c", f"i-{number}", "u", "facebook", f"a-{number}", NOW, NOW + timedelta(hours=2), "ask")
            store.save_plan(
                connection, [Plan(*fields, State.AWAITING, hash_, package, labels={"author": "B"})], [], NOW
            )
        for row in store.deliveries(connection):
            store.record_decision(connection, Approval(row.key, row.content_hash, "lan", "Lan", "approve", NOW), row.id)
            store.move_delivery(connection, row, State.APPROVED, at=NOW, actor="Lan")
        for row in store.deliveries(connection):
            store.add_sendings(connection, [NewSending(row.id, 0, f"{row.key}#0", row.account_id, NOW)])
            store.move_delivery(connection, row, State.DUE, at=NOW)


def post(connection: store.Connection, number: int) -> SendingRow:
    return next(row for row in store.sendings(connection) if row.idem == f"{KEYS[number]}#0")


def act(book: Book, number: int, what: str) -> None:
    """Do one thing to one post, where its state allows it."""
    with book.write() as connection:
        row = post(connection, number)
        if what == "claim":
            ripe = windows.ripe(connection, row.account_id, NOW, 64)
            windows.claim(connection, [each for each in ripe if each.sending.id == row.id], owner="w", now=NOW)
        elif what in ANSWERS and row.state == State.SENDING:
            ended = Ended(replace(row, attempt=row.attempt - 1), ANSWERS[what])
            windows.record(connection, [ended], owner="w", now=NOW)
        elif what in MOVES and row.state in (State.UNKNOWN, State.PENDING):
            store.move_sending(connection, row, MOVES[what], at=NOW, cause="reconcile")
        elif what == "retry" and row.state == State.REFUSED:
            store.move_sending(connection, row, MOVES["absent"], at=NOW, actor="Lan", cause="retry")


def known(book: Book) -> list[tuple[Any, ...]]:
    with book.read() as connection:
        columns = ("idem", "state", "attempt", "platform_id", "url", "code", "hint", "next_try", "done_at", "sent_at")
        table = tables.sending
        return [
            tuple(row) for row in connection.execute(sa.select(*[table.c[name] for name in columns]).order_by("idem"))
        ]


def journal_sizes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in (folder / "journal").rglob("*") if path.is_file()}


def cut_back(folder: Path, sizes: dict[Path, int]) -> None:
    """As if the process had been killed, or the power had gone, before the last lines were on the disk."""
    for path, size in sizes.items():
        with path.open("r+b") as file:
            file.truncate(size)


def test_a_post_that_was_found_just_before_a_kill_stays_found_and_the_journal_hears_of_it(tmp_path: Path) -> None:
    book = opened(tmp_path)
    lay_out(book)
    with book.read() as connection:
        delivery_id = post(connection, 0).delivery_id
    for what in ("claim", "unknown"):
        act(book, 0, what)
    with book.write() as connection:
        row = store.delivery_by_id(connection, delivery_id)
        store.move_delivery(connection, row, State.UNKNOWN, at=NOW, reason="E537")
    before = journal_sizes(tmp_path)
    act(book, 0, "found")
    with book.write() as connection:
        row = store.delivery_by_id(connection, delivery_id)
        store.move_delivery(connection, row, State.DONE, at=NOW)
    book.close()
    cut_back(tmp_path, before)

    restored = rebuilt(tmp_path, "book.sqlite")
    with restored.read() as connection:
        assert store.delivery_by_id(connection, delivery_id).state == State.DONE
        assert post(connection, 0).state == State.DONE
    restored.close()

    again = opened(tmp_path)
    assert catch_up(again, tmp_path / "journal") == 1
    assert catch_up(again, tmp_path / "journal") == 0, "it is told once"
    again.close()
    anew = rebuilt(tmp_path)
    with anew.read() as connection:
        assert post(connection, 0).state == State.DONE
    anew.close()


STEPS = st.lists(
    st.tuples(st.integers(0, POSTS - 1), st.sampled_from(["claim", *ANSWERS, *MOVES, "retry"])), max_size=25
)


def rebuilt(folder: Path, name: str = "anew.sqlite") -> Book:
    book = store.open_book(folder / name)
    rebuild(book, read_ledger(folder / "journal", opener(VAULT)).ledger, lambda _: timedelta(minutes=2), NOW)
    return book


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_a_rebuilt_book_knows_every_post_that_was_ever_about_to_leave(steps: list[tuple[int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        book = opened(folder)
        lay_out(book)
        for number, what in steps:
            act(book, number, what)
        lost = [row for row in known(book) if row[2]]
        anew = rebuilt(folder)
        for before, after in zip(lost, known(anew), strict=True):
            if before[1] == State.SENDING:
                assert (after[0], after[1], after[2]) == (before[0], State.UNKNOWN, before[2])
                assert after[7] >= NOW + timedelta(minutes=2), "not before a late request can be taken any more"
            else:
                assert after == before
        assert examine(anew) == ()
        assert not list(compare(anew, read_ledger(folder / "journal", opener(VAULT)).ledger))
        assert examine_tail(anew, folder / "journal") == ()
        with anew.read() as connection:
            assert {key: len(found) for key, found in store.approvals_of(connection).items()} == dict.fromkeys(KEYS, 1)
        book.close()
        anew.close()


@settings(max_examples=40, deadline=None)
@given(STEPS, STEPS)
def test_a_copy_from_any_moment_is_brought_up_to_the_last(
    before: list[tuple[int, str]], after: list[tuple[int, str]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        book = opened(folder)
        lay_out(book)
        for number, what in before:
            act(book, number, what)
        copy_to(book, folder / "old.sqlite")
        for number, what in after:
            act(book, number, what)
        old = rebuilt(folder, "old.sqlite")
        for one, other in zip(known(book), known(old), strict=True):
            if one[1] == State.SENDING:
                assert other[1:3] in ((State.UNKNOWN, one[2]), (State.SENDING, one[2]))
            else:
                assert other == one
        assert examine_tail(old, folder / "journal") == ()
        once = known(old)
        rebuilt(folder, "old.sqlite").close()
        assert known(old) == once, "a second time changes nothing"
        book.close()
        old.close()


@settings(max_examples=15, deadline=None)
@given(STEPS, STEPS)
def test_what_a_book_did_before_it_had_a_journal_is_told_to_it_once(
    before: list[tuple[int, str]], after: list[tuple[int, str]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone = store.open_book(folder / "book.sqlite")
        lay_out(alone)
        for number, what in before:
            act(alone, number, what)
        with alone.write() as connection:
            opt_out(connection, VAULT.mark_bytes("+84900000001"), NOW, "reply")
            held = next(row for row in store.deliveries(connection) if row.key == KEYS[0])
            store.move_delivery(connection, held, State.HELD, at=NOW, reason="E518")
        alone.close()
        book, journal = opened(folder), folder / "journal"
        assert tell_past(book, journal, opener(VAULT))
        size = sum(path.stat().st_size for path in journal.glob("*.jsonl"))
        assert tell_past(book, journal, opener(VAULT)) == 0
        assert size == sum(path.stat().st_size for path in journal.glob("*.jsonl"))
        assert not list(compare(book, read_ledger(journal, opener(VAULT)).ledger))
        for number, what in after:
            act(book, number, what)
        anew = rebuilt(folder)
        with book.read() as lost, anew.read() as found:
            left = [row for row in store.sendings(lost) if row.attempt]
            there = {row.idem: row for row in store.sendings(found)}
            assert {row.idem for row in left} <= set(there)
            for row in left:
                state = State.UNKNOWN if row.state == State.SENDING else row.state
                assert (there[row.idem].state, there[row.idem].attempt) == (state, row.attempt)
            assert store.suppressed(found) == store.suppressed(lost)
            assert {row.key for row in store.deliveries(found)} == set(KEYS)
            assert set(store.approvals_of(found)) == set(KEYS)
        book.close()
        anew.close()


@given(st.sets(st.integers(1, 400)))
def test_places_are_written_short_and_read_back(places: set[int]) -> None:
    assert {each for first, last in spans(ranges(places)) for each in range(first, last + 1)} == places


def test_who_refused_is_left_alone_by_a_rebuilt_book_and_stands_in_no_file(tmp_path: Path) -> None:
    book = opened(tmp_path)
    lay_out(book)
    marks = [VAULT.mark_bytes(f"+8490000000{number}") for number in range(3)]
    with book.write() as connection:
        for mark in marks:
            opt_out(connection, mark, NOW, "reply")
        opt_in(connection, marks[2])
        store.suppress(connection, marks[:1], store.FORGOTTEN, NOW, "forget")
    written = b"".join(path.read_bytes() for path in (tmp_path / "journal").iterdir())
    assert not any(mark in written or mark.hex().encode() in written for mark in marks)
    anew = rebuilt(tmp_path)
    with anew.read() as connection:
        assert store.suppressed(connection) == {"forgotten": 1, "opt_out": 2}


def test_a_stop_a_hold_and_a_late_release_come_back(tmp_path: Path) -> None:
    book = opened(tmp_path)
    lay_out(book)
    act(book, 0, "claim")
    act(book, 0, "done")
    with book.write() as connection:
        first, second, third = store.deliveries(connection)
        store.move_delivery(connection, first, State.DONE, at=NOW, reason="E555", params={"by": "Lan"}, actor="Lan")
        store.move_delivery(connection, second, State.HELD, at=NOW, reason="E518")
        store.move_delivery(connection, third, State.CANCELLED, at=NOW, actor="Lan", reason="E542")
    store.set_stop(book, store.Stop(NOW, "Lan", "xem lại"), "Lan", NOW)
    anew = rebuilt(tmp_path)
    with anew.read() as connection:
        found = [(row.state, row.reason) for row in store.deliveries(connection)]
        assert store.stop_of(connection) is not None
    assert found == [(State.DONE, "E555"), (State.HELD, "E518"), (State.CANCELLED, "E542")]
