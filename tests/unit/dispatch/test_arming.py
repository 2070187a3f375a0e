"""The safety catch: a real account speaks to nobody, then to its test list, then to everybody, each on a named word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.crowd import SLOT, Crowd, e164, make_crowd
from support.office import replace_in

from loa import store
from loa.clock import SimulatedClock
from loa.delivery import Bulk, State
from loa.dispatch import Selection, Service, settle
from loa.dispatch.arming import arm, disarm
from loa.dispatch.bulk import control
from loa.errors import ApprovalError, LoaError
from loa.store import tables

HOUR = timedelta(hours=1)


def real(crowd: Crowd) -> Crowd:
    """The same office with real platforms at the other end."""
    crowd.desk = replace(crowd.desk, in_sandbox=False)
    crowd.service = Service(crowd.desk, "test", 1)
    return crowd


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Crowd]:
    root = make_crowd(tmp_path / "office", 7, staff=2, pace="3")
    crowd = real(Crowd(root, SimulatedClock(SLOT - timedelta(days=1)), Bulk(most=3)))
    crowd.make_ready()
    yield crowd
    crowd.close()


def test_an_account_that_nobody_armed_sends_nothing_and_says_what_to_do(office: Crowd) -> None:
    office.go_to(SLOT)
    view = office.view()
    assert office.gateway.calls == []
    assert (view.state, view.code) == (State.HELD, "E940")
    assert "loa sms arm" in view.remedy


def test_what_waited_goes_to_everybody_once_the_account_is_armed(office: Crowd) -> None:
    office.go_to(SLOT)
    assert arm(office.desk, "sms-tinh", store.ALL, "lan") == 1
    office.go_to(SLOT + timedelta(minutes=1))
    office.run(SLOT + HOUR)
    assert sorted(office.gateway.numbers) == [e164(n) for n in range(1, 8)]
    assert office.view().state == State.DONE


def test_an_account_armed_for_its_test_list_speaks_to_no_other_number(office: Crowd) -> None:
    arm(office.desk, "sms-tinh", "can-bo", "lan")
    office.go_to(SLOT)
    view = office.view()
    assert office.gateway.calls == []
    assert (view.state, view.code) == (State.HELD, "E941")
    assert "5 số" in view.reason  # two of the seven are staff too


def test_a_message_to_the_test_list_itself_goes(tmp_path: Path) -> None:
    root = make_crowd(tmp_path / "office", 7, staff=2)
    replace_in(root / "campaigns/thu-nghiem.yaml", "recipients: dan", "recipients: can-bo")
    crowd = real(Crowd(root, SimulatedClock(SLOT - timedelta(days=1)), Bulk(most=3)))
    crowd.make_ready()
    arm(crowd.desk, "sms-tinh", "can-bo", "lan")
    crowd.go_to(SLOT)
    crowd.run(SLOT + HOUR)
    assert sorted(crowd.gateway.numbers) == [e164(1), e164(2)]
    crowd.close()


def test_an_account_disarmed_in_the_middle_stops_and_goes_on_where_it_was(office: Crowd) -> None:
    arm(office.desk, "sms-tinh", store.ALL, "lan")

    def disarmed_meanwhile(batch: object) -> object:
        if len(office.gateway.calls) == 1:
            disarm(office.desk, "sms-tinh", "binh")
        return original(batch)  # type: ignore[arg-type]  # a gateway gets calls

    original = office.gateway.on_submit
    office.gateway.on_submit = disarmed_meanwhile  # type: ignore[assignment]  # an answer of its own
    office.go_to(SLOT)
    office.run(SLOT + HOUR)
    assert 3 <= len(office.gateway.numbers) < 7
    assert office.view().code == "E940"
    arm(office.desk, "sms-tinh", store.ALL, "lan")
    office.go_to(SLOT + timedelta(minutes=30))
    office.run(SLOT + HOUR)
    assert sorted(office.gateway.numbers) == [e164(n) for n in range(1, 8)]


def test_a_persons_again_does_not_lift_the_safety_catch(office: Crowd) -> None:
    office.go_to(SLOT)
    settle(office.desk, Selection(), "lan", "again")
    office.go_to(SLOT + timedelta(minutes=1))
    assert office.gateway.calls == []
    assert office.view().code == "E940"


def test_a_rehearsal_needs_no_arming(office: Crowd) -> None:
    office.reopen()  # a desk with imitations at the other end
    office.go_to(SLOT)
    office.run(SLOT + HOUR)
    assert len(office.gateway.numbers) == 7


def test_only_a_reviewer_arms_and_only_for_lists_that_there_are(office: Crowd) -> None:
    with pytest.raises(ApprovalError) as stranger:
        arm(office.desk, "sms-tinh", store.ALL, "Ai Đó")
    with pytest.raises(LoaError) as unknown:
        arm(office.desk, "sms-tinh", "khong-co", "lan")
    assert (stranger.value.code, unknown.value.code) == ("E501", "E943")
    with office.desk.book.read() as connection:
        assert store.armings(connection) == ()


def test_who_armed_what_stands_in_the_trail(office: Crowd) -> None:
    arm(office.desk, "sms-tinh", "can-bo", "lan")
    disarm(office.desk, "sms-tinh", "binh")
    event = tables.event
    query = sa.select(event.c.actor, event.c.cause, event.c.params).where(event.c.cause.in_(("arm", "disarm")))
    with office.desk.book.read() as connection:
        found = connection.execute(query.order_by(event.c.id)).all()
    assert [(actor, cause, params["scope"]) for actor, cause, params in found] == [
        ("Nguyễn Thị Lan", "arm", "can-bo"),
        ("Trần Văn Bình", "disarm", ""),
    ]


def test_a_pause_survives_the_arming(office: Crowd) -> None:
    office.go_to(SLOT)
    arm(office.desk, "sms-tinh", store.ALL, "lan")
    control.pause(office.desk, Selection(), "lan", "Chờ sửa lời")
    arm(office.desk, "sms-tinh", store.ALL, "lan")
    office.go_to(SLOT + timedelta(minutes=1))
    assert office.gateway.calls == []
