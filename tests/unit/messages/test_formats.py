from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from loa.messages import long_date, moment, number, short_date


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (50, "50", "50"),
        (1234.5, "1.234,5", "1,234.5"),
        (Decimal("62.50"), "62,50", "62.50"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (-1234567, "-1.234.567", "-1,234,567"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value: Decimal | float, vi: str, en: str) -> None:
    assert number(value, "vi") == vi
    assert number(value, "en") == en


def test_a_long_date_has_its_weekday_and_the_zeros_of_official_papers() -> None:
    assert long_date(date(2025, 10, 10)) == "thứ Sáu, ngày 10 tháng 10 năm 2025"
    assert long_date(date(2026, 1, 5)) == "thứ Hai, ngày 05 tháng 01 năm 2026"
    assert long_date(date(2026, 3, 1)) == "Chủ nhật, ngày 01 tháng 3 năm 2026"
    assert long_date(date(2025, 10, 10), "en") == "Friday, 10 October 2025"


def test_a_moment_is_told_in_the_zone_of_the_reader() -> None:
    when = datetime(2025, 10, 9, 18, 30, tzinfo=UTC)
    assert moment(when, ZoneInfo("Asia/Ho_Chi_Minh")) == "01:30 ngày 10/10/2025"
    assert moment(when, ZoneInfo("Asia/Ho_Chi_Minh"), "en") == "01:30 on 10 Oct 2025"


def test_a_short_date() -> None:
    assert short_date(date(2026, 2, 3)) == "03/02/2026"
    assert short_date(date(2026, 2, 3), "en") == "3 Feb 2026"
