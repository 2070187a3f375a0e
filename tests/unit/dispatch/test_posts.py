"""Windows of public posts: their order, what a bad ending keeps back, the pace, the last look, and what never left."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import Machine
from support.office import replace_in

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Absent, AuthNeeded, Done, Message, Receipt, RetryLater, State, Unknown
from loa.dispatch.delivering import drain, next_post, ripe_accounts
from loa.dispatch.gate import Gate
from loa.dispatch.memory import Memory, window_for
from loa.dispatch.outbox import give_back
from loa.dispatch.posts.record import MOST_TRIES, back_off
from loa.dispatch.reconcile import look_up_doubtful
from loa.errors import StoreError
from loa.store import AccountPause, NewSending, SendingRow, fence, windows
from loa.store.journal import Line

from .conftest import FIRST_SLOT, Stage
from .puppet import play

SOON = timedelta(seconds=30)
PAGE = "fb-tinh"


def line_up(stage: Stage, count: int, account_id: str = PAGE) -> None:
    """So many more posts of an account, approved and due, in the order of their numbers."""
    now = stage.clock.now()
    with stage.desk.book.write() as connection:
        row = next(each for each in store.deliveries(connection) if each.account_id == account_id)
        [yes, *_] = store.approvals_of(connection, [row.key])[row.key]
        keys = [f"{row.key}-{number:03}" for number in range(count)]
        plans = [replace(row, key=key, due=now, state=State.DUE) for key in keys]
        store.save_plan(connection, plans, [], now)
        ids = {each.key: each.id for each in store.deliveries(connection)}
        for key in keys:
            store.record_decision(connection, replace(yes, delivery_key=key), ids[key])
        store.add_sendings(connection, [NewSending(ids[key], 0, f"{key}#0", account_id, now) for key in keys])


def posts(stage: Stage) -> list[SendingRow]:
    with stage.desk.book.read() as connection:
        return store.sendings(connection)


def states(stage: Stage) -> list[State]:
    return [each.state for each in posts(stage)]


def send(stage: Stage) -> int:
    return drain(stage.desk, stage.clock.now() + SOON)


@pytest.fixture
def ready(stage: Stage) -> Stage:
    stage.make_ready()
    stage.clock.move_to(FIRST_SLOT - timedelta(minutes=30))  # nothing of the plan is due yet
    return stage


def number_of(stage: Stage, sent: Sequence[Message]) -> list[int]:
    """Which of the line were sent, in the order of sending."""
    by_key = {message_key(each): place for place, each in enumerate(posts(stage))}
    return [by_key[message.key] for message in sent]


def message_key(each: SendingRow) -> str:
    return hashlib.sha256(each.idem.encode()).hexdigest()[:32]


def test_a_window_of_an_account_leaves_in_its_order_with_few_commits(ready: Stage) -> None:
    line_up(ready, 40)
    puppet = play(ready)
    with ready.desk.book.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    assert ripe_accounts(ready.desk, ready.clock.now()) == {PAGE}
    assert send(ready) == 40
    assert number_of(ready, puppet.sent) == list(range(40))
    assert set(states(ready)) == {State.DONE}
    assert ripe_accounts(ready.desk, ready.clock.now()) == set()
    with ready.desk.book.read() as connection:
        after = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
        rows = [each for each in store.deliveries(connection) if each.key[-4:-3] == "-"]
    assert after - before == 80  # of each its answer, and the move of its delivery
    assert {row.state for row in rows} == {State.DONE}


def test_only_the_accounts_that_were_asked_for_are_drained(ready: Stage) -> None:
    line_up(ready, 2)
    line_up(ready, 2, "fb-xa")
    puppet = play(ready)
    assert drain(ready.desk, ready.clock.now() + SOON, {"fb-xa"}) == 2
    assert ripe_accounts(ready.desk, ready.clock.now()) == {PAGE}
    assert len(puppet.sent) == 2


@pytest.mark.parametrize(
    "ending", [AuthNeeded("E605", "token"), RetryLater(FIRST_SLOT, "E604", "", pause_account=True)]
)
def test_an_ending_that_stops_the_account_keeps_back_what_was_claimed_after_it(ready: Stage, ending: object) -> None:
    line_up(ready, 10)
    puppet = play(ready, publish=lambda message: ending if len(puppet.sent) == 4 else Done(Receipt(message.key)))
    send(ready)
    assert number_of(ready, puppet.sent) == [0, 1, 2, 3]
    assert states(ready) == [State.DONE] * 3 + [State.RETRY_LATER] + [State.DUE] * 6
    with ready.desk.book.read() as connection:
        assert windows.times_sent(connection, posts(ready)[5].id) == 0


def test_a_post_to_be_tried_later_lets_the_others_go_on_after_what_was_claimed_is_put_back(ready: Stage) -> None:
    line_up(ready, 6)
    later = ready.clock.now() + timedelta(minutes=5)
    puppet = play(
        ready,
        publish=lambda message: RetryLater(later, "E602") if len(puppet.sent) == 2 else Done(Receipt(message.key)),
    )
    send(ready)
    assert number_of(ready, puppet.sent) == [0, 1, 2, 3, 4, 5]
    assert states(ready).count(State.RETRY_LATER) == 1
    assert posts(ready)[1].next_try >= later  # never before the platform's word


def test_a_platform_that_cannot_be_reached_is_left_alone_by_the_whole_account(ready: Stage) -> None:
    line_up(ready, 50)
    puppet = play(ready, publish=lambda _: RetryLater(ready.clock.now(), "E601"))
    for _ in range(3):
        send(ready)
    assert len(puppet.sent) == 1
    with ready.desk.book.read() as connection:
        [pause] = store.pauses(connection, ready.clock.now())
    assert pause.code == "E601"
    assert pause.until is not None


def test_what_fails_too_often_is_refused_until_a_person_has_it_tried_again(ready: Stage) -> None:
    line_up(ready, 1)
    puppet = play(ready, publish=lambda _: RetryLater(ready.clock.now(), "E602", "tải ảnh"))
    for _ in range(MOST_TRIES + 3):
        send(ready)
        ready.clock.advance(timedelta(minutes=15))
        with ready.desk.book.write() as connection:  # its window would end long before its tries do
            connection.exec_driver_sql("UPDATE sending SET next_try = 0 WHERE state = 'retry_later'")
    assert len(puppet.sent) == MOST_TRIES
    assert [(each.state, each.code) for each in posts(ready)] == [(State.REFUSED, "E591")]


@given(st.integers(0, 1000), st.floats(0, 1))
def test_a_wait_grows_to_a_most_and_any_part_of_it_may_be_taken(tries: int, chance: float) -> None:
    assert timedelta(0) <= back_off(tries, chance) <= timedelta(minutes=15)
    assert back_off(tries, 1.0) <= back_off(tries + 1, 1.0)


def test_a_stop_in_the_midst_of_a_window_keeps_back_the_rest(ready: Stage) -> None:
    line_up(ready, 5)

    def stop_after_two(message: Message) -> Done:
        if len(puppet.sent) == 2:
            now = ready.clock.now()
            store.set_stop(ready.desk.book, store.Stop(now, "Lan", "thử"), "Lan", now)
        return Done(Receipt(message.key))

    puppet = play(ready, publish=stop_after_two)
    send(ready)
    assert states(ready) == [State.DONE] * 2 + [State.DUE] * 3


def test_what_another_scheduler_has_put_in_doubt_does_not_leave(ready: Stage) -> None:
    line_up(ready, 5)

    def taken_over(message: Message) -> Done:
        if len(puppet.sent) == 2:
            with ready.desk.book.write() as connection:
                for each in store.recover(connection):
                    store.move_sending(
                        connection, each, {"state": State.UNKNOWN}, at=ready.clock.now(), cause="recover"
                    )
        return Done(Receipt(message.key))

    puppet = play(ready, publish=taken_over)
    send(ready)
    assert len(puppet.sent) == 2
    assert State.DUE not in states(ready)


def test_nothing_leaves_for_a_process_that_was_declared_gone(ready: Stage) -> None:
    line_up(ready, 5)
    store.sign_in(ready.desk.book, store.Presence(ready.desk.worker, "worker", "here", 1), ready.clock.now())

    def gone(message: Message) -> Done:
        store.declare_gone(ready.desk.book, [ready.desk.worker])
        return Done(Receipt(message.key))

    puppet = play(ready, publish=gone)
    send(ready)
    send(ready)
    assert len(puppet.sent) == 1


class Full:
    """A journal on a disk that is full."""

    is_full = True
    folder = Path()

    def belongs_to(self, book_id: str) -> None: ...

    def ready(self) -> None: ...

    def append(self, lines: Sequence[Line]) -> None:
        if self.is_full and any(line.kind == "intent" for line in lines):
            raise StoreError("E710", place="var/journal", detail="full")


def test_a_window_whose_intents_could_not_be_told_is_certainly_not_sent(ready: Stage) -> None:
    line_up(ready, 5)
    puppet = play(ready)
    journal = Full()
    book = replace_journal(ready, journal)
    with pytest.raises(StoreError, match="E710"):
        send(ready)
    assert puppet.sent == []
    assert set(states(ready)) == {State.SENDING}
    journal.is_full = False
    assert give_back(ready.desk) == 5
    assert set(states(ready)) == {State.DUE}
    assert send(ready) == 5
    book.close()


class Meanwhile:
    """A book in which a lane leaves something behind while what was left before is written down."""

    def __init__(self, stage: Stage) -> None:
        self._book, self._memory = stage.desk.book, stage.desk.memory
        self.fails = False

    @contextmanager
    def write(self) -> Iterator[store.Connection]:
        with self._book.write() as connection:
            self._memory.keep_back([(2, 1)])
            if self.fails:
                raise StoreError("E701")
            yield connection


def test_what_a_lane_leaves_behind_while_another_gives_back_is_not_forgotten(ready: Stage) -> None:
    book: Any = Meanwhile(ready)
    desk, memory = replace(ready.desk, book=book), ready.desk.memory
    memory.keep_back([(1, 1)])
    give_back(desk)
    assert memory.kept_back() == {(2, 1)}


def test_what_could_not_be_given_back_is_kept_for_the_next_time(ready: Stage) -> None:
    book: Any = Meanwhile(ready)
    book.fails = True
    desk, memory = replace(ready.desk, book=book), ready.desk.memory
    memory.keep_back([(1, 1)])
    with pytest.raises(StoreError):
        give_back(desk)
    assert memory.kept_back() == {(1, 1), (2, 1)}


def replace_journal(stage: Stage, journal: Full) -> store.Book:
    place = stage.desk.book.place if not stage.desk.book.is_sqlite else stage.desk.workspace.book
    book = store.open_book(place, journal)
    stage.desk = replace(stage.desk, book=book)
    return book


def test_a_doubt_is_not_looked_up_before_its_settle_time_has_really_passed(ready: Stage) -> None:
    line_up(ready, 1)
    machine = Machine(ready.clock.now())
    puppet = play(ready, publish=lambda _: Unknown("E603", "timeout"), look_up=lambda _: Absent())
    wall = WallClock(machine)
    ready.desk = replace(ready.desk, clock=wall)
    drain(ready.desk, machine.wall + SOON)
    machine.jump(timedelta(hours=3))
    look_up_doubtful(ready.desk)
    assert states(ready) == [State.UNKNOWN]
    machine.pass_by(puppet.card.settle)
    look_up_doubtful(ready.desk)
    assert states(ready) == [State.DUE]


class WallClock(SimulatedClock):
    """What the wall shows, beside the time that really passes."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine.wall)
        self._machine = machine

    def now(self) -> datetime:
        return self._machine.wall

    def real(self) -> float:
        return self._machine.seconds


class PassingClock(SimulatedClock):
    """Time passes where it is waited for."""

    def pause(self, seconds: float) -> bool:
        self.advance(timedelta(seconds=max(seconds, 0)))
        return True

    def seconds(self) -> float:
        return self.now().timestamp()


def test_posts_keep_the_pace_of_their_account_and_nothing_is_caught_up(ready: Stage) -> None:
    replace_in(ready.root / "loa.yaml", '{page_id: "1001"}', '{page_id: "1001", rate_per_second: "10"}')
    ready.open()
    line_up(ready, 30)
    moments: list[datetime] = []
    play(ready, publish=lambda message: (moments.append(ready.desk.clock.now()), Done(Receipt(message.key)))[1])
    clock = PassingClock(ready.clock.now())
    ready.desk = replace(ready.desk, clock=clock, memory=Memory(clock.seconds))
    assert drain(ready.desk, clock.now() + timedelta(minutes=1)) == 30
    waits = [(after - before).total_seconds() for before, after in pairwise(moments)]
    assert min(waits) >= 0.0999
    assert (moments[-1] - moments[0]).total_seconds() == pytest.approx(2.9, abs=0.2)


def test_a_bucket_stays_as_empty_as_it_was_when_the_process_ends(ready: Stage) -> None:
    replace_in(ready.root / "loa.yaml", '{page_id: "1001"}', '{page_id: "1001", rate_per_second: "0.1"}')
    ready.open()
    line_up(ready, 3)
    play(ready)
    clock = PassingClock(ready.clock.now())
    ready.desk = replace(ready.desk, clock=clock, memory=Memory(clock.seconds))
    drain(ready.desk, clock.now() + timedelta(seconds=1))
    left = clock.now()
    ready.desk = replace(ready.desk, memory=Memory(clock.seconds))  # another process
    moment = next_post(ready.desk)
    assert moment is not None
    assert moment - left > timedelta(seconds=9)


def test_accounts_that_share_a_bucket_share_its_pace(ready: Stage) -> None:
    for page in ("1001", "1002"):
        shared = f'{{page_id: "{page}", rate_per_second: "10", bucket: app}}'
        replace_in(ready.root / "loa.yaml", f'{{page_id: "{page}"}}', shared)
    ready.open()
    line_up(ready, 10)
    line_up(ready, 10, "fb-xa")
    play(ready)
    clock = PassingClock(ready.clock.now())
    ready.desk = replace(ready.desk, clock=clock, memory=Memory(clock.seconds))
    begun = clock.now()
    assert drain(ready.desk, begun + timedelta(minutes=1)) == 20
    assert (clock.now() - begun).total_seconds() >= 1.8


def test_a_changed_pace_needs_no_new_approval(ready: Stage) -> None:
    before = {view.id: view.state for view in ready.views()}
    replace_in(ready.root / "loa.yaml", '{page_id: "1001"}', '{page_id: "1001", rate_per_second: "3"}')
    ready.open()
    ready.service.beat()
    assert {view.id: view.state for view in ready.views()} == before


def test_a_paused_account_is_not_ripe(ready: Stage) -> None:
    line_up(ready, 1)
    with ready.desk.book.write() as connection:
        store.pause_account(connection, AccountPause(PAGE, None, "E605", ""), ready.clock.now())
    assert ripe_accounts(ready.desk, ready.clock.now()) == set()
    assert next_post(ready.desk) is None


@given(
    st.integers(1, 200),
    st.lists(st.tuples(st.floats(0, 0.3), st.floats(-0.5, 0.3)), min_size=1, max_size=300),
)
def test_no_second_sees_more_than_a_bucket_allows_whatever_holds_posts_up(
    rate: int, asked: list[tuple[float, float]]
) -> None:
    now = [1000.0]
    gate = Gate(lambda: now[0])
    left: list[float] = []
    for passes, turn in asked:
        now[0] += passes
        wait = gate.wait("b", 1 / rate, now[0] + turn)
        assert wait is not None
        left.append(now[0] + wait)
    for first in left:
        assert sum(first <= each < first + 1 for each in left) <= rate + 1


def test_a_turn_that_is_over_is_not_taken_and_takes_nothing_from_others() -> None:
    gate = Gate(lambda: 1000.0)
    assert gate.wait("b", 1.0, 999.0, latest=999.03) is None
    assert gate.wait("b", 1.0, 1000.0, latest=1000.03) == 0


def test_a_window_grows_with_the_time_that_a_commit_takes() -> None:
    assert [window_for(seconds) for seconds in (0.0, 0.0005, 0.002, 0.004, 0.008, 1.0)] == [64, 64, 64, 128, 256, 256]


def test_a_fresh_look_is_shared_and_a_stale_one_is_not() -> None:
    now = [1000.0]
    memory = Memory(lambda: now[0])
    looks: list[float] = []

    def look() -> fence.Sight:
        looks.append(now[0])
        return fence.NOTHING

    for moment in (0.0, 0.04, 0.06, 0.1, 9.0):
        now[0] = 1000.0 + moment
        memory.sight(look, is_shared=True)
    assert looks == [1000.0, 1000.06, 1009.0]
    memory.sight_of(7, look, since=1009.0)
    assert len(looks) == 3
    memory.sight_of(7, look, since=1009.1)
    assert len(looks) == 4


def test_a_post_that_a_look_did_not_ask_for_is_looked_at_by_itself() -> None:
    memory = Memory(lambda: 1000.0)
    asked = iter([frozenset({1}), frozenset({1, 2})])
    looks: list[fence.Sight] = []

    def look() -> fence.Sight:
        looks.append(replace(fence.NOTHING, is_stopped=False, asked=next(asked)))
        return looks[-1]

    memory.sight(look, is_shared=True)
    assert memory.sight_of(1, look, since=0) is looks[0]
    assert memory.sight_of(2, look, since=0) is looks[1]
    assert memory.sight_of(2, look, since=0) is looks[1]
