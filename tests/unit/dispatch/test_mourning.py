"""Days of national mourning: what falls on them is held, never drops, and goes on only by a named person's word."""

from datetime import date, timedelta

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import APPROVE, Selection, decide, plan, settle
from loa.dispatch.audit import doer
from loa.dispatch.halting import go_on, halt
from loa.dispatch.mourning import held_back, hold_back, mourn, release
from loa.errors import ApprovalError, LoaError

from .conftest import FIRST_SLOT, Stage

DAYS = (date(2027, 3, 1), date(2027, 3, 2))
AFTER = FIRST_SLOT + timedelta(days=2)  # 08:00 on 3 March
NOBODY = doer(None, "")


def _mourn(stage: Stage) -> int:
    return mourn(stage.desk, NOBODY, "Lễ Quốc tang", *DAYS)


def test_nothing_of_the_days_goes_out_then_or_later_and_only_what_a_person_chose_is_released(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", "then: ask", "then: drop")
    stage.open()
    stage.make_ready()
    assert _mourn(stage) == 3
    for hours in (0, 1, 3, 25, 47):
        stage.go_to(FIRST_SLOT + timedelta(hours=hours))
    assert stage.effects() == []
    stage.go_to(AFTER)
    assert [each.kind for each in stage.effects()] == ["photo_post"]  # of the day after
    stage.go_to(AFTER + timedelta(days=5))
    assert {view.code for view in stage.views() if view.item_id != "tin-ba"} == {"E290"}
    chosen = next(row for row in held_back(stage.desk) if row.account_id == "fb-xa")
    with pytest.raises(ApprovalError, match="E501"):
        release(stage.desk, "Người lạ", (chosen.key,))
    release(stage.desk, "lan", (str(chosen.id),))
    stage.go_to(stage.clock.now() + timedelta(minutes=1))
    assert [each.account for each in stage.effects("post")] == ["1002"]
    stage.go_to(stage.clock.now() + timedelta(days=30))
    assert sorted(row.account_id for row in held_back(stage.desk)) == ["fb-tinh", "sms-tinh"]


def test_a_general_stop_over_the_days_drops_nothing_of_them(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", "then: ask", "then: drop")
    stage.open()
    stage.make_ready()
    halt(stage.desk, NOBODY)
    stage.go_to(FIRST_SLOT - timedelta(minutes=1))
    _mourn(stage)
    stage.go_to(FIRST_SLOT + timedelta(days=1, hours=12))
    go_on(stage.desk, NOBODY)
    stage.go_to(stage.clock.now() + timedelta(minutes=1))
    assert stage.effects() == []
    assert len(held_back(stage.desk)) == 3


def test_what_comes_into_the_plan_on_the_days_and_what_waits_for_approval_is_held_too(stage: Stage) -> None:
    assert _mourn(stage) == 0  # nothing is planned yet
    plan(stage.desk)
    assert hold_back(stage.desk) == 3
    stage.go_to(FIRST_SLOT + timedelta(days=3))
    release(stage.desk, "lan", ("all",))
    assert stage.states("tin-mot") == dict.fromkeys(("fb-tinh", "fb-xa"), State.AWAITING)
    decide(stage.desk, Selection(item="tin-mot"), "Nguyễn Thị Lan", APPROVE)
    stage.go_to(stage.clock.now() + timedelta(minutes=1))
    assert sorted(each.account for each in stage.effects("post")) == ["1001", "1002"]


def test_what_is_released_before_its_hour_goes_out_at_its_hour(stage: Stage) -> None:
    stage.make_ready()
    _mourn(stage)
    release(stage.desk, "lan", ("all",))
    plan(stage.desk)
    stage.go_to(FIRST_SLOT - timedelta(minutes=1))
    assert stage.effects() == []
    stage.go_to(FIRST_SLOT + timedelta(seconds=1))
    assert sorted(each.account for each in stage.effects("post")) == ["1001", "1002"]


def test_a_decision_at_the_desk_lets_a_held_post_go_too(stage: Stage) -> None:
    stage.make_ready()
    _mourn(stage)
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    settle(stage.desk, Selection(item="tin-mot"), "lan", "again")
    stage.go_to(stage.clock.now() + timedelta(minutes=1))
    assert sorted(each.account for each in stage.effects("post")) == ["1001", "1002"]


def test_days_that_end_before_they_begin_and_a_stop_without_a_reason_are_refused(stage: Stage) -> None:
    with pytest.raises(LoaError, match="E291"):
        mourn(stage.desk, NOBODY, "Lễ Quốc tang", DAYS[1], DAYS[0])
    with pytest.raises(LoaError, match="E292"):
        mourn(stage.desk, NOBODY, " ", *DAYS)
