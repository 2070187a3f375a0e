"""Sending to many people: at their hours, at their pace, within their cap, never twice, nobody silently missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.crowd import SLOT, Crowd, e164, listed, make_crowd, taken

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Batch, BatchAnswer, Bulk, Done, Ending, Receipt, Refused, RetryLater, State, Unknown
from loa.dispatch import Selection, retry, settle
from loa.dispatch.bulk import control
from loa.dispatch.bulk.doubted import doubtful_people
from loa.errors import ApprovalError
from loa.rules import judge_moment, rules_in_force
from loa.store import bulk_layout

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
TENS = Bulk(most=10)
LOST = BatchAnswer(Unknown("E602", "time-out"))


@pytest.fixture
def office(tmp_path: Path, database: None) -> Iterator[Any]:
    made: list[Crowd] = []

    def make(people: int, bulk: Bulk = TENS, changes: Any = None, **words: Any) -> Crowd:
        root = make_crowd(tmp_path / "office", people, **words)
        crowd = Crowd(root, SimulatedClock(SLOT - DAY), bulk, changes or {})
        made.append(crowd)
        crowd.make_ready()
        return crowd

    yield make
    for crowd in made:
        crowd.close()


def test_everybody_gets_the_message_once_in_calls_of_the_gateways_size(office: Any) -> None:
    crowd = office(25)
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert [len(batch.numbers) for _, batch in crowd.gateway.calls] == [10, 10, 5]
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 26))
    view = crowd.view()
    assert (view.state, view.reason, view.counts) == (State.DONE, "", {State.DONE: 25})


def test_a_beat_counts_the_people_of_whom_the_gateway_said_yes(office: Any) -> None:
    crowd = office(25)
    endings: list[Ending] = [Unknown("E602", "time-out"), Done(Receipt("2"))]

    def answer(batch: Batch) -> BatchAnswer:
        if len(batch.numbers) < 10:
            return taken(batch)
        return BatchAnswer(endings.pop(), {batch.numbers[0]: Refused("E606", "")})

    crowd.gateway.on_submit = answer
    crowd.clock.move_to(SLOT)
    result = crowd.service.beat()
    assert (result.sent, result.failed) == (14, 11)


def test_no_call_is_cut_below_the_gateways_least(office: Any) -> None:
    crowd = office(61, Bulk(most=50, least=20))
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert [len(batch.numbers) for _, batch in crowd.gateway.calls] == [41, 20]


def test_a_send_that_reaches_the_night_stops_and_goes_on_in_the_morning_to_the_last_part(office: Any) -> None:
    crowd = office(200, Bulk(most=1000), pace="3", items={"tin": ("2027-03-02", "21:59", "{}")})
    start = datetime(2027, 3, 2, 21, 59, tzinfo=VIETNAM)
    crowd.go_to(start)
    crowd.run(start + 2 * DAY)
    assert len(crowd.gateway.numbers) == 200
    rules = rules_in_force(crowd.desk.workspace, start.date()).of("public_info")
    free = start
    for moment, batch in crowd.gateway.calls:
        takes = SECOND * len(batch.numbers) / 3
        assert takes <= 30 * SECOND
        assert judge_moment(moment.astimezone(VIETNAM), takes, rules, ()).kind == "allow"
        assert moment >= free
        free = moment + takes
    days = [moment.astimezone(VIETNAM).day for moment, _ in crowd.gateway.calls]
    last_of_first = max(m for m, _ in crowd.gateway.calls if m.astimezone(VIETNAM).day == 2)
    first_of_second = min(m for m, _ in crowd.gateway.calls if m.astimezone(VIETNAM).day == 3)
    assert set(days) == {2, 3}
    assert sum(len(b.numbers) for m, b in crowd.gateway.calls if m <= last_of_first) == 180
    assert first_of_second == datetime(2027, 3, 3, 7, tzinfo=VIETNAM)


def test_the_pace_is_kept_over_a_restart(office: Any) -> None:
    crowd = office(300, Bulk(most=1000), pace="10")
    crowd.go_to(SLOT)
    crowd.reopen()
    crowd.go_to(SLOT + SECOND)
    assert len(crowd.gateway.numbers) == 300
    assert len(crowd.gateway.calls) == 1
    crowd.close()


def test_the_fourth_message_within_a_day_waits_until_the_first_is_a_day_old(office: Any) -> None:
    times = {f"tin-{n}": ("2027-03-02", f"{8 + n:02}:00", "{}") for n in range(1, 5)}
    crowd = office(5, items=times)
    for hour in range(4):
        crowd.go_to(SLOT + timedelta(hours=hour))
        crowd.run(SLOT + timedelta(hours=hour, minutes=30))
    assert len(crowd.gateway.numbers) == 15
    fourth = crowd.view("tin-4")
    assert (fourth.state, fourth.counts) == (State.DUE, {State.DUE: 5})
    crowd.go_to(SLOT + DAY - SECOND)
    assert len(crowd.gateway.numbers) == 15
    crowd.run(SLOT + 2 * DAY)
    assert len(crowd.gateway.numbers) == 20
    assert crowd.gateway.calls[-1][0] == SLOT + DAY
    assert crowd.view("tin-4").state == State.DONE


def test_an_attempt_that_the_gateway_put_off_does_not_count_for_the_cap(office: Any) -> None:
    times = {f"tin-{n}": ("2027-03-02", f"{8 + n:02}:00", "{}") for n in range(1, 4)}
    crowd = office(5, items=times)
    for hour in range(2):
        crowd.go_to(SLOT + timedelta(hours=hour))
        crowd.run(SLOT + timedelta(hours=hour, minutes=30))
    busy = iter(range(3))
    crowd.gateway.on_submit = lambda batch: (
        BatchAnswer(RetryLater(crowd.clock.now() + SECOND, "E604", "429"))
        if next(busy, None) is not None
        else taken(batch)
    )
    crowd.go_to(SLOT + timedelta(hours=2))
    crowd.run(SLOT + timedelta(hours=3))
    assert crowd.view("tin-3").counts == {State.DONE: 5}
    assert len({batch.key for _, batch in crowd.gateway.calls[2:]}) == 4


def test_who_refuses_in_mid_campaign_gets_nothing_more(office: Any) -> None:
    crowd = office(30, pace="100")

    def opts_out(batch: Batch) -> BatchAnswer:
        with crowd.desk.book.write() as connection:
            mark = crowd.desk.vault.mark_bytes(e164(25))
            store.suppress(connection, [mark], "opt_out", crowd.clock.now(), "TC")
        crowd.gateway.on_submit = taken
        return taken(batch)

    crowd.gateway.on_submit = opts_out
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert e164(25) not in crowd.gateway.numbers
    view = crowd.view()
    assert (view.state, view.counts) == (State.DONE, {State.DONE: 29, State.CANCELLED: 1})
    assert view.code == "E586"


def test_two_campaigns_of_one_account_take_turns(office: Any) -> None:
    crowd = office(40, pace="1", items={"a": ("2027-03-02", "09:00", "{}"), "b": ("2027-03-02", "09:00", "{}")})
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    texts = [batch.text[-1] for _, batch in crowd.gateway.calls]
    assert "".join(texts) in ("ab" * 4, "ba" * 4)


def test_staff_get_it_first_and_the_rest_only_on_a_named_persons_yes(office: Any) -> None:
    crowd = office(20, staff=3, items={"tin": ("2027-03-02", "09:00", "{canary: can-bo}")})
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == [e164(n) for n in (1, 2, 3)]
    view = crowd.view()
    assert (view.state, view.code, view.counts) == (State.HELD, "E580", {State.DONE: 3, State.HELD: 17})
    assert "3/3" in view.reason
    with pytest.raises(ApprovalError) as refusal:
        control.go(crowd.desk, Selection(), "Người Lạ")
    assert refusal.value.code == "E501"
    crowd.go_to(SLOT + 5 * DAY)
    assert crowd.view().state == State.HELD
    control.go(crowd.desk, Selection(), "lan")
    crowd.go_to(SLOT + 5 * DAY + SECOND)
    crowd.run(SLOT + 6 * DAY)
    assert crowd.gateway.twice() == []
    assert crowd.view().counts == {State.DONE: 20}
    told = store.events_of(crowd.desk.book, crowd.view().id)
    assert any(event.actor == "Nguyễn Thị Lan" for event in told)


def test_words_that_are_changed_after_the_trial_wave_do_not_go_out_on_the_old_yes(office: Any) -> None:
    crowd = office(20, staff=3, items={"tin": ("2027-03-02", "09:00", "{canary: can-bo}")})
    crowd.go_to(SLOT)
    crowd.run(SLOT + timedelta(hours=1))
    path = crowd.root / "content/tin.md"
    path.write_text(path.read_text(encoding="utf-8").replace("1022", "1900"), encoding="utf-8")
    crowd.go_to(SLOT + timedelta(hours=2))
    assert crowd.view().code == "E519"
    with pytest.raises(ApprovalError):
        control.go(crowd.desk, Selection(), "lan")
    crowd.run(SLOT + DAY)
    assert len(crowd.gateway.numbers) == 3


def test_a_pause_acts_within_one_call_and_a_resume_goes_on_where_it_was(office: Any) -> None:
    crowd = office(40, pace="1")
    crowd.go_to(SLOT)
    with pytest.raises(ApprovalError) as refusal:
        control.pause(crowd.desk, Selection(), "lan", " ")
    assert refusal.value.code == "E588"
    control.pause(crowd.desk, Selection(), "lan", "Sai giờ hẹn")
    crowd.run(SLOT + timedelta(hours=1))
    assert len(crowd.gateway.numbers) == 10
    view = crowd.view()
    assert (view.state, view.code) == (State.HELD, "E581")
    assert "Sai giờ hẹn" in view.reason
    control.resume(crowd.desk, Selection(), "lan")
    crowd.run(SLOT + DAY)
    assert crowd.view().counts == {State.DONE: 40}
    assert crowd.gateway.twice() == []
    with pytest.raises(ApprovalError):
        control.resume(crowd.desk, Selection(), "lan")


def test_a_stop_between_claim_and_wire_keeps_the_call_back(office: Any) -> None:
    crowd = office(20)

    def stops(batch: Batch) -> BatchAnswer:
        now = crowd.clock.now()
        store.set_stop(crowd.desk.book, store.Stop(now, "lan", "bão"), "lan", now)
        return taken(batch)

    crowd.gateway.on_submit = stops
    crowd.go_to(SLOT)
    crowd.run(SLOT + SECOND)
    assert len(crowd.gateway.numbers) == 10
    assert crowd.view().counts == {State.DONE: 10, State.DUE: 10}


def test_numbers_that_a_gateway_refuses_in_a_call_that_it_took_are_refused_alone(office: Any) -> None:
    crowd = office(10)
    no = {e164(3): Refused("E618", "105"), e164(7): Refused("E618", "105")}
    crowd.gateway.on_submit = lambda _: BatchAnswer(Done(Receipt("1")), no)
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    view = crowd.view()
    assert (view.state, view.counts) == (State.DONE, {State.DONE: 8, State.REFUSED: 2})
    assert "8/10" in view.reason
    crowd.gateway.on_submit = taken
    retry(crowd.desk, Selection(), "lan")
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.calls[-1][1].numbers) == [e164(3), e164(7)]
    assert crowd.view().counts == {State.DONE: 10}


def test_a_lost_answer_without_a_key_is_never_sent_again_and_everybody_of_it_is_listed(office: Any) -> None:
    crowd = office(20, changes={"read_back": "none"})
    crowd.gateway.on_submit = lambda batch: LOST if e164(1) in batch.numbers else taken(batch)
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert crowd.gateway.twice() == []
    view = crowd.view()
    assert (view.state, view.counts) == (State.HUMAN, {State.HUMAN: 10, State.DONE: 10})
    doubtful = doubtful_people(crowd.desk, Selection(keys=(view.key,)))
    assert [each.place for each in doubtful] == list(range(1, 11))
    assert {each.sent_at for each in doubtful} == {SLOT}
    assert doubtful[0].number == f"+84 {e164(1)[3:5]}* *** {e164(1)[-3:]}"


@pytest.mark.parametrize(
    ("answer", "sent", "counts"),
    [
        ("done", 20, {State.DONE: 20}),
        ("again", 30, {State.DONE: 20}),
        ("cancel", 20, {State.DONE: 10, State.CANCELLED: 10}),
    ],
)
def test_a_person_settles_a_call_of_which_nobody_knows(
    office: Any, answer: str, sent: int, counts: dict[State, int]
) -> None:
    crowd = office(20, changes={"read_back": "none"})
    crowd.gateway.on_submit = lambda batch: LOST if e164(1) in batch.numbers else taken(batch)
    crowd.go_to(SLOT)
    crowd.run(SLOT + timedelta(hours=1))
    crowd.gateway.on_submit = taken
    settle(crowd.desk, Selection(), "lan", answer)
    crowd.run(SLOT + timedelta(hours=2))
    assert len(crowd.gateway.numbers) == sent
    assert crowd.view().counts == counts
    assert len({batch.key for _, batch in crowd.gateway.calls}) == len(crowd.gateway.calls)


def test_a_lost_answer_with_a_key_is_sent_again_as_it_was_while_the_key_lives(office: Any) -> None:
    crowd = office(20)
    lost = iter(range(2))
    crowd.gateway.on_submit = lambda batch: LOST if next(lost, None) is not None else taken(batch)
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    by_key: dict[str, set[tuple[str, ...]]] = {}
    for _, batch in crowd.gateway.calls:
        by_key.setdefault(batch.key, set()).add(batch.numbers)
    assert len(by_key) == 2
    assert all(len(numbers) == 1 for numbers in by_key.values())
    assert len(crowd.gateway.calls) == 4
    assert crowd.view().counts == {State.DONE: 20}


@pytest.mark.parametrize("crashed", [False, True])
def test_a_doubtful_call_of_a_kind_that_the_gateway_may_not_know_again_is_for_a_person(
    office: Any, monkeypatch: pytest.MonkeyPatch, *, crashed: bool
) -> None:
    crowd = office(20, bulk=Bulk(most=10, remembers=False))
    if crashed:
        with monkeypatch.context() as patch:
            patch.setattr("loa.dispatch.bulk.send.record", _killed)
            with pytest.raises(KeyboardInterrupt):
                crowd.go_to(SLOT)
        crowd.reopen()
    else:
        crowd.gateway.on_submit = lambda batch: LOST if e164(1) in batch.numbers else taken(batch)
        crowd.go_to(SLOT)
    crowd.gateway.on_submit = taken
    crowd.run(SLOT + DAY)
    assert crowd.gateway.twice() == []
    assert crowd.view().state == State.HUMAN
    assert crowd.view().counts.get(State.HUMAN, 0) >= 10


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_after_its_key_has_died_a_lost_call_goes_to_a_person(office: Any) -> None:
    crowd = office(10)
    crowd.gateway.on_submit = lambda _: LOST
    crowd.go_to(SLOT)
    crowd.gateway.on_submit = taken
    crowd.go_to(SLOT + timedelta(hours=23, seconds=1))
    crowd.run(SLOT + 2 * DAY)
    assert len(crowd.gateway.calls) == 1
    assert crowd.view().state == State.HUMAN


def test_a_call_once_in_doubt_is_never_cut_anew_when_its_second_attempt_is_put_off(office: Any) -> None:
    crowd = office(10)
    answers = iter([LOST, BatchAnswer(RetryLater(SLOT + timedelta(hours=1), "E604", "429"))])
    crowd.gateway.on_submit = lambda batch: next(answers, None) or taken(batch)
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert len({batch.key for _, batch in crowd.gateway.calls}) == 1
    assert len(crowd.gateway.calls) == 3
    assert crowd.view().counts == {State.DONE: 10}


def test_words_that_a_gateway_refuses_hold_the_rest_for_a_person(office: Any) -> None:
    crowd = office(30, pace="100")
    crowd.gateway.on_submit = lambda _: BatchAnswer(Refused("E607", "template", "content"))
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    view = crowd.view()
    assert (view.state, view.code, view.counts) == (State.HELD, "E532", {State.DUE: 30})
    assert len(crowd.gateway.calls) == 1


def test_whoever_still_waits_at_the_deadline_is_missed_and_that_is_named(office: Any) -> None:
    crowd = office(40, limit="1m", pace="10")
    crowd.gateway.on_submit = lambda batch: taken(batch) if len(crowd.gateway.calls) < 3 else _later(crowd)
    crowd.go_to(SLOT)
    crowd.run(SLOT + 20 * SECOND)
    crowd.go_to(SLOT + 61 * SECOND)
    view = crowd.view()
    assert view.counts == {State.DONE: 20, State.MISSED: 20}
    assert (view.state, "20/40" in view.reason) == (State.DONE, True)


def _later(crowd: Crowd) -> BatchAnswer:
    return BatchAnswer(RetryLater(crowd.clock.now() + timedelta(hours=1), "E604"))


def test_a_doubtful_call_is_for_a_person_once_the_deadline_has_passed(office: Any) -> None:
    crowd = office(10, limit="1m")
    crowd.gateway.on_submit = lambda _: LOST
    crowd.go_to(SLOT)
    crowd.run(SLOT + 40 * SECOND)
    crowd.go_to(SLOT + 61 * SECOND)
    crowd.go_to(SLOT + 62 * SECOND)
    assert crowd.view().counts == {State.HUMAN: 10}
    crowd.run(SLOT + DAY)
    assert len({batch.key for _, batch in crowd.gateway.calls}) == 1
    assert crowd.view().state == State.HUMAN


def test_a_list_that_changes_after_the_approval_sends_nothing_unapproved(office: Any) -> None:
    crowd = office(10)
    (crowd.root / "content/recipients/dan.csv").write_text(listed(range(1, 12)), encoding="utf-8")
    crowd.go_to(SLOT)
    assert crowd.gateway.calls == []
    assert crowd.view().state == State.AWAITING


def test_a_layout_that_was_cut_off_goes_on_and_misses_nobody(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = office(50)
    monkeypatch.setattr(bulk_layout, "CHUNK", 7)
    chunks = iter(range(3))

    def dies(*args: Any) -> int | None:
        if next(chunks, None) is None:
            raise KeyboardInterrupt
        return real(*args)

    real = bulk_layout.lay_out_chunk
    monkeypatch.setattr(bulk_layout, "lay_out_chunk", dies)
    with pytest.raises(KeyboardInterrupt):
        crowd.go_to(SLOT)
    monkeypatch.setattr(bulk_layout, "lay_out_chunk", real)
    crowd.reopen()
    crowd.go_to(SLOT)
    crowd.run(SLOT + DAY)
    assert sorted(crowd.gateway.numbers) == sorted(e164(n) for n in range(1, 51))
    assert crowd.gateway.twice() == []


@pytest.mark.parametrize(("crashes", "after"), [(1, State.DONE), (3, State.HUMAN)])
def test_a_call_that_was_cut_off_is_in_doubt_and_one_that_crashes_often_is_for_a_person(
    office: Any, monkeypatch: pytest.MonkeyPatch, crashes: int, after: State
) -> None:
    crowd = office(10)
    crowd.clock.move_to(SLOT)
    for _ in range(crashes):
        _die_before_the_answer_is_written(crowd, monkeypatch)
        crowd.clock.move_to(crowd.clock.now() + timedelta(minutes=1))
    assert crowd.view().counts == {State.UNKNOWN if crashes == 1 else State.HUMAN: 10}
    crowd.run(SLOT + DAY)
    assert crowd.view().counts == {after: 10}
    assert len({batch.key for _, batch in crowd.gateway.calls}) == 1


def _die_before_the_answer_is_written(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("loa.dispatch.bulk.send.record", _die)
        with pytest.raises(KeyboardInterrupt):
            _beat_twice(crowd)
    crowd.reopen()


def _beat_twice(crowd: Crowd) -> None:
    """The first beat decides to send a doubtful call again, the second one does."""
    crowd.service.beat()
    crowd.service.beat()


def _die(*_: Any) -> None:
    raise KeyboardInterrupt
