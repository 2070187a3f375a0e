from datetime import timedelta

import pytest
from support.office import replace_in

from loa import store
from loa.delivery import State
from loa.dispatch import Selection, resume, settle
from loa.dispatch.late import set_aside
from loa.errors import ApprovalError, StoreError
from loa.sandbox import Fault

from .conftest import FIRST_SLOT, Stage

SMS_SLOT = FIRST_SLOT + timedelta(days=1, hours=1)


def test_what_is_approved_goes_out_once_at_its_moment(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT - timedelta(seconds=1))
    assert stage.effects() == []
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + timedelta(seconds=5))
    assert sorted(e.account for e in stage.effects()) == ["1001", "1002"]
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_beat_counts_apart_what_was_taken_and_what_was_not(stage: Stage) -> None:
    stage.make_ready()
    stage.clock.move_to(FIRST_SLOT)
    stage.sandbox.play([Fault(face="facebook", route="/*1002/feed", kind="error500_before", times=100)])
    result = stage.service.beat()
    assert (result.sent, result.failed) == (1, 1)


def test_every_recipient_gets_one_message(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(SMS_SLOT)
    stage.settle()
    assert len({e.recipient_hmac for e in stage.effects("sms")}) == len(stage.effects("sms")) == 5
    view = stage.views("tin-hai")[0]
    assert (view.state, view.counts, view.recipients) == (State.DONE, {State.DONE: 5}, 5)


def test_no_phone_number_lies_open_in_the_book(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(SMS_SLOT)
    if not stage.desk.book.is_sqlite:
        pytest.skip("the files of a PostgreSQL server are not ours")
    kept = b"".join(path.read_bytes() for path in (stage.root / "var").rglob("book.sqlite*"))
    assert b"TINHMAU" in kept
    assert b"900000001" not in kept


def test_a_late_delivery_within_its_limit_still_goes_out(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(minutes=119))
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_delivery_too_late_asks_a_person_who_may_release_it(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    assert set(stage.states("tin-mot").values()) == {State.HELD}
    settle(stage.desk, Selection(item="tin-mot"), "lan", "again")
    stage.go_to(FIRST_SLOT + timedelta(hours=3, minutes=1))
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_a_released_delivery_survives_another_look_at_the_plan(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    settle(stage.desk, Selection(item="tin-mot"), "lan", "again")
    stage.open()
    stage.go_to(FIRST_SLOT + timedelta(hours=3, minutes=1))
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_delivery_too_late_is_missed_where_the_policy_drops_it(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", "then: ask", "then: drop")
    stage.open()
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    assert set(stage.states("tin-mot").values()) == {State.MISSED}
    assert stage.effects() == []


def test_what_is_due_and_in_time_is_not_read_to_find_what_is_late(stage: Stage) -> None:
    stage.make_ready()
    stage.clock.move_to(FIRST_SLOT + timedelta(hours=1))
    with stage.desk.book.write() as connection:  # whoever reads such a row fails
        connection.exec_driver_sql("UPDATE delivery SET labels = 'no labels' WHERE item_id = 'tin-mot'")
    assert set_aside(stage.desk, stage.clock.now()) == 0
    stage.clock.move_to(FIRST_SLOT + timedelta(hours=3))
    with pytest.raises(StoreError, match="E961"):
        set_aside(stage.desk, stage.clock.now())


def test_quiet_hours_hold_a_delivery_back_until_they_end(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", 'to: "07:00"', 'to: "09:30"')
    stage.open()
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + timedelta(minutes=89))
    assert stage.effects() == []
    stage.go_to(FIRST_SLOT + timedelta(minutes=90))
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_stop_holds_everything_until_it_is_lifted(stage: Stage) -> None:
    stage.make_ready()
    now = stage.clock.now()
    store.set_stop(stage.desk.book, store.Stop(now, "lan", "quốc tang"), "lan", now)
    stage.go_to(FIRST_SLOT)
    assert stage.effects() == []
    store.set_stop(stage.desk.book, None, "lan", now)
    stage.go_to(FIRST_SLOT + timedelta(minutes=5))
    assert set(stage.states("tin-mot").values()) == {State.DONE}


def test_a_lost_answer_is_looked_up_and_never_sent_again(stage: Stage) -> None:
    stage.make_ready()
    stage.misbehave("drop_after", nth=1)
    stage.go_to(FIRST_SLOT)
    assert State.UNKNOWN in stage.states("tin-mot").values()
    stage.settle()
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_a_request_that_never_arrived_is_sent_again_after_a_look(stage: Stage) -> None:
    stage.make_ready()
    stage.misbehave("drop_before", nth=1)
    stage.go_to(FIRST_SLOT)
    stage.settle()
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_a_sending_that_was_cut_off_is_in_doubt_after_a_restart(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    with stage.desk.book.write() as connection:
        row = store.sendings(connection)[0]
        store.move_sending(connection, row, {"state": State.SENDING}, at=FIRST_SLOT, cause="test")
        delivery = store.delivery_by_id(connection, row.delivery_id)
        store.move_delivery(connection, delivery, State.SENDING, at=FIRST_SLOT)
    stage.open()
    assert State.UNKNOWN in stage.states("tin-mot").values()
    stage.settle()
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_a_sending_that_crashes_the_scheduler_three_times_goes_to_a_person(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    for _ in range(3):
        with stage.desk.book.write() as connection:
            row = store.sendings(connection)[0]
            store.move_sending(connection, row, {"state": State.SENDING}, at=FIRST_SLOT, cause="test")
        stage.open()
    with stage.desk.book.read() as connection:
        assert store.sendings(connection)[0].state == State.HUMAN


def test_a_bad_token_stops_the_account_and_loses_nothing(stage: Stage) -> None:
    stage.make_ready()
    stage.misbehave("token_expired", nth=1)
    stage.go_to(FIRST_SLOT)
    states = sorted(stage.states("tin-mot").values())
    assert states == sorted([State.DONE, State.RETRY_LATER])
    with stage.desk.book.write() as connection:
        resume(stage.desk, connection, "lan")
    stage.go_to(FIRST_SLOT + timedelta(minutes=10))
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_a_person_settles_what_nobody_can_look_up(stage: Stage) -> None:
    stage.make_ready()
    stage.misbehave("drop_after", nth=1)
    stage.go_to(FIRST_SLOT)
    doubtful = next(view for view in stage.views("tin-mot") if view.state == State.UNKNOWN)
    settle(stage.desk, Selection(keys=(doubtful.key,)), "lan", "done")
    stage.settle()
    assert set(stage.states("tin-mot").values()) == {State.DONE}
    assert len(stage.effects()) == 2


def test_what_is_held_cannot_have_been_seen_on_the_channel(stage: Stage) -> None:
    stage.make_ready()
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    with pytest.raises(ApprovalError) as refusal:
        settle(stage.desk, Selection(item="tin-mot"), "lan", "done")
    assert refusal.value.code == "E505"
    assert set(stage.states("tin-mot").values()) == {State.HELD}


def test_there_is_nothing_to_settle_where_nothing_is_in_doubt(stage: Stage) -> None:
    stage.make_ready()
    with pytest.raises(ApprovalError) as refusal:
        settle(stage.desk, Selection(), "lan", "done")
    assert refusal.value.code == "E504"


def test_a_list_that_was_cut_short_is_partly_done_and_the_rest_is_missed(stage: Stage) -> None:
    replace_in(stage.root / "loa.yaml", "then: ask", "then: drop")
    stage.open()
    stage.make_ready()
    stage.sandbox.play([Fault(face="esms", route="*", kind="429", nth=3, times=1000)])
    stage.go_to(SMS_SLOT)
    stage.go_to(SMS_SLOT + timedelta(hours=3))
    view = stage.views("tin-hai")[0]
    assert view.counts == {State.DONE: 2, State.MISSED: 3}
    assert (view.state, "2/5" in view.reason) == (State.DONE, True)
    assert len(stage.effects("sms")) == 2


def test_a_delivery_missed_because_it_was_changed_says_so(stage: Stage) -> None:
    stage.make_ready()
    replace_in(stage.root / "content/tin-mot.md", "bà con", "mọi người")
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    assert set(stage.states("tin-mot").values()) == {State.MISSED}
    assert all("đã đổi sau khi duyệt" in view.reason for view in stage.views("tin-mot"))


def test_an_item_taken_out_of_the_plan_ends_cancelled_not_missed(stage: Stage) -> None:
    stage.make_ready()
    replace_in(stage.root / "campaigns/thu-nghiem.yaml", "units: [tinh-mau, xa-mot]", "units: [tinh-mau]")
    stage.go_to(FIRST_SLOT)
    stage.go_to(FIRST_SLOT + timedelta(hours=3))
    assert stage.states("tin-mot") == {"fb-tinh": State.DONE, "fb-xa": State.CANCELLED}
