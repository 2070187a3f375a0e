"""A meeting is moved after people were told of it: nothing is told twice, and the list of meetings says so."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from support.office import replace_in

from loa.delivery import State
from loa.dispatch import plan
from loa.dispatch.attendance import Attendance, meeting_views, report_held
from loa.dispatch.logbook import logged, withdraw
from loa.dispatch.rescheduling import Wish, reschedule
from loa.errors import LoaError

from .conftest import FIRST_SLOT, Stage

FILE = "campaigns/thu-nghiem.yaml"
EVENTS = """\
events:
  - id: hop
    title: Buổi tuyên truyền
    kind: session
    meetings:
      - {unit: tinh-mau, date: 2027-03-04, at: "14:00", place: Hội trường}
      - {unit: xa-mot, date: 2027-03-04, at: "14:00", place: Nhà văn hóa}
items:
"""
PLAN = """\
id: ke-hoach
title: Kế hoạch thử
document: Kế hoạch số 1/KH-UBND
body: {name: UBND tỉnh Mẫu, short_name: UBND, town: Mẫu, signer_title: CHỦ TỊCH, reports_to: [Bộ]}
from: 2027-01-01
to: 2027-12-31
tasks: [{id: tuyen-truyen, title: Tuyên truyền, place: Mục I}]
"""


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Both units have asked their citizens to come."""
    replace_in(stage.root / FILE, "items:\n", EVENTS)
    replace_in(stage.root / FILE, 'when: {date: 2027-03-01, at: "08:00"}', 'when: {event: hop, days: -3, at: "08:00"}')
    words = '{text: "Mời đến {{ event.place }} lúc {{ event.time }}."}'
    replace_in(stage.root / FILE, "facebook: {}", f"facebook: {words}")
    stage.open()
    stage.make_ready()
    stage.go_to(FIRST_SLOT)
    stage.settle()
    return stage


def test_a_moved_meeting_is_not_announced_again_and_whoever_looks_is_told(told: Stage) -> None:
    published = [each for each in told.effects() if "Mời đến" in each.text]
    texts = {"Mời đến Hội trường lúc 14 giờ.", "Mời đến Nhà văn hóa lúc 14 giờ."}
    assert {each.text for each in published} == texts
    assert len(published) == len(texts)
    assert set(told.states("tin-mot").values()) == {State.DONE}

    replace_in(told.root / FILE, "{unit: xa-mot, date: 2027-03-04", "{unit: xa-mot, date: 2027-03-11")
    told.open()
    plan(told.desk, FIRST_SLOT + timedelta(days=30))
    told.go_to(FIRST_SLOT + timedelta(days=7))
    told.settle()

    assert [each for each in told.effects() if "Mời đến" in each.text] == published
    assert set(told.states("tin-mot").values()) == {State.DONE}
    first, moved = meeting_views(told.desk)
    assert [each.told_at for each in first.going_out] == [None]
    assert [each.told_at for each in moved.going_out] == [FIRST_SLOT]
    assert [each.due for each in moved.going_out] == [FIRST_SLOT + timedelta(days=7)]
    assert (first.untold, moved.untold) == ((), ())
    assert (first.is_unreported, moved.is_unreported) == (True, False), "one is over, the other is to come"


def test_a_meeting_that_was_moved_too_near_shows_what_can_no_longer_be_said_before_it(told: Stage) -> None:
    text = '      - {id: toi, unit: tinh-mau, date: 2027-03-03, at: "19:00", place: Hội trường}\nitems:\n'
    replace_in(told.root / FILE, "items:\n", text)
    told.open()
    late, *_ = meeting_views(told.desk)
    assert late.appointment.meeting.name == "toi"
    assert [(each.item_id, each.due) for each in late.untold] == [("tin-mot", FIRST_SLOT - timedelta(days=1))]


def test_what_is_said_of_a_meeting_is_not_dragged_away_from_it(told: Stage) -> None:
    path = told.root / FILE
    before = path.read_bytes()
    to = datetime(2027, 3, 20, 1, tzinfo=UTC)
    wish = Wish("thu-nghiem", "tin-mot", date(2027, 3, 1), to, hashlib.sha256(before).hexdigest())
    with pytest.raises(LoaError) as caught:
        reschedule(told.desk, wish)
    assert caught.value.code == "E826"
    assert path.read_bytes() == before


def test_only_a_meeting_that_was_held_is_reported_and_a_wrong_report_is_withdrawn_first(stage: Stage) -> None:
    deadline = "      - {id: han, unit: xa-mot, date: 2027-02-01, deadline: có}\nitems:\n"
    past = EVENTS.replace("{unit: tinh-mau, date: 2027-03-04", "{id: qua, unit: tinh-mau, date: 2027-02-01")
    replace_in(stage.root / FILE, "items:\n", past.replace("items:\n", deadline))
    stage.open()
    proof = {"link": "https://tinh-mau.example.vn/buoi"}

    def report(name: str, people: int = 0) -> list[int]:
        return report_held(stage.desk, Attendance(f"thu-nghiem/hop/{name}", people, proof), "lan")

    def refused(name: str) -> str:
        with pytest.raises(LoaError) as caught:
            report(name)
        return caught.value.code

    assert refused("qua") == "E349", "a campaign without a plan has no log"
    (stage.root / "campaigns/plan.yaml").write_text(PLAN, encoding="utf-8")
    stage.open()
    assert [refused(name) for name in ("han", "xa-mot", "khac")] == ["E308", "E274", "E345"]
    first, people = report("qua", 30)
    assert refused("qua") == "E348"
    withdraw(stage.desk, first, "lan")
    assert refused("qua") == "E348", "the people still stand"
    withdraw(stage.desk, people, "lan")
    report("qua", 35)
    assert [(each.kind, each.count, each.unit_code) for each in logged(stage.desk)] == [
        ("event", 1, "tinh-mau"),
        ("people", 35, "tinh-mau"),
    ]
