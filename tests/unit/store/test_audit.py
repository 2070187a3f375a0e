"""The audit log: every row seals the one before it, also where many write at once, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.books import raw
from support.postgres import fresh_database

from loa.store import Book, open_book
from loa.store.audit import Deed, Wanted, add_deeds, audit_choices, audit_page, verify_audit

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def deed(number: int = 0, **changes: object) -> Deed:
    values = {
        "at": NOON + timedelta(minutes=number),
        "person_id": "lan",
        "person_name": "Nguyễn Thị Lan",
        "deed": "approve",
        "target": f"chien-dich/tin-{number}/facebook/fb-tinh",
        "content_hash": "ab" * 32,
        "origin": "127.0.0.1",
        "words": {"note": "Đồng ý"},
    }
    return Deed(**values | changes)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "sqlite":
        return tmp_path / "book.sqlite"
    return fresh_database(request.getfixturevalue("server"))


@pytest.fixture
def book(place: Path | str) -> Iterator[Book]:
    made = open_book(place)
    yield made
    made.close()


def write(book: Book, *deeds: Deed) -> None:
    with book.write() as connection:
        add_deeds(connection, list(deeds))


def faults(book: Book) -> list[str]:
    with book.read() as connection:
        return [each.params["place"] for each in verify_audit(connection)]


def test_what_was_done_is_told_newest_first_and_page_by_page(book: Book) -> None:
    write(book, *(deed(number) for number in range(5)))
    with book.read() as connection:
        first = audit_page(connection, Wanted(), most=3)
        second = audit_page(connection, Wanted(), before=first[-1].id, most=3)

    assert [each.at for each in (*first, *second)] == [deed(number).at for number in (4, 3, 2, 1, 0)]
    assert first[0].words == {"note": "Đồng ý"}


def test_the_log_is_filtered_by_person_deed_campaign_and_time(book: Book) -> None:
    write(
        book,
        deed(0),
        deed(1, person_id="binh", person_name="Trần Văn Bình"),
        deed(2, deed="return"),
        deed(3, target="chien-dich-hai/tin/facebook/fb"),
        deed(4, target="chien-dich"),
        deed(5, target="chien_dich/x"),
    )
    with book.read() as connection:

        def minutes(**wanted: object) -> list[int]:
            return [(each.at - NOON).seconds // 60 for each in audit_page(connection, Wanted(**wanted))]

        assert minutes(person_id="binh") == [1]
        assert minutes(deed="return") == [2]
        assert minutes(campaign="chien-dich") == [4, 2, 1, 0]
        assert minutes(campaign="chien_dich") == [5], "an underscore is no joker"
        assert minutes(since=NOON + timedelta(minutes=4)) == [5, 4]
        assert minutes(until=NOON + timedelta(minutes=1)) == [0]
        assert audit_choices(connection) == (
            {"lan": "Nguyễn Thị Lan", "binh": "Trần Văn Bình"},
            ["approve", "return"],
        )


def test_a_whole_chain_is_sound_and_an_empty_one_too(book: Book) -> None:
    assert faults(book) == []
    write(book, deed(0), deed(1))
    write(book, deed(2))
    assert faults(book) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET person_name = 'Ai Đó' WHERE id = 2", "audit 2"),
        ("UPDATE audit SET words = '{}' WHERE id = 1", "audit 1"),
        ("UPDATE audit SET at = at + 1 WHERE id = 3", "audit 3"),
        ("DELETE FROM audit WHERE id = 2", "audit 3"),
        ("DELETE FROM audit WHERE id = 1", "audit 2"),
        ("DELETE FROM audit WHERE id = 3", "audit"),
        ("DELETE FROM audit", "audit"),
    ],
)
def test_a_row_that_was_changed_or_taken_out_is_seen(book: Book, place: Path | str, statement: str, told: str) -> None:
    write(book, deed(0), deed(1), deed(2))
    with raw(place) as connection:
        connection.execute(statement)

    assert faults(book) == [told]


def test_many_who_write_at_once_leave_one_chain(book: Book) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(book, deed(number), deed(number + 100)), range(40)))

    assert faults(book) == []
    with book.read() as connection:
        assert len(audit_page(connection, Wanted(), most=100)) == 80


def test_what_is_undone_leaves_no_row(book: Book) -> None:
    write(book, deed(0))

    def in_vain() -> None:
        with book.write() as connection:
            add_deeds(connection, [deed(1)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        in_vain()

    write(book, deed(2))
    assert faults(book) == []
