from collections.abc import Callable
from typing import Any

import pytest

Setting = Callable[..., Any]
YEAR = ("2026-01-01", "2027-01-01")


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ('{at: "08:00", date: 2026-03-05}', ["2026-03-05"]),
        ('{at: "08:00", anchor: ngay-hoi, days: -7}', ["2026-10-03"]),
        ('{at: "08:00", anchor: ngay-hoi, days: 3}', ["2026-10-13"]),
        ('{at: "08:00", anchor: tet, days: -1}', ["2026-02-16"]),
        ('{at: "08:00", anchor: su-kien}', ["2026-05-15"]),
        ('{at: "08:00", anchor: nhuan}', ["2026-02-28"]),
        ('{at: "08:00", anchor: nhuan, short_month: skip}', []),
        ('{at: "08:00", anchor: giao-thua}', ["2026-02-16"]),
        ('{at: "08:00", anchor: giao-thua, short_month: skip}', []),
        ('{at: "08:00", every: month, day: 31, until: 2026-04-30}',
         ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ('{at: "08:00", every: month, day: 31, short_month: skip, until: 2026-04-30}', ["2026-01-31", "2026-03-31"]),
        ('{at: "08:00", every: month, nth: "2", weekday: tuesday, from: 2026-11-01}', ["2026-11-10", "2026-12-08"]),
        ('{at: "08:00", every: month, nth: "5", weekday: monday, until: 2026-06-30}', ["2026-03-30", "2026-06-29"]),
        ('{at: "08:00", every: month, nth: last, weekday: friday, from: 2026-11-01}', ["2026-11-27", "2026-12-25"]),
        ('{at: "08:00", every: month, last_working_day: yes, from: 2026-08-01, until: 2026-10-31}',
         ["2026-08-28", "2026-09-30", "2026-10-30"]),
        ('{at: "08:00", every: week, weekday: monday, from: 2026-12-15}', ["2026-12-21", "2026-12-28"]),
        ('{at: "08:00", every: wave, month: 10, weekdays: [tuesday], until: 2026-10-15}', ["2026-10-06", "2026-10-13"]),
    ],
)  # fmt: skip
def test_a_rule_names_its_days(scene: Setting, when: str, days: list[str]) -> None:
    assert scene(when).days(*YEAR) == days


def test_a_leap_year_has_its_day(scene: Setting) -> None:
    assert scene('{at: "08:00", anchor: nhuan}').days("2028-01-01", "2029-01-01") == ["2028-02-29"]


def test_days_before_an_anchor_cross_the_year(scene: Setting) -> None:
    change = {"yearly: 10/10": "yearly: 1/1"}
    found = scene('{at: "08:00", anchor: ngay-hoi, days: -20}', change=change)
    assert found.days("2026-06-01", "2028-06-01") == ["2026-12-12", "2027-12-12"]
    after = scene('{at: "08:00", anchor: ngay-hoi, days: 20}', change={"yearly: 10/10": "yearly: 20/12"})
    assert after.days("2026-06-01", "2028-06-01") == ["2027-01-09", "2028-01-09"]


def test_tet_is_found_in_every_year(scene: Setting) -> None:
    days = scene('{at: "08:00", anchor: tet}').days("2026-01-01", "2031-01-01")
    assert days == ["2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02"]


@pytest.mark.parametrize(("rule", "day"), [("keep", "2026-09-02"), ("before", "2026-08-28"), ("after", "2026-09-03")])
def test_a_day_off_is_kept_or_avoided(scene: Setting, rule: str, day: str) -> None:
    (slot,) = scene(f'{{at: "08:00", date: 2026-09-02, off_holidays: {rule}}}').slots(*YEAR)
    assert f"{slot.due:%Y-%m-%d}" == day
    assert slot.occurrence.isoformat() == "2026-09-02", "the identity is the nominal day"


def test_a_weekend_is_a_day_off_too(scene: Setting) -> None:
    assert scene('{at: "08:00", date: 2026-10-10, off_holidays: after}').days(*YEAR) == ["2026-10-12"]


def test_the_file_of_the_office_moves_the_last_working_day(scene: Setting) -> None:
    holidays = "date,name,kind\n2026-10-30,Nghỉ bão,holiday\n2026-10-31,Làm bù,working\n"
    made = scene('{at: "08:00", every: month, last_working_day: yes}', holidays=holidays)
    assert made.days("2026-10-01", "2026-11-01") == ["2026-10-31"]


def test_a_skipped_day_is_left_out(scene: Setting) -> None:
    made = scene('{at: "08:00", every: week, weekday: monday, from: 2026-12-15, skip: [2026-12-21]}')
    assert made.days(*YEAR) == ["2026-12-28"]


def test_a_move_keeps_the_identity(scene: Setting) -> None:
    rule = '{at: "08:00", every: week, weekday: monday, from: 2026-12-15%s}'
    plain = scene(rule % "").slots(*YEAR)
    moved = scene(rule % ", move: {2026-12-21: 2026-12-23 15:30}").slots(*YEAR)
    assert [slot.key for slot in moved] == [slot.key for slot in plain]
    assert f"{moved[0].due:%Y-%m-%d %H:%M %Z}" == "2026-12-23 08:30 UTC"


def test_a_move_may_lead_far_away(scene: Setting) -> None:
    made = scene('{at: "08:00", date: 2026-02-03, move: {2026-02-03: 2026-11-20 09:00}}')
    assert made.days("2026-01-01", "2026-11-01") == []
    assert made.days("2026-11-01", "2026-12-01") == ["2026-11-20"]


def test_a_move_of_a_day_that_the_rule_does_not_name_makes_nothing(scene: Setting) -> None:
    made = scene('{at: "08:00", date: 2026-02-03, move: {2026-02-04: 2026-02-05 09:00}}')
    assert made.days(*YEAR) == ["2026-02-03"]


def test_the_period_of_the_campaign_holds_for_every_item(scene: Setting) -> None:
    change = {"from: 2026-01-01": "from: 2026-03-01\nto: 2026-04-30"}
    assert scene('{at: "08:00", every: month, day: 1}', change=change).days(*YEAR) == ["2026-03-01", "2026-04-01"]


def test_a_campaign_that_does_not_repeat_lasts_a_year_at_most(scene: Setting) -> None:
    made = scene('{at: "08:00", anchor: ngay-hoi}', change={"repeat: yearly": "repeat: once"})
    assert made.days("2025-01-01", "2030-01-01") == ["2026-10-10"]
