"""A person moves a slot: the campaign's file says so, the plan follows, the approval is gone; or nothing is written."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch.rescheduling import Moved, Wish, reschedule
from loa.errors import LoaError

from .conftest import FIRST_SLOT, Stage

Move = Callable[..., Moved]
ITEM = "tin-mot"


def file_of(stage: Stage) -> Path:
    return stage.root / "campaigns/thu-nghiem.yaml"


@pytest.fixture
def move(stage: Stage) -> Move:
    """``move("2027-03-05 09:30")``: the first item, as somebody who has just read its file."""

    def now(to: str, item: str = ITEM, occurrence: date = date(2027, 3, 1), digest: str = "") -> Moved:
        local = datetime.fromisoformat(to).replace(tzinfo=stage.desk.workspace.zone)
        seen = digest or hashlib.sha256(file_of(stage).read_bytes()).hexdigest()
        return reschedule(stage.desk, Wish("thu-nghiem", item, occurrence, local, seen))

    return now


def refused(stage: Stage, move: Move, code: str, *args: object, **named: object) -> None:
    before = file_of(stage).read_bytes()
    with pytest.raises(LoaError) as caught:
        move(*args, **named)
    assert caught.value.code == code
    assert file_of(stage).read_bytes() == before, "the file is as it was"
    assert [each.name for each in file_of(stage).parent.iterdir()] == [file_of(stage).name]


def test_an_approved_slot_goes_to_its_new_day_keeps_its_deliveries_and_waits_for_approval(
    stage: Stage, move: Move
) -> None:
    stage.make_ready()
    before = {view.id: view.key for view in stage.views(ITEM)}
    others = {view.id: (view.due, view.state) for view in stage.views() if view.item_id != ITEM}

    moved = move("2027-03-05 09:30")

    assert (moved.before, moved.after, moved.dropped) == (FIRST_SLOT, FIRST_SLOT + timedelta(days=4, hours=1.5), 2)
    assert {view.id: view.key for view in stage.views(ITEM)} == before
    assert {view.due for view in stage.views(ITEM)} == {moved.after}
    assert {view.state for view in stage.views(ITEM)} == {State.AWAITING}
    assert {view.code for view in stage.views(ITEM)} == {"E511"}, "tells that it changed after its approval"
    assert {view.id: (view.due, view.state) for view in stage.views() if view.item_id != ITEM} == others
    written = 'when: {date: 2027-03-01, at: "08:00", move: {2027-03-01: "2027-03-05 09:30"}}'
    assert written in file_of(stage).read_text(encoding="utf-8")
    assert moved.place == "campaigns/thu-nghiem.yaml:15"


def test_another_hour_of_the_same_day_is_the_hour_of_the_item(stage: Stage, move: Move) -> None:
    stage.make_ready()

    move("2027-03-01 10:00")

    assert 'when: {date: 2027-03-01, at: "10:00"}' in file_of(stage).read_text(encoding="utf-8")


def test_a_single_date_that_no_book_knows_is_simply_another_date(stage: Stage, move: Move) -> None:
    replace_in(file_of(stage), 'when: {date: 2027-03-01, at: "08:00"}', 'when: {date: 2027-11-01, at: "08:00"}')
    stage.make_ready()

    move("2027-11-08 09:00", occurrence=date(2027, 11, 1))

    assert 'when: {date: 2027-11-08, at: "09:00"}' in file_of(stage).read_text(encoding="utf-8")


def test_a_slot_is_moved_again_and_back(stage: Stage, move: Move) -> None:
    stage.make_ready()
    move("2027-03-05 09:30")
    move("2027-03-06 10:00")
    assert {view.due for view in stage.views(ITEM)} == {FIRST_SLOT + timedelta(days=5, hours=2)}
    move("2027-03-01 08:00")

    assert {view.due for view in stage.views(ITEM)} == {FIRST_SLOT}
    assert file_of(stage).read_text(encoding="utf-8").count("move:") == 1


def test_a_near_neighbour_is_told(stage: Stage, move: Move) -> None:
    stage.make_ready()

    assert [problem.code for problem in move("2027-03-03 08:05").warnings] == ["E317"]


def test_no_slot_is_moved_where_it_cannot_be(stage: Stage, move: Move) -> None:
    stage.make_ready()

    refused(stage, move, "E828", "2027-02-20 09:00")
    refused(stage, move, "E830", "2027-03-05 22:00")
    refused(stage, move, "E830", "2027-03-05 06:59")
    refused(stage, move, "E831", "2028-06-01 09:00")
    refused(stage, move, "E827", "2027-03-05 09:00", digest="0" * 64)
    refused(stage, move, "E826", "2027-03-05 09:00", occurrence=date(2027, 3, 9))
    refused(stage, move, "E826", "2027-03-05 09:00", item="tin-khac")


def test_what_is_out_stays_where_it_was(stage: Stage, move: Move) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    stage.settle(0)

    refused(stage, move, "E829", "2027-03-05 09:00")


def test_nothing_is_written_where_the_plan_would_have_an_error(stage: Stage, move: Move) -> None:
    stage.make_ready()
    text = file_of(stage).read_text(encoding="utf-8")
    replace_in(file_of(stage), 'when: {date: 2027-03-02, at: "09:00"}', 'when: {date: 2027-03-05, at: "22:30"}')

    refused(stage, move, "E832", "2027-03-05 09:00")

    file_of(stage).write_text(text, encoding="utf-8")
    assert move("2027-03-05 09:00").dropped == 2
