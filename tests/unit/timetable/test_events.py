"""What goes out for the meetings of an event: when, for whom, and under a name that no move changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from loa.campaign.event import Event, Meeting
from loa.campaign.events import appointments
from loa.timetable import build, to_ics

Setting = Callable[..., Any]
YEAR = ("2026-01-01", "2027-01-01")
EVENTS = """\
events:
  - id: hop
    title: Buổi tuyên truyền
    kind: session
    meetings:
      - {unit: tinh, date: 2026-03-05, at: "08:00", until: "10:00", place: Hội trường}
      - {id: chieu, unit: tinh, date: 2026-03-05, at: "14:00"}
      - {unit: xa-cu, date: 2026-06-29, to: 2026-06-30, at: "08:00"}
      - {id: han, unit: xa-moi, date: 2026-09-01, deadline: có}
items:
"""
WITH_EVENTS = {"items:\n": EVENTS}


def told(made: Any) -> list[tuple[str, str]]:
    return [(slot.key, f"{slot.due:%Y-%m-%dT%H:%M}") for slot in made.slots(*YEAR)]


def test_each_meeting_has_a_slot_of_its_unit_before_and_after_it(scene: Setting) -> None:
    before = scene('{event: hop, days: -3, at: "08:00"}', change=WITH_EVENTS)
    assert told(before) == [
        ("thu/tin-1/hop.chieu/tinh", "2026-03-02T01:00"),
        ("thu/tin-1/hop.tinh/tinh", "2026-03-02T01:00"),
        ("thu/tin-1/hop.xa-cu/xa-cu", "2026-06-26T01:00"),
        ("thu/tin-1/hop.han/xa-moi", "2026-08-29T01:00"),
    ]
    assert [slot.days_left for slot in before.slots(*YEAR)] == [3, 3, 3, 3]

    after = scene('{event: hop, meetings: [tinh, xa-cu], days: 1, at: "09:00"}', change=WITH_EVENTS)
    assert told(after) == [("thu/tin-1/hop.tinh/tinh", "2026-03-06T02:00")], "xã Cũ is no more on the day after"
    assert [problem.code for problem in after.problems()] == ["E315"], "which is told"


def test_an_item_of_other_units_goes_out_by_them_for_each_meeting(scene: Setting) -> None:
    made = scene(
        '{event: hop, meetings: [xa-cu, han], days: -1, at: "08:00", off_holidays: before, skip: [2026-06-28]}',
        change=WITH_EVENTS | {"    when:": "    units: [tinh]\n    when:"},
    )
    assert told(made) == [("thu/tin-1/hop.han/tinh", "2026-08-28T01:00")], "31 August is a day off"
    moved = scene(
        '{event: hop, meetings: [xa-cu], days: -1, at: "08:00", move: {2026-06-28: 2026-06-26 09:00}}',
        change=WITH_EVENTS,
    )
    assert told(moved) == [("thu/tin-1/hop.xa-cu/xa-cu", "2026-06-26T02:00")]


_MEETINGS = st.lists(
    st.tuples(st.sampled_from(("tinh", "xa-moi")), st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=6
)


@given(drawn=_MEETINGS, days=st.integers(-30, 30))
@settings(max_examples=60, deadline=None)
def test_wherever_meetings_are_moved_they_keep_their_slots_and_none_is_there_twice(
    scene: Setting, drawn: list[tuple[str, int, int]], days: int
) -> None:
    made = scene(f'{{event: hop, days: "{days}", at: "08:00"}}', change=WITH_EVENTS)
    (loaded,) = made.loaded
    start = date(2026, 8, 1)

    def keys(which: int) -> list[str]:
        held = tuple(
            Meeting(id=f"b-{number}", unit=each[0], date=start + timedelta(days=each[which]), at=time(8))
            for number, each in enumerate(drawn)
        )
        event = Event(id="hop", title="Buổi", kind="session", meetings=held)
        moved = replace(loaded, campaign=loaded.campaign.model_copy(update={"events": (event,)}))
        slots = build(
            made.ws, (moved,), *(datetime.fromisoformat(f"{year}-07-01T00:00+07:00") for year in (2026, 2028))
        )
        assert [(slot.due.date() - start).days for slot in slots] == sorted(each[which] + days for each in drawn)
        return sorted(slot.key for slot in slots)

    before, after = keys(1), keys(2)
    assert before == after
    assert len(set(before)) == len(drawn)


def test_the_calendar_file_has_the_meetings_where_and_as_long_as_they_are(scene: Setting) -> None:
    made = scene('{event: hop, days: -3, at: "08:00"}', change=WITH_EVENTS)
    held = appointments(one.campaign for one in made.loaded)
    first, second, long, deadline = Calendar.from_ical(to_ics((), made.ws, {}, held)).walk("VEVENT")
    assert (str(first["summary"]), str(first["location"])) == ("Buổi tuyên truyền – Tỉnh Nghệ An", "Hội trường")
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(hours=2)
    assert second.decoded("dtend") - second.decoded("dtstart") == timedelta(hours=1)
    assert long.decoded("dtend") - long.decoded("dtstart") == timedelta(days=1, hours=1)
    assert (deadline.decoded("dtstart"), deadline.decoded("dtend")) == (date(2026, 9, 1), date(2026, 9, 2))
    assert [str(each["uid"]) for each in (first, deadline)] == ["thu/hop/tinh@loa", "thu/hop/han@loa"]
