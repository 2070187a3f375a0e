import unicodedata
from datetime import timedelta

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import APPROVE, RETURN, Selection, decide, plan
from loa.errors import ApprovalError

from .conftest import FIRST_SLOT, Stage


def test_nothing_goes_out_without_an_approval_and_the_miss_is_visible(stage: Stage) -> None:
    plan(stage.desk)
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    assert stage.effects() == []
    assert set(stage.states("tin-mot").values()) == {State.MISSED}
    assert all("chưa được duyệt" in view.reason for view in stage.views("tin-mot"))


def test_a_stranger_may_not_approve(stage: Stage) -> None:
    plan(stage.desk)
    with pytest.raises(ApprovalError) as refusal:
        decide(stage.desk, Selection(), "Người Lạ", APPROVE)
    assert refusal.value.code == "E501"


def test_the_author_alone_is_not_enough(stage: Stage) -> None:
    plan(stage.desk)
    decide(stage.desk, Selection(item="tin-mot"), "Trần Văn Bình", APPROVE)
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
    decide(stage.desk, Selection(item="tin-mot"), "Nguyễn Thị Lan", APPROVE)
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_the_author_alone_is_enough_where_the_policy_says_so(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", 'approvals: "1"', "author_may_approve_alone: có")
    stage.open()
    plan(stage.desk)
    decide(stage.desk, Selection(item="tin-mot"), "binh", APPROVE)
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_two_approvals_are_two_people(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    stage.open()
    plan(stage.desk)
    for _ in range(2):
        decide(stage.desk, Selection(item="tin-mot"), "lan", APPROVE)
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
    decide(stage.desk, Selection(item="tin-mot"), "binh", APPROVE)
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_a_return_takes_the_approval_back_and_shows_its_reason(stage: Stage) -> None:
    plan(stage.desk)
    decide(stage.desk, Selection(item="tin-mot"), "lan", APPROVE)
    decide(stage.desk, Selection(item="tin-mot"), "lan", RETURN, "Sai số điện thoại")
    assert set(stage.states("tin-mot").values()) == {State.AWAITING}
    assert all("Sai số điện thoại" in view.reason for view in stage.views("tin-mot"))
    stage.go_to(FIRST_SLOT)
    assert stage.effects("post") == []


def test_a_return_without_a_reason_is_refused(stage: Stage) -> None:
    plan(stage.desk)
    with pytest.raises(ApprovalError) as refusal:
        decide(stage.desk, Selection(), "lan", RETURN)
    assert refusal.value.code == "E503"


def test_content_that_comes_back_to_the_approved_bytes_is_approved_again(stage: Stage) -> None:
    stage.make_ready()
    content = stage.root / "content/tin-mot.md"
    before = content.read_text(encoding="utf-8")
    replace_in(content, "bà con", "mọi người")
    plan(stage.desk)
    assert State.APPROVED not in stage.states("tin-mot").values()
    content.write_text(before, encoding="utf-8")
    plan(stage.desk)
    assert set(stage.states("tin-mot").values()) == {State.APPROVED}


def test_a_name_that_a_keyboard_wrote_in_pieces_is_the_same_name(stage: Stage) -> None:
    plan(stage.desk)
    assert decide(stage.desk, Selection(), unicodedata.normalize("NFD", "Nguyễn Thị Lan"), APPROVE)
