from collections.abc import Callable
from typing import Any

import pytest

from loa.errors import Problem

Setting = Callable[..., Any]


def _told(found: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in found]


def test_a_sound_campaign_has_no_problems(scene: Setting) -> None:
    assert scene('{at: "08:00", anchor: ngay-hoi, days: -7}').problems() == []


@pytest.mark.parametrize("time", ["21:00", "23:59", "06:59"])
def test_a_time_in_the_quiet_hours_is_an_error_at_its_place(scene: Setting, time: str) -> None:
    (problem,) = scene(f'{{at: "{time}", anchor: ngay-hoi}}').problems()
    assert (problem.code, problem.severity) == ("E311", "error")
    assert problem.place is not None
    assert time in problem.place.source_line
    assert problem.params["time"] == time


def test_a_move_into_the_quiet_hours_is_an_error(scene: Setting) -> None:
    (problem,) = scene('{at: "08:00", date: 2026-03-05, move: {2026-03-05: 2026-03-06 22:15}}').problems()
    assert (problem.code, problem.params["time"]) == ("E311", "22:15")


def test_an_item_that_never_goes_out_is_told(scene: Setting) -> None:
    assert _told(scene('{at: "08:00", date: 2029-03-05}').problems()) == [("E316", "warning")]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ('{at: "08:00", every: month, day: 31}', "E312"),
        ('{at: "08:00", every: month, day: 29, short_month: skip}', "E313"),
        ('{at: "08:00", anchor: nhuan}', "E312"),
        ('{at: "08:00", anchor: giao-thua}', "E312"),
    ],
)
def test_a_day_that_is_sometimes_missing_is_told_with_what_happens(scene: Setting, when: str, code: str) -> None:
    assert _told(scene(when).problems()) == [(code, "warning")]


def test_a_skip_or_move_of_another_day_is_told(scene: Setting) -> None:
    when = '{at: "08:00", every: month, day: 5, skip: [2026-03-06, 2026-04-05], move: {2026-05-06: 2026-05-07 08:00}}'
    found = scene(when).problems()
    assert [(p.code, p.params["day"]) for p in found] == [("E314", "2026-03-06"), ("E314", "2026-05-06")]


def test_an_ended_unit_without_its_successor_is_told(scene: Setting) -> None:
    when = '{at: "08:00", every: month, day: 5}'
    (problem,) = scene(when, change={"units: [tinh]": "units: [tinh, xa-cu]"}).problems()
    assert (problem.code, problem.severity, problem.params["day"]) == ("E315", "warning", "2026-07-05")
    assert problem.params["successors"] == "xa-moi"
    assert scene(when, change={"units: [tinh]": "units: [tinh, xa-cu, xa-moi]"}).problems() == []


def test_two_items_close_together_on_one_channel_are_told_once(scene: Setting) -> None:
    near = scene('{at: "08:00", every: month, day: 5}', '{at: "08:09", every: month, day: 5}').problems()
    assert _told(near) == [("E317", "warning")]
    assert near[0].params["moment"] == "2026-01-05 08:09"
    assert near[0].params["other"] == "thu/tin-1"
    assert scene('{at: "08:00", every: month, day: 5}', '{at: "08:10", every: month, day: 5}').problems() == []


def test_anchors_that_are_no_days_are_told_and_their_items_left_out(scene: Setting) -> None:
    change = {"yearly: 10/10": "yearly: 31/11", "lunar: 30/12": "lunar: 31/12", "holiday: tet": "holiday: tet-tay"}
    found = scene('{at: "08:00", anchor: ngay-hoi}', '{at: "23:00", date: 2026-03-05}', change=change).problems()
    assert [p.code for p in found] == ["E310", "E310", "E307", "E311"]
    assert "31/11" in (found[0].place.source_line if found[0].place else "")


def test_a_wrong_file_of_holidays_is_told(scene: Setting) -> None:
    made = scene('{at: "08:00", date: 2026-03-05}', holidays="date,name,kind\nmai,Nghỉ,holiday\n")
    assert _told(made.problems()) == [("E305", "error")]


def test_all_problems_come_at_once(scene: Setting) -> None:
    found = scene('{at: "22:00", every: month, day: 31}', '{at: "08:00", date: 2031-01-01}').problems()
    assert [p.code for p in found] == ["E311", "E312", "E316"]
