"""The whole plan is looked at in a process of its own: what is wrong comes back as it is, and nothing stays behind."""

import multiprocessing
import os
import pickle
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from support.office import make_office, replace_in

from loa.errors import ApprovalError, LoaError, Place, Problem, ProblemsFound, StoreError
from loa.preview import Planning
from loa.store import deliveries, open_book
from loa.wiring.planning import plan_at
from loa.workspace import open_workspace


@pytest.mark.parametrize(
    "error",
    [
        LoaError("E801", port=8766, detail="Address already in use"),
        StoreError("E962", place="var/book.sqlite"),
        ApprovalError("E501", name="Nguyễn Văn Không"),
        ProblemsFound([Problem("E101", {"reason": "gone"}, Place("loa.yaml", 3, 4)), Problem("E106")]),
    ],
)
def test_an_error_is_the_same_in_another_process(error: LoaError) -> None:
    other = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes, as a pool of processes sends them
    assert type(other) is type(error)
    assert (other.code, other.params, other.problems()) == (error.code, error.params, error.problems())


def test_the_files_are_in_the_book_and_what_is_wrong_with_them_is_told_with_its_place(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    soon = datetime.now(UTC).date() + timedelta(days=2)
    replace_in(root / "campaigns/thu-nghiem.yaml", "from: 2027-01-01", f"from: {soon}")
    replace_in(root / "campaigns/thu-nghiem.yaml", "date: 2027-03-01", f"date: {soon}")
    plans = Planning(partial(plan_at, root))
    try:
        assert plans.bring_in() == ()
        replace_in(root / "campaigns/thu-nghiem.yaml", "content/tin-hai.md", "content/khong-co.md")
        (problem,) = plans.bring_in()
        assert problem.place
        assert (problem.place.file, problem.place.source_line.strip()) == (
            "campaigns/thu-nghiem.yaml",
            "content: [content/khong-co.md]",
        )
    finally:
        plans.end()
    book = open_book(open_workspace(root).book)
    with book.read() as connection:
        assert "tin-mot" in {row.item_id for row in deliveries(connection)}
    book.close()


def test_a_book_that_cannot_be_opened_is_no_fault_of_the_files(tmp_path: Path) -> None:
    root = make_office(tmp_path / "office")
    place = open_workspace(root).book
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"this is no book " * 1000)
    plans = Planning(partial(plan_at, root))
    try:
        with pytest.raises(StoreError) as refusal:
            plans.bring_in()
    finally:
        plans.end()
    assert refusal.value.code == "E961"


def test_a_process_that_the_system_ends_is_told_and_the_next_look_is_a_new_one(tmp_path: Path) -> None:
    plans = Planning(partial(_die_while, tmp_path / "short-of-memory"))
    (tmp_path / "short-of-memory").touch()
    try:
        assert [each.code for each in plans.bring_in()] == ["E845"]
        (tmp_path / "short-of-memory").unlink()
        assert plans.bring_in() == ()
    finally:
        plans.end()


def _die_while(sign: Path) -> None:
    if sign.exists():
        os._exit(9)


def test_the_end_breaks_off_a_look_that_is_going_on() -> None:
    plans = Planning(partial(time.sleep, 60))
    before = set(multiprocessing.active_children())
    started = _in_a_thread(plans)
    while not set(multiprocessing.active_children()) - before:
        time.sleep(0.02)
    plans.end()
    started.join(30)
    assert not started.is_alive()


def _in_a_thread(plans: Planning) -> threading.Thread:
    thread = threading.Thread(target=plans.bring_in)
    thread.start()
    return thread
