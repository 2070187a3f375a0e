"""What goes wrong around a sending to many people: nobody gets it twice, nobody is lost, and nothing hangs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.crowd import SLOT, Crowd, e164, listed, make_crowd, taken
from support.planted import phone

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Batch, BatchAnswer, Bulk, Done, Receipt, Refused, RetryLater, State, Unknown
from loa.dispatch import APPROVE, Selection, Service, decide, retry, settle
from loa.dispatch.arming import arm
from loa.dispatch.bulk import control
from loa.errors import ApprovalError, StoreError
from loa.store import bulk_claim, bulk_layout

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
TENS = Bulk(most=10)
LOST = BatchAnswer(Unknown("E602", "time-out"))
CANARY = {"tin": ("2027-03-02", "09:00", "{canary: can-bo}")}


@pytest.fixture
def office(tmp_path: Path, database: None) -> Iterator[Any]:
    made: list[Crowd] = []

    def make(people: int, bulk: Bulk = TENS, changes: Any = None, *, ready: bool = True, **words: Any) -> Crowd:
        root = make_crowd(tmp_path / "office", people, **words)
        crowd = Crowd(root, SimulatedClock(SLOT - DAY), bulk, changes or {})
        made.append(crowd)
        if ready:
            crowd.make_ready()
        return crowd

    yield make
    for crowd in made:
        crowd.close()


def refuses(crowd: Crowd, *numbers: int) -> None:
    with crowd.desk.book.write() as connection:
        marks = [crowd.desk.vault.mark_bytes(e164(number)) for number in numbers]
        store.suppress(connection, marks, "opt_out", crowd.clock.now(), "TC")


def forgets(crowd: Crowd, *numbers: int) -> None:
    for number in numbers:
        with crowd.desk.book.write() as connection:
            store.forget_mark(connection, crowd.desk.vault.mark_bytes(e164(number)), (), crowd.clock.now(), "lan")


def rewrite(crowd: Crowd, name: str, *changes: tuple[str, str]) -> None:
    path = crowd.root / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_a_message_that_everybody_has_refused_ends_by_name_at_once(office: Any) -> None:
    crowd = office(5)
    refuses(crowd, *range(1, 6))
    crowd.go_to(SLOT)
    crowd.go_to(SLOT + MINUTE)
    view = crowd.view()
    assert (view.state, view.code, view.counts) == (State.CANCELLED, "E586", {State.CANCELLED: 5})


def test_a_message_whose_last_people_refuse_in_the_midst_of_it_ends(office: Any) -> None:
    crowd = office(20, pace="1")
    crowd.go_to(SLOT)
    refuses(crowd, *range(1, 21))
    crowd.run(SLOT + HOUR)
    crowd.go_to(SLOT + HOUR)
    assert crowd.view().state == State.DONE
    assert crowd.view().counts == {State.DONE: 10, State.CANCELLED: 10}


def test_a_message_whose_last_people_are_forgotten_in_the_midst_of_it_ends(office: Any) -> None:
    crowd = office(20, pace="1")
    crowd.go_to(SLOT)
    forgets(crowd, *range(1, 21))
    crowd.run(SLOT + HOUR)
    crowd.go_to(SLOT + HOUR)
    assert crowd.view().state == State.DONE


def test_a_message_whose_people_are_all_forgotten_before_it_leaves_ends_by_name(office: Any) -> None:
    crowd = office(3)
    forgets(crowd, 1, 2, 3)
    crowd.go_to(SLOT)
    crowd.go_to(SLOT + MINUTE)
    assert (crowd.view().state, crowd.view().code) == (State.CANCELLED, "E589")


def test_a_trial_wave_that_everybody_has_refused_waits_for_a_yes(office: Any) -> None:
    crowd = office(20, staff=3, items=CANARY)
    refuses(crowd, 1, 2, 3)
    crowd.go_to(SLOT)
    crowd.go_to(SLOT + MINUTE)
    assert (crowd.view().state, crowd.view().code) == (State.HELD, "E580")


def test_a_colleague_of_another_unit_is_not_lost_between_trial_and_rest(office: Any) -> None:
    crowd = office(20, staff=3, items=CANARY, ready=False)
    rewrite(crowd, "content/recipients/can-bo.csv", (f"{phone(3)},tinh-mau", f"{phone(3)},xa-khac"))
    other = '    - {code: xa-khac, name: Xã Khác, hotline: "1022", portal: "https://dichvucong.gov.vn"}\n'
    rewrite(crowd, "loa.yaml", ("lists:\n", f"{other}lists:\n"))
    crowd.reopen()
    crowd.make_ready()
    crowd.go_to(SLOT)
    crowd.run(SLOT + MINUTE)
    control.go(crowd.desk, Selection(), "lan")
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 21))


def test_who_was_refused_and_is_forgotten_since_is_not_tried_again(office: Any) -> None:
    crowd = office(10)
    no = {e164(3): Refused("E618", "105"), e164(7): Refused("E618", "105")}
    crowd.gateway.on_submit = lambda _: BatchAnswer(Done(Receipt("1")), no)
    crowd.go_to(SLOT)
    crowd.run(SLOT + HOUR)
    forgets(crowd, 3)
    crowd.gateway.on_submit = taken
    retry(crowd.desk, Selection(), "lan")
    crowd.go_to(SLOT + HOUR)
    crowd.run(SLOT + DAY)
    assert crowd.gateway.calls[-1][1].numbers == (e164(7),)
    with crowd.desk.book.read() as connection:
        assert not store.pauses(connection, crowd.clock.now())
    assert crowd.view().state == State.DONE


def test_a_doubtful_call_is_never_repeated_by_another_gateway(office: Any) -> None:
    crowd = office(10)
    crowd.gateway.on_submit = lambda _: LOST
    crowd.go_to(SLOT)
    crowd.gateway.on_submit = taken
    rewrite(crowd, "loa.yaml", ("brandname: TINHMAU", "brandname: TINHKHAC"))
    crowd.reopen()
    crowd.go_to(SLOT + MINUTE)
    crowd.run(SLOT + 2 * DAY)
    assert len(crowd.gateway.calls) == 1
    assert crowd.view().state == State.HUMAN


def test_a_half_sent_message_whose_list_is_changed_while_it_is_held_is_not_sent_twice(office: Any) -> None:
    crowd = office(30, pace="1")
    crowd.go_to(SLOT)
    rewrite(crowd, "loa.yaml", ('approvals: "1"', 'approvals: "3"'))
    crowd.reopen()
    crowd.go_to(SLOT + MINUTE)
    assert (crowd.view().state, crowd.view().code) == (State.HELD, "E523")
    (crowd.root / "content/recipients/dan.csv").write_text(listed(range(40, 0, -1)), encoding="utf-8")
    rewrite(crowd, "loa.yaml", ('approvals: "3"', 'approvals: "1"'))
    crowd.reopen()
    crowd.go_to(SLOT + 2 * MINUTE)
    assert (crowd.view().state, crowd.view().code) == (State.HELD, "E519")
    with pytest.raises(ApprovalError):
        decide(crowd.desk, Selection(), "lan", APPROVE, "")
    settle(crowd.desk, Selection(), "lan", "again")
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 31))


def test_a_message_that_is_on_its_way_for_days_is_not_taken_for_withdrawn(office: Any) -> None:
    crowd = office(100, pace="0.0005", limit="9d")
    crowd.go_to(SLOT)
    for day in range(1, 4):
        crowd.service.extend()
        crowd.run(SLOT + day * DAY)
        assert crowd.view().code == ""
        assert crowd.view().counts[State.DONE] > day


def test_a_half_sent_message_that_its_rules_held_goes_on_with_the_same_people(office: Any) -> None:
    crowd = office(30, pace="1")
    crowd.go_to(SLOT)
    rewrite(crowd, "loa.yaml", ('approvals: "1"', 'approvals: "3"'))
    crowd.reopen()
    crowd.go_to(SLOT + MINUTE)
    path = crowd.root / "content/recipients/dan.csv"
    path.write_text(listed(range(30, 0, -1)), encoding="utf-8")  # the same people in another order
    rewrite(crowd, "loa.yaml", ('approvals: "3"', 'approvals: "1"'))
    crowd.reopen()
    crowd.go_to(SLOT + 2 * MINUTE)
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 31))
    assert crowd.view().state == State.DONE


def test_a_layout_that_was_cut_off_and_whose_list_came_in_another_order_misses_nobody(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = office(50)
    monkeypatch.setattr(bulk_layout, "CHUNK", 7)
    chunks = iter(range(3))
    real = bulk_layout.lay_out_chunk

    def dies(*args: Any) -> int | None:
        if next(chunks, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(bulk_layout, "lay_out_chunk", dies)
    with pytest.raises(KeyboardInterrupt):
        crowd.go_to(SLOT)
    monkeypatch.setattr(bulk_layout, "lay_out_chunk", real)
    (crowd.root / "content/recipients/dan.csv").write_text(listed(range(50, 0, -1)), encoding="utf-8")
    crowd.reopen()
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 51))


def test_a_doubt_in_a_message_that_was_held_until_too_late_is_for_a_person(office: Any) -> None:
    crowd = office(30, limit="1h", pace="1", changes={"read_back": "none"})
    crowd.gateway.on_submit = lambda _: LOST
    crowd.go_to(SLOT)
    rewrite(crowd, "loa.yaml", ('approvals: "1"', 'approvals: "3"'))
    crowd.reopen()
    crowd.gateway.on_submit = taken
    crowd.go_to(SLOT + MINUTE)
    crowd.go_to(SLOT + 2 * HOUR)
    crowd.go_to(SLOT + 3 * HOUR)
    assert crowd.view().state == State.HUMAN
    settle(crowd.desk, Selection(), "lan", "done")


def test_a_doubt_about_a_call_that_was_on_the_wire_when_a_person_gave_up_is_for_a_person(office: Any) -> None:
    crowd = office(20, changes={"read_back": "none"}, pace="100")

    def given_up_meanwhile(_: Batch) -> BatchAnswer:
        control.pause(crowd.desk, Selection(), "lan", "Sai giờ")
        settle(crowd.desk, Selection(), "lan", "cancel")
        return LOST

    crowd.gateway.on_submit = given_up_meanwhile
    crowd.go_to(SLOT)
    crowd.run(SLOT + HOUR)
    assert (crowd.view().state, crowd.view().counts) == (State.HUMAN, {State.HUMAN: 10, State.CANCELLED: 10})
    settle(crowd.desk, Selection(), "lan", "done")
    crowd.go_to(SLOT + 2 * HOUR)
    assert crowd.view().counts == {State.DONE: 10, State.CANCELLED: 10}
    assert len(crowd.gateway.calls) == 1


def test_people_of_a_call_that_was_put_off_after_a_person_gave_up_do_not_wait_for_ever(office: Any) -> None:
    crowd = office(10)

    def given_up_meanwhile(_: Batch) -> BatchAnswer:
        control.pause(crowd.desk, Selection(), "lan", "Sai giờ")
        settle(crowd.desk, Selection(), "lan", "cancel")
        return BatchAnswer(RetryLater(crowd.clock.now(), "E604"))

    crowd.gateway.on_submit = given_up_meanwhile
    crowd.go_to(SLOT)
    crowd.run(SLOT + HOUR)
    assert (crowd.view().state, crowd.view().counts) == (State.CANCELLED, {State.CANCELLED: 10})


def test_an_answer_that_could_not_be_written_down_is_in_doubt_without_a_restart(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = office(10)

    def breaks(*_: Any) -> None:
        raise StoreError("E701", place="x", detail="full")

    with monkeypatch.context() as patch:
        patch.setattr("loa.dispatch.bulk.send.record", breaks)
        with pytest.raises(StoreError):
            crowd.go_to(SLOT)
    crowd.go_to(SLOT + MINUTE)
    crowd.run(SLOT + DAY)
    assert crowd.view().counts == {State.DONE: 10}


def test_a_call_that_another_scheduler_has_taken_over_does_not_leave_any_more(office: Any) -> None:
    """One sleeps (a virtual machine that is moved) between claim and wire, another puts its calls in doubt."""
    crowd = office(20, changes={"read_back": "none"})

    def sleeps(batch: Batch) -> BatchAnswer:
        Crowd(crowd.root, crowd.clock, TENS, {"read_back": "none"}).close()
        crowd.clock.advance(HOUR)
        return taken(batch)

    crowd.gateway.on_submit = sleeps
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert len(crowd.gateway.calls) == 1
    assert crowd.view().counts == {State.HUMAN: 20}


def test_words_that_are_mended_while_the_safety_catch_is_on_are_approved_anew(office: Any) -> None:
    crowd = office(10)
    crowd.desk = replace(crowd.desk, in_sandbox=False)
    crowd.service = Service(crowd.desk, "test", 1)
    crowd.go_to(SLOT)
    assert (crowd.view().state, crowd.view().code) == (State.HELD, "E940")
    rewrite(crowd, "content/tin.md", ("1022", "1900"))
    crowd.go_to(SLOT + MINUTE)
    assert crowd.view().state == State.AWAITING
    arm(crowd.desk, "sms-tinh", store.ALL, "lan")
    crowd.go_to(SLOT + 2 * MINUTE)
    assert crowd.gateway.calls == []
    decide(crowd.desk, Selection(), "lan", APPROVE, "")
    crowd.go_to(SLOT + 3 * MINUTE)
    assert "1900" in crowd.gateway.calls[0][1].text


def test_a_clock_that_was_wrong_for_a_while_does_not_keep_an_account_from_sending(office: Any) -> None:
    crowd = office(20)
    with crowd.desk.book.write() as connection:
        bulk_claim.take_time(connection, "sms-tinh", SLOT + 30 * DAY, SECOND)
    crowd.go_to(SLOT)
    crowd.run(SLOT + HOUR)
    assert len(crowd.gateway.numbers) == 20
