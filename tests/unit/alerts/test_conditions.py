"""What an office should hear of, seen in the book."""

from datetime import timedelta

import pytest
from support.booked import booked

from loa import store
from loa.alerts import observe, silence
from loa.clock import SimulatedClock
from loa.delivery import State
from loa.dispatch import Desk
from loa.messages import sentence
from loa.store import AccountPause, HealthLine, Presence, Stop

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def seen(desk: Desk) -> dict[str, tuple[str, str]]:
    """Key → code and count."""
    return {each.key: (each.code, each.params.get("count", "")) for each in observe(desk)}


def test_nothing_is_wrong_with_an_empty_book_or_one_on_time(desk: Desk, clock: SimulatedClock) -> None:
    booked(desk.book, State.APPROVED, clock.now() + HOUR, item="sau")
    booked(desk.book, State.DUE, clock.now() - 2 * MINUTE, item="dang-phat")
    booked(desk.book, State.DONE, clock.now() - HOUR, item="xong")
    booked(desk.book, State.MISSED, clock.now() - 30 * HOUR, item="da-lau")
    booked(desk.book, State.UNKNOWN, clock.now() - MINUTE, item="dang-tra")
    booked(desk.book, State.DUE, clock.now() - 40 * HOUR, item="nhan-tin", channel="sms", account="sms-tinh")
    assert seen(desk) == {}


def test_a_hundred_and_thirty_late_accounts_of_one_slot_are_one_condition(desk: Desk, clock: SimulatedClock) -> None:
    due = clock.now() - HOUR
    booked(desk.book, State.APPROVED, due, count=130, item="dong-loat")
    (late,) = observe(desk)
    assert (late.key, late.kind, late.code) == ("late/thu/dong-loat/20270301T0400", "late", "E990")
    assert late.params["count"] == "130"
    assert late.params["accounts"].count("Trang") == 5


@pytest.mark.parametrize(
    ("state", "reason", "key"),
    [
        (State.AWAITING, "", "late"),
        (State.PLANNED, "", "late"),
        (State.RETRY_LATER, "", "late"),
        (State.HELD, "E518", "late"),
        (State.MISSED, "", "missed"),
        (State.HUMAN, "", "unknown"),
        (State.UNKNOWN, "", "unknown"),
    ],
)
def test_each_state_in_trouble_is_seen(desk: Desk, clock: SimulatedClock, state: State, reason: str, key: str) -> None:
    booked(desk.book, state, clock.now() - HOUR, reason=reason)
    assert [each.key.split("/")[0] for each in observe(desk)] == [key]


def test_what_a_person_holds_back_for_other_reasons_is_not_late(desk: Desk, clock: SimulatedClock) -> None:
    booked(desk.book, State.HELD, clock.now() - HOUR, reason="E580")
    assert seen(desk) == {}


def test_accounts_that_wait_for_a_person_are_seen_and_those_that_rest_are_not(
    desk: Desk, clock: SimulatedClock
) -> None:
    now = clock.now()
    booked(desk.book, State.DUE, now, account="fb-xa")
    with desk.book.write() as connection:
        store.pause_account(connection, AccountPause("fb-xa", None, "E605", "190/463"), now)
        store.pause_account(connection, AccountPause("fb-tinh", now + HOUR, "E606", ""), now)
    store.replace_health(desk.book, "sms-tinh", [HealthLine("sms-tinh", now, "stop", "E605", {})])
    assert seen(desk) == {"auth/fb-xa": ("E992", "1"), "auth/sms-tinh": ("E992", "0")}


def test_a_plan_with_problems_and_a_stop_in_force_with_things_due_are_seen(desk: Desk, clock: SimulatedClock) -> None:
    now = clock.now()
    store.set_stop(desk.book, Stop(now, "Nguyễn Thị Lan", "quốc tang"), "Nguyễn Thị Lan", now)
    assert seen(desk) == {}
    booked(desk.book, State.APPROVED, now - MINUTE)
    assert seen(desk) == {"stopped/all": ("E995", "1")}
    store.note(desk.book, "blocked", "campaigns/a.yaml:3:1 [E110] sai khóa\n→ sửa")
    assert seen(desk)["stopped/plan"] == ("E994", "")


def test_a_silent_scheduler_is_seen_only_while_something_is_due_and_its_counter_stands_still(
    desk: Desk, clock: SimulatedClock
) -> None:
    store.sign_in(desk.book, Presence("may-1", "clock", "may-1", 7), clock.now())
    clock.advance(4 * MINUTE)
    assert silence(desk, 0) == []
    booked(desk.book, State.APPROVED, clock.now() - MINUTE)
    (silent,) = silence(desk, 0)
    assert (silent.key, silent.code, silent.params["count"]) == ("heartbeat", "E993", "1")
    store.sign_of_life(desk.book, "may-1", clock.now())
    assert silence(desk, 0) == []


def test_a_scheduler_that_never_ran_is_silent_too(desk: Desk, clock: SimulatedClock) -> None:
    booked(desk.book, State.APPROVED, clock.now() - MINUTE)
    (silent,) = silence(desk, 0)
    assert (silent.code, silent.params) == ("E986", {"count": "1"})
    assert "chưa chạy lần nào" in sentence(silent.code, silent.params)
