"""What is done to a post that is out: it is taken down or corrected, once, on a named person's word."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from support.office import replace_in

from loa import store
from loa.delivery import Done, Receipt, Refused, State
from loa.dispatch import (
    APPROVE,
    DeliveryView,
    Selection,
    Service,
    correct,
    decide,
    plan,
    render_plan,
    retry,
    take_down,
)
from loa.errors import ApprovalError, LoaError, ProblemsFound
from loa.sandbox import Fault
from loa.store import AccountPause, tables

from .conftest import FIRST_SLOT, Stage
from .puppet import play

LATER = FIRST_SLOT + timedelta(hours=1)


@pytest.fixture
def out(stage: Stage) -> Stage:
    """Both posts of the first item are out; it is an hour later."""
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    stage.go_to(LATER)
    return stage


def post(stage: Stage, account: str = "fb-xa") -> DeliveryView:
    found = [v for v in stage.views("tin-mot") if v.account_id == account and v.action == "publish"]
    return found[0]


def act(stage: Stage, action: str) -> DeliveryView:
    return next(view for view in reversed(stage.views("tin-mot")) if view.action == action)


def write(stage: Stage, text: str = "Lời đúng: gọi 1022.", name: str = "content/dinh-chinh.md") -> str:
    (stage.root / name).write_text(text, encoding="utf-8")
    return name


def test_a_post_is_taken_down_once_and_says_so(out: Stage) -> None:
    take_down(out.desk, str(post(out).id), "lan", "Sai số điện thoại")
    out.go_to(LATER + timedelta(seconds=1))
    out.settle()
    removed = out.effects("remove")
    assert [each.account for each in removed] == ["1002"]
    assert removed[0].extra["target"] == post(out).receipts[0].platform_id
    assert act(out, "remove").state == State.DONE
    assert post(out).state == State.DONE
    assert "Đã gỡ khỏi kênh (Nguyễn Thị Lan: Sai số điện thoại)" in post(out).reason
    assert post(out, "fb-tinh").reason == ""


def test_a_takedown_needs_one_named_person_whatever_the_policy_asks_for_posts(out: Stage) -> None:
    replace_in(out.root / "loa.yaml", 'approvals: "1"', 'approvals: "2"')
    out.open()
    with pytest.raises(ApprovalError) as refusal:
        take_down(out.desk, post(out).key, "Người Lạ", "Sai")
    assert refusal.value.code == "E501"
    take_down(out.desk, post(out).key, "binh", "Sai")  # the author of the post himself
    out.go_to(LATER + timedelta(seconds=1))
    out.settle()
    assert act(out, "remove").state == State.DONE
    assert [each.reviewer for each in act(out, "remove").approvals] == ["Trần Văn Bình"]


def test_a_takedown_without_a_reason_is_refused(out: Stage) -> None:
    with pytest.raises(ApprovalError) as refusal:
        take_down(out.desk, post(out).key, "lan", " ")
    assert refusal.value.code == "E562"


def test_the_night_does_not_hold_a_takedown_back(out: Stage) -> None:
    midnight = FIRST_SLOT + timedelta(hours=16)
    out.go_to(midnight)
    take_down(out.desk, post(out).key, "lan", "Sai")
    out.go_to(midnight + timedelta(seconds=1))
    assert len(out.effects("remove")) == 1


def test_a_broken_plan_keeps_posts_back_but_no_takedown(out: Stage) -> None:
    replace_in(out.root / "campaigns/thu-nghiem.yaml", "id: thu-nghiem", "id: [thu-nghiem")
    take_down(out.desk, post(out).key, "lan", "Sai")
    third = FIRST_SLOT + timedelta(days=2)
    out.clock.move_to(third)
    assert out.service.beat().blocked
    assert len(out.effects("remove")) == 1
    assert out.states("tin-ba") == {"fb-tinh": State.APPROVED}


def test_a_takedown_whose_answer_is_lost_is_looked_up_and_not_done_twice(out: Stage) -> None:
    out.sandbox.play([Fault(face="facebook", route="*", method="DELETE", kind="drop_after", nth=1)])
    take_down(out.desk, post(out).key, "lan", "Sai")
    out.go_to(LATER + timedelta(seconds=1))
    assert act(out, "remove").state == State.UNKNOWN
    out.settle()
    assert act(out, "remove").state == State.DONE
    assert len(out.effects("remove")) == 1


def test_the_plan_leaves_a_takedown_and_a_correction_alone(out: Stage) -> None:
    correct(out.desk, post(out).key, write(out), "Trần Văn Bình")
    take_down(out.desk, post(out, "fb-tinh").key, "lan", "Sai")
    plan(out.desk)
    assert act(out, "revise").state == State.AWAITING
    assert act(out, "remove").state == State.APPROVED


def test_nothing_is_taken_down_twice_nor_before_it_is_out(out: Stage) -> None:
    take_down(out.desk, post(out).key, "lan", "Sai")
    codes = []
    for name in (post(out).key, act(out, "remove").key, "khong-co", out.views("tin-ba")[0].key):
        with pytest.raises(LoaError) as refusal:
            take_down(out.desk, name, "lan", "Sai")
        codes.append(refusal.value.code)
    out.go_to(LATER + timedelta(seconds=1))
    out.settle()
    with pytest.raises(LoaError) as refusal:
        take_down(out.desk, post(out).key, "lan", "Sai")
    assert [*codes, refusal.value.code] == ["E560", "E553", "E553", "E553", "E564"]


def test_where_the_channel_has_no_way_a_person_does_it_and_it_is_recorded(out: Stage) -> None:
    cards = {**out.desk.cards, "facebook": replace(out.desk.cards["facebook"], actions=frozenset({"publish"}))}
    out.desk = replace(out.desk, cards=cards)
    with pytest.raises(LoaError) as refusal:
        take_down(out.desk, post(out).key, "lan", "Sai")
    assert refusal.value.code == "E554"
    with pytest.raises(LoaError) as refusal:
        correct(out.desk, post(out).key, write(out), "Trần Văn Bình")
    assert refusal.value.code == "E558"
    take_down(out.desk, post(out).key, "lan", "Sai", by_hand=True)
    assert "Đã gỡ khỏi kênh" in post(out).reason
    assert out.effects("remove") == []


def test_a_correction_waits_for_its_own_approval_and_changes_the_words(out: Stage) -> None:
    correct(out.desk, post(out).key, write(out, "---\ntitle: Đính chính\n---\nGọi **1022** nhé."), "Trần Văn Bình")
    out.go_to(LATER + timedelta(minutes=1))
    assert out.effects("revise") == []
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "binh", APPROVE)
    assert act(out, "revise").state == State.AWAITING  # its author alone is not enough
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "lan", APPROVE)
    out.go_to(LATER + timedelta(minutes=2))
    out.settle()
    (revised,) = out.effects("revise")
    assert (revised.account, revised.text) == ("1002", "Gọi 1022 nhé.")
    assert revised.extra["target"] == post(out).receipts[0].platform_id
    assert act(out, "revise").state == State.DONE
    assert act(out, "revise").item_title == "Đính chính: Tin thứ nhất"
    assert "Đã đính chính" in post(out).reason


def test_a_correction_may_wait_for_the_morning(out: Stage) -> None:
    evening = FIRST_SLOT + timedelta(hours=14)
    out.go_to(evening)
    correct(out.desk, post(out).key, write(out), "Trần Văn Bình")
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "lan", APPROVE)
    out.go_to(evening + timedelta(minutes=1))
    assert out.effects("revise") == []
    out.go_to(FIRST_SLOT + timedelta(hours=23))
    assert len(out.effects("revise")) == 1


def test_a_better_correction_and_a_takedown_overtake_one_that_waits(out: Stage) -> None:
    correct(out.desk, post(out).key, write(out), "Trần Văn Bình")
    correct(out.desk, post(out).key, write(out, "Lời đúng hơn."), "Trần Văn Bình")
    take_down(out.desk, post(out).key, "lan", "Sai cả")
    out.go_to(LATER + timedelta(seconds=1))
    out.settle()
    states = {view.key.rpartition("!")[2]: view.state for view in out.views("tin-mot") if view.action != "publish"}
    assert states == {"revise-1": State.CANCELLED, "revise-2": State.CANCELLED, "remove-1": State.DONE}
    assert out.effects("revise") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("::: channel=zalo\nChỉ cho Zalo\n:::\n", "E559"), ("a" * 70_000, "E524"), ("Gọi {{ unit.hotline }}", "E549")],
)
def test_a_correction_that_cannot_go_out_is_refused_at_once(out: Stage, text: str, code: str) -> None:
    with pytest.raises(LoaError) as refusal:
        correct(out.desk, post(out).key, write(out, text), "Trần Văn Bình")
    found = refusal.value
    codes = [each.code for each in found.problems()] if isinstance(found, ProblemsFound) else [found.code]
    assert codes == [code]


def test_a_file_outside_the_workspace_is_not_read(out: Stage) -> None:
    with pytest.raises(LoaError) as refusal:
        correct(out.desk, post(out).key, "../ngoai.md", "Trần Văn Bình")
    assert refusal.value.code == "E202"


def test_a_correction_with_a_spoilt_picture_goes_out_once_the_picture_is_whole_again(out: Stage) -> None:
    third = FIRST_SLOT + timedelta(days=2)
    out.go_to(third)
    (view,) = out.views("tin-ba")
    correct(out.desk, view.key, write(out), "Trần Văn Bình")
    asset = view.attachments[0].path
    whole = asset.read_bytes()
    asset.write_bytes(whole + b"x")
    decide(out.desk, Selection(keys=(f"{view.key}!revise-1",)), "lan", APPROVE)
    out.go_to(third + timedelta(minutes=1))
    assert out.effects("revise") == []
    asset.write_bytes(whole)
    render_plan(out.desk, (), third + timedelta(days=1), lambda _done, _total: None)
    out.service = Service(out.desk, "test", 1)
    out.go_to(third + timedelta(minutes=2))
    assert len(out.effects("revise")) == 1


def test_a_takedown_that_the_platform_refuses_holds_no_other_account_back(stage: Stage) -> None:
    stage.make_ready()
    with stage.desk.book.write() as connection:
        store.pause_account(connection, AccountPause("fb-tinh", None, "E605", ""), FIRST_SLOT)
    stage.go_to(FIRST_SLOT)
    take_down(stage.desk, post(stage).key, "lan", "Sai")
    play(stage, publish=lambda _: Refused("E607", "no such post", "content"))
    stage.go_to(FIRST_SLOT + timedelta(minutes=1))
    assert act(stage, "remove").state == State.REFUSED
    assert post(stage, "fb-tinh").state == State.DUE
    assert post(stage).reason == ""


def test_an_old_correction_is_never_tried_again_over_a_newer_one_or_a_takedown(out: Stage) -> None:
    answers = [Refused("E607", "no")]
    puppet = play(out, publish=lambda _: answers.pop() if answers else Done(Receipt("1")))
    correct(out.desk, post(out).key, write(out, "Lời cũ."), "Trần Văn Bình")
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "lan", APPROVE)
    out.go_to(LATER + timedelta(minutes=1))
    assert act(out, "revise").state == State.REFUSED
    correct(out.desk, post(out).key, write(out, "Lời mới."), "Trần Văn Bình")
    decide(out.desk, Selection(keys=(f"{post(out).key}!revise-2",)), "lan", APPROVE)
    out.go_to(LATER + timedelta(minutes=2))
    for later in (lambda: None, lambda: take_down(out.desk, post(out).key, "lan", "Sai")):
        later()
        out.go_to(out.clock.now() + timedelta(minutes=1))
        with pytest.raises(ApprovalError) as refusal:
            retry(out.desk, Selection(), "lan", late=True)
        assert refusal.value.code == "E561"
    assert [message.text for message in puppet.sent if message.action == "revise"] == ["Lời cũ.", "Lời mới."]


def test_a_takedown_that_somebody_tampered_with_is_held_and_can_be_asked_for_again(out: Stage) -> None:
    row = take_down(out.desk, post(out).key, "lan", "Sai")
    other = post(out, "fb-tinh").receipts[0].platform_id
    spoilt = row.package.replace(post(out).receipts[0].platform_id, other)
    assert spoilt != row.package
    with out.desk.book.write() as connection:
        connection.execute(sa.update(tables.delivery).where(tables.delivery.c.id == row.id).values(package=spoilt))
    out.go_to(LATER + timedelta(minutes=1))
    assert (out.effects("remove"), act(out, "remove").state) == ([], State.HELD)
    take_down(out.desk, post(out).key, "lan", "Sai")
    out.go_to(LATER + timedelta(minutes=2))
    out.settle()
    assert [each.account for each in out.effects("remove")] == ["1002"]


def test_what_stands_in_the_text_file_after_the_approval_changes_nothing(out: Stage) -> None:
    correct(out.desk, post(out).key, write(out, "Lời đã duyệt."), "Trần Văn Bình")
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "lan", APPROVE)
    write(out, "Lời lén sửa.")
    out.go_to(LATER + timedelta(minutes=1))
    out.settle()
    assert [each.text for each in out.effects("revise")] == ["Lời đã duyệt."]


@pytest.mark.parametrize("author", ["", "   "])
def test_a_correction_has_an_author(out: Stage, author: str) -> None:
    with pytest.raises(ApprovalError) as refusal:
        correct(out.desk, post(out).key, write(out), author)
    assert refusal.value.code == "E548"


def test_a_title_is_not_published_with_fields_in_it(out: Stage) -> None:
    with pytest.raises(LoaError) as refusal:
        correct(out.desk, post(out).key, write(out, '---\ntitle: "{{ unit.name }}"\n---\nLời.'), "Bình")
    assert refusal.value.code == "E549"


def test_an_author_written_in_another_way_is_still_the_author(out: Stage) -> None:
    correct(out.desk, post(out).key, write(out), unicodedata.normalize("NFD", " Nguyễn Thị Lan "))
    decide(out.desk, Selection(keys=(act(out, "revise").key,)), "lan", APPROVE)
    assert act(out, "revise").state == State.AWAITING
