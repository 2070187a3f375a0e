"""What happens to a delivery while its post is on the wire, and what can break before the wire."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from loa import store
from loa.delivery import Done, Ending, Message, Publisher, Receipt, Refused, RetryLater, State, Unknown
from loa.dispatch import reasons
from loa.errors import StoreError

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
