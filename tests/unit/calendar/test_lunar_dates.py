from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.calendar import NAMED_HOLIDAYS, holiday_on, lunar_to_solar
from loa.errors import LoaError


@pytest.mark.parametrize(
    "tet",
    [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 2)],
)
def test_tet_falls_on_the_vietnamese_day(tet: date) -> None:
    assert lunar_to_solar(1, 1, tet.year) == holiday_on("tet", tet.year) == tet


def test_the_last_days_of_a_lunar_year_fall_in_the_next_solar_one() -> None:
    assert lunar_to_solar(23, 12, 2025) == date(2026, 2, 10)


@pytest.mark.parametrize(("day", "month", "year"), [(30, 12, 2025), (31, 1, 2026), (1, 13, 2026), (0, 1, 2026)])
def test_a_lunar_day_that_does_not_exist_is_refused(day: int, month: int, year: int) -> None:
    with pytest.raises(LoaError) as caught:
        lunar_to_solar(day, month, year)
    assert caught.value.code == "E302"


@given(st.integers(1, 29), st.integers(1, 12), st.integers(2000, 2060))
def test_lunar_days_follow_each_other(day: int, month: int, year: int) -> None:
    first = lunar_to_solar(1, month, year)
    assert (lunar_to_solar(day, month, year) - first).days == day - 1


def test_named_holidays_are_found() -> None:
    days = {name: holiday_on(name, 2026) for name in NAMED_HOLIDAYS}
    assert days == {
        "tet": date(2026, 2, 17),
        "gio-to": date(2026, 4, 26),
        "tet-duong-lich": date(2026, 1, 1),
        "30-4": date(2026, 4, 30),
        "1-5": date(2026, 5, 1),
        "quoc-khanh": date(2026, 9, 2),
    }


def test_an_unknown_holiday_is_refused() -> None:
    with pytest.raises(LoaError) as caught:
        holiday_on("trung-thu-tay", 2026)
    assert caught.value.code == "E307"
