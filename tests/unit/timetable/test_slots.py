from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from loa.timetable import build, titles_of, to_ics

Setting = Callable[..., Any]
YEAR = ("2026-01-01", "2027-01-01")
MANY = (
    '{at: "08:00", every: week, weekday: monday, off_holidays: after}',
    '{at: "09:00", every: month, day: 31}',
    '{at: "07:30", anchor: ngay-hoi, days: -7, off_holidays: before}',
    '{at: "18:30", every: wave, month: 10, weekdays: [tuesday, friday]}',
    '{at: "10:00", every: month, last_working_day: yes, move: {2026-03-31: 2026-08-05 08:00}}',
    '{at: "20:00", anchor: giao-thua}',
)
_DAYS = st.integers(0, 900).map(lambda number: timedelta(hours=7 * number))


def test_a_slot_tells_when_it_is_due_and_when_too_late(scene: Setting) -> None:
    (slot,) = scene('{at: "08:00", anchor: ngay-hoi, days: -7}').slots(*YEAR)
    assert slot.key == "thu/tin-1/2026-10-03/tinh"
    assert slot.due.isoformat() == "2026-10-03T01:00:00+00:00"
    assert slot.expires - slot.due == timedelta(hours=3)
    assert slot.days_left == 7


def test_an_item_may_have_its_own_lateness(scene: Setting) -> None:
    change = {"    send:\n": "    lateness: {limit: 30m}\n    send:\n"}
    (slot,) = scene('{at: "08:00", date: 2026-03-05}', change=change).slots(*YEAR)
    assert slot.expires - slot.due == timedelta(minutes=30)


@pytest.mark.parametrize(("days", "left"), [(-7, 6), (0, 0), (3, -4)])
def test_days_are_counted_from_the_day_of_sending(scene: Setting, days: int, left: int) -> None:
    shift = {-7: ", move: {2026-10-03: 2026-10-04 08:00}", 3: ", move: {2026-10-13: 2026-10-14 08:00}"}.get(days, "")
    (slot,) = scene(f'{{at: "08:00", anchor: ngay-hoi, days: {days}{shift}}}').slots(*YEAR)
    assert slot.days_left == left


def test_only_units_that_exist_on_the_day_get_a_slot(scene: Setting) -> None:
    made = scene('{at: "08:00", every: month, day: 15}', change={"units: [tinh]": "units: [all]"})
    units = {f"{slot.occurrence:%m}": [] for slot in made.slots(*YEAR)}
    for slot in made.slots(*YEAR):
        units[f"{slot.occurrence:%m}"].append(slot.unit_code)
    assert units["06"] == ["tinh", "xa-cu"]
    assert units["07"] == ["tinh", "xa-moi"]


def test_successors_do_not_step_in_by_themselves(scene: Setting) -> None:
    made = scene('{at: "08:00", every: month, day: 15}', change={"units: [tinh]": "units: [xa-cu]"})
    assert len(made.slots(*YEAR)) == 6


def test_an_item_may_name_its_own_units(scene: Setting) -> None:
    change = {"units: [tinh]": "units: [tinh, xa-moi]", "    send:\n": "    units: [xa-moi]\n    send:\n"}
    (slot,) = scene('{at: "08:00", date: 2026-08-03}', change=change).slots(*YEAR)
    assert slot.unit_code == "xa-moi"


def test_the_window_holds_its_start_and_not_its_end(scene: Setting) -> None:
    made = scene('{at: "08:00", date: 2026-03-05}')
    assert len(made.slots("2026-03-05T08:00", "2026-03-05T08:01")) == 1
    assert made.slots("2026-03-05T07:59", "2026-03-05T08:00") == ()
    assert made.slots("2026-03-06", "2026-03-04") == ()


def test_a_window_without_a_zone_is_refused(scene: Setting) -> None:
    made = scene('{at: "08:00", date: 2026-03-05}')
    with pytest.raises(ValueError, match="without a zone"):
        build(made.ws, made.loaded, datetime(2026, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001 - the point of the test


@settings(max_examples=25, deadline=None)
@given(st.lists(_DAYS, min_size=3, max_size=3).map(sorted))
def test_a_window_may_be_cut_anywhere(scene: Setting, cuts: list[timedelta]) -> None:
    made = scene(*MANY)
    first, middle, last = (made.start + cut for cut in cuts)
    whole = build(made.ws, made.loaded, first, last)
    assert build(made.ws, made.loaded, first, middle) + build(made.ws, made.loaded, middle, last) == whole
    assert list(whole) == sorted(whole)


def test_keys_are_unique_and_slots_stable(scene: Setting) -> None:
    made = scene(*MANY, change={"units: [tinh]": "units: [all]"})
    slots = made.slots("2026-01-01", "2029-01-01")
    assert len({slot.key for slot in slots}) == len(slots) > 300
    assert made.slots("2026-01-01", "2029-01-01") == slots


def test_the_calendar_file_has_every_slot(scene: Setting) -> None:
    made = scene(*MANY)
    slots = made.slots(*YEAR)
    content = to_ics(slots, made.ws, titles_of(made.loaded))
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [f"{slot.key}@loa" for slot in slots]
    assert [event.decoded("dtstart") for event in events] == [slot.due for slot in slots]
    assert str(events[0]["summary"]).startswith("Tin tin-")
    assert str(events[0]["summary"]).endswith("– Tỉnh Nghệ An")
    assert b"VALARM" not in content
    assert to_ics(slots, made.ws, titles_of(made.loaded)) == content


def test_a_branch_of_the_tree_stands_for_the_units_that_exist_below_it_on_each_day(scene: Setting) -> None:
    shown = scene('{at: "08:00", every: month, day: 5}', change={"units: [tinh]": "units_below: tinh"})
    found = [(slot.unit_code, slot.occurrence.isoformat()) for slot in shown.slots("2026-06-01", "2026-08-01")]
    assert found == [("xa-cu", "2026-06-05"), ("xa-moi", "2026-07-05")]
    assert shown.problems() == []  # whoever ended has somebody after it on the same branch


def test_a_unit_that_ended_long_before_the_check_is_told_with_its_successors(scene: Setting) -> None:
    when = '{at: "08:00", every: month, day: 5}'
    (problem,) = scene(when, change={"units: [tinh]": "units: [tinh, xa-cu]"}).problems("2027-03-01", "2027-04-01")
    assert (problem.code, problem.params["day"], problem.params["successors"]) == ("E315", "2026-07-05", "xa-moi")
