"""What happens to a delivery while its post is on the wire, and what can break before the wire."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from loa import store
from loa.delivery import Done, Ending, Message, Publisher, Receipt, Refused, RetryLater, State, Unknown
from loa.dispatch import Selection, reasons, retry
from loa.dispatch.memory import Memory
from loa.dispatch.package import hashes_of, opened
from loa.dispatch.posts.record import MOST_TRIES
from loa.dispatch.reconcile import MOST_ATTEMPTS, look_up_doubtful
from loa.errors import StoreError
from loa.store import NewSending

from .conftest import FIRST_SLOT, Stage
from .puppet import play
from .test_posts import line_up, posts, send, states


@pytest.fixture
def ready(stage: Stage) -> Stage:
    stage.make_ready()
    stage.clock.move_to(FIRST_SLOT - timedelta(minutes=30))  # nothing of the plan is due yet
    return stage


def stands(stage: Stage) -> tuple[State, State]:
    """The states of a delivery that was lined up and of its post."""
    with stage.desk.book.read() as connection:
        [each] = store.sendings(connection)
        return store.delivery_by_id(connection, each.delivery_id).state, each.state


def moves(stage: Stage, delivery_id: int) -> list[str]:
    with stage.desk.book.read() as connection:
        found = connection.exec_driver_sql("SELECT delivery_id, after FROM event WHERE cause = 'move' ORDER BY id")
        return [after for of, after in found if of == delivery_id]


def test_a_post_that_is_out_is_not_held_because_another_page_refused_its_words(stage: Stage) -> None:
    stage.make_ready()
    puppet = play(
        stage,
        publish=lambda message: Refused("E606", "", "content") if len(puppet.sent) == 1 else Done(Receipt(message.key)),
    )
    stage.go_to(FIRST_SLOT)
    counts = sorted(stage.states("tin-mot").values())
    assert counts == [State.DONE, State.REFUSED] == sorted(states(stage))
    for view in stage.views("tin-mot"):
        assert moves(stage, view.id)[-1] == view.state


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (lambda _: Done(Receipt("1")), (State.DONE, State.DONE)),
        (lambda _: Refused("E606", ""), (State.REFUSED, State.REFUSED)),
        (lambda now: RetryLater(now, "E602"), (State.HELD, State.RETRY_LATER)),
        (lambda _: Unknown("E603", ""), (State.HELD, State.UNKNOWN)),
    ],
)
def test_what_became_of_a_post_is_told_though_its_delivery_was_held_while_it_was_on_the_wire(
    ready: Stage, answer: Callable[..., Ending], after: tuple[State, State]
) -> None:
    line_up(ready, 1)

    def publish(_message: Message) -> Ending:
        with ready.desk.book.write() as connection:
            [row] = store.deliveries(connection, states=(State.DUE,))
            store.move_delivery(connection, row, State.HELD, at=ready.clock.now(), reason=reasons.CHANGED_MIDWAY)
        return answer(ready.clock.now())

    play(ready, publish=publish)
    send(ready)
    assert stands(ready) == after


@pytest.mark.parametrize("error", [PermissionError("secrets"), StoreError("E701", place="book", detail="")])
def test_what_breaks_before_the_wire_is_tried_again_and_stops_no_account(ready: Stage, error: Exception) -> None:
    line_up(ready, 3)
    whole = play(ready)
    desk = ready.desk

    def broken(_account: str) -> Publisher:
        raise error

    ready.desk = replace(desk, publisher_of=broken)
    send(ready)
    assert set(states(ready)) == {State.RETRY_LATER}
    assert {each.code for each in posts(ready)} <= {"E592", "E701"}
    with desk.book.read() as connection:
        assert not store.pauses(connection, ready.clock.now())
    ready.desk = desk
    ready.clock.advance(timedelta(minutes=1))
    send(ready)
    assert set(states(ready)) == {State.DONE}
    assert len(whole.sent) == 3


def test_what_a_person_has_tried_again_has_all_its_tries_anew(ready: Stage) -> None:
    line_up(ready, 1)
    puppet = play(ready, publish=lambda _: RetryLater(ready.clock.now(), "E602"))

    def try_often() -> None:
        for _ in range(MOST_TRIES + 2):
            send(ready)
            with ready.desk.book.write() as connection:  # no wait, lest its window ends
                connection.exec_driver_sql("UPDATE sending SET next_try = 0 WHERE state = 'retry_later'")

    try_often()
    assert (states(ready), len(puppet.sent)) == ([State.REFUSED], MOST_TRIES)
    retry(ready.desk, Selection(), "lan")
    try_often()
    assert (states(ready), len(puppet.sent)) == ([State.REFUSED], 2 * MOST_TRIES)


def test_tries_that_never_reached_the_platform_do_not_make_a_doubt_a_question_for_a_person(ready: Stage) -> None:
    line_up(ready, 1)
    answers: list[Ending] = [RetryLater(ready.clock.now(), "E602")] * MOST_ATTEMPTS + [Unknown("E603", "")]
    puppet = play(ready, publish=lambda _: answers.pop(0) if answers else Done(Receipt("1")))
    while answers:
        send(ready)
        ready.clock.advance(timedelta(minutes=1))
        with ready.desk.book.write() as connection:
            connection.exec_driver_sql("UPDATE sending SET next_try = 0 WHERE state = 'retry_later'")
    ready.clock.advance(timedelta(minutes=30))
    look_up_doubtful(ready.desk)
    assert states(ready) == [State.DUE]
    send(ready)
    assert len(puppet.sent) == MOST_ATTEMPTS + 2
    assert states(ready) == [State.DONE]


@dataclass
class SlowShelf:
    """A store of files from which everything may still come."""

    asked: int = 0

    def ask_for(self, _wanted: object) -> tuple[bool, None]:
        self.asked += 1
        assert self.asked < MANY_TIMES
        return True, None


@dataclass
class SlowRenderer:
    shelf: SlowShelf


MANY_TIMES = 10


def test_what_waits_for_its_files_holds_up_neither_the_account_nor_the_beat(ready: Stage) -> None:
    line_up(ready, 3)
    now = ready.clock.now()
    with ready.desk.book.write() as connection:
        row = next(each for each in store.deliveries(connection) if each.item_id == "tin-ba")
        store.save_plan(connection, [], [(row, replace(row, due=now - timedelta(hours=1), state=State.DUE))], now)
        store.add_sendings(connection, [NewSending(row.id, 1, f"{row.key}#0", row.account_id, row.due)])
        connection.exec_driver_sql("UPDATE sending SET due = 0, next_try = 0 WHERE seq = 1")
    puppet = play(ready)
    shelf = SlowShelf()
    ready.desk = replace(ready.desk, renderer=SlowRenderer(shelf), memory=OneByOne())
    for path in hashes_of(opened(row.package)):
        ready.desk.workspace.inside(path).unlink()
    send(ready)
    assert len(puppet.sent) == 3
    assert sorted(states(ready)) == [State.DONE] * 3 + [State.DUE]


class OneByOne(Memory):
    window = 1
