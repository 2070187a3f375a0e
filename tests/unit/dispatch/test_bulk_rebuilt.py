"""A book that is lost in the midst of a message to many, and made anew from its journal: nobody gets it twice."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, e164, listed, make_crowd

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Bulk, State
from loa.dispatch import reasons
from loa.dispatch.restoring import Place, restore_from_journal
from loa.store import Book, open_book
from loa.store.soundness import examine

PEOPLE = 23
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIVES = Bulk(most=5)


class _Death(BaseException):
    """Not an Exception: no door may catch it."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_crowd(tmp_path_factory.mktemp("rebuilt") / "office", PEOPLE, pace="20")
    crowd = Crowd(root, SimulatedClock(SLOT - DAY), FIVES)
    crowd.make_ready()
    crowd.close()
    return root


def _begun(office: Path, folder: Path, commits: int, read_back: str, patch: pytest.MonkeyPatch) -> tuple[Crowd, bool]:
    """The scheduler dies before its n-th commit: what left since the one before is on the wire. Whether it died."""
    root = folder / f"office-{commits}"
    shutil.copytree(office, root)
    crowd = Crowd(root, SimulatedClock(SLOT - DAY), FIVES, {"read_back": read_back})
    left, write = [commits], Book.write

    @contextmanager
    def mortal(book: Book) -> Iterator[Any]:
        left[0] -= 1
        with write(book) as connection:
            yield connection
            if not left[0]:
                raise _Death

    with patch.context() as patched, suppress(_Death):
        patched.setattr(Book, "write", mortal)
        crowd.go_to(SLOT)
        crowd.run(SLOT + DAY)
    crowd.close()
    return crowd, left[0] <= 0


def _lost_and_rebuilt(crowd: Crowd) -> None:
    var = crowd.root / "var"
    for path in var.glob("book.sqlite*"):
        path.unlink()
    place = Place(crowd.root, var / "book.sqlite", var / "journal", crowd.desk.cards, crowd.clock.now)
    restore_from_journal(place)
    book = open_book(var / "book.sqlite")
    assert examine(book) == ()
    book.close()


def _by_key(crowd: Crowd) -> list[str]:
    """Who got it, once for each key: a gateway that remembers keys sends a repeated call once."""
    return [number for numbers in {b.key: b.numbers for _, b in crowd.gateway.calls}.values() for number in numbers]


@pytest.mark.parametrize("read_back", ["key", "none"])
def test_wherever_it_died_the_rest_gets_it_once_the_very_same_list_is_there(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_back: str
) -> None:
    begun = 0
    for commits in range(1, 60, 3):
        crowd, died = _begun(office, tmp_path, commits, read_back, monkeypatch)
        if not died:
            break
        begun += 0 < len(crowd.gateway.calls) < 5
        _lost_and_rebuilt(crowd)
        crowd.open()  # the list is a file of the office: the plan brings it in by itself
        crowd.go_to(max(crowd.clock.now() + MINUTE, SLOT))
        crowd.run(SLOT + DAY)
        crowd.go_to(crowd.clock.now() + MINUTE)
        counts = dict(crowd.view().counts)
        doubtful = counts.pop(State.HUMAN, 0)
        got = _by_key(crowd)
        assert len(got) == len(set(got)), commits
        assert counts == {State.DONE: PEOPLE - doubtful}, (commits, counts, crowd.view().reason)
        assert doubtful == 0 or read_back == "none"
        assert doubtful or set(got) == {e164(number) for number in range(1, PEOPLE + 1)}
        crowd.close()
    assert begun, "it died in the midst of no message"


def test_another_file_of_the_same_people_is_not_taken_for_the_first(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = 0
    for commits in range(8, 60):
        crowd, _ = _begun(office, tmp_path, commits, "none", monkeypatch)
        if before := len(crowd.gateway.calls):
            break
    assert 0 < before < 5
    path = crowd.root / "content/recipients/dan.csv"
    head, *rows = listed(range(1, PEOPLE + 1)).splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    _lost_and_rebuilt(crowd)
    crowd.open()
    crowd.go_to(crowd.clock.now() + MINUTE)
    crowd.run(SLOT + DAY)
    assert len(crowd.gateway.calls) == before, "their places are others: nobody knows who has it"
    with crowd.desk.book.read() as connection:
        [row] = store.deliveries(connection)
    assert (row.state, row.reason) == (State.HELD, reasons.LIST_GONE)
    crowd.close()


def test_a_number_that_is_not_the_one_of_its_mark_is_never_sent_to(office: Path, tmp_path: Path) -> None:
    root = tmp_path / "office"
    shutil.copytree(office, root)
    crowd = Crowd(root, SimulatedClock(SLOT - DAY), FIVES)
    crowd.go_to(SLOT - MINUTE)
    with crowd.desk.book.write() as connection:
        connection.exec_driver_sql("UPDATE person SET sealed = (SELECT sealed FROM person WHERE seq = 2) WHERE seq = 1")
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert crowd.gateway.calls == []
    crowd.close()
