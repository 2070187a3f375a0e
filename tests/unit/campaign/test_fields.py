from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from loa.campaign import Fact, fields, figure, load_campaigns


def words(office: Any, unit: str = "xa-a", days_left: int = 7) -> dict[str, str]:
    ws = office.open()
    (loaded,) = load_campaigns(ws)
    return fields(ws, loaded.campaign, loaded.item("mot"), ws.units.get(unit), days_left, date(2026, 10, 3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit.name", "Xã A"),
        ("unit.hotline", "0238111"),
        ("unit.portal", "https://a.vn/x_y"),
        ("unit.parent.name", "Tỉnh Nghệ An"),
        ("body.short_name", "UBND tỉnh"),
        ("campaign.title", "Ngày Chuyển đổi số"),
        ("campaign.lead", "Sở KH&CN"),
        ("fact.ty-le", "62,5%"),
        ("fact.ty-le.value", "62,5"),
        ("fact.ty-le.unit", "%"),
        ("fact.ty-le.label", "người dân"),
        ("fact.ty-le.date", "2025"),
        ("fact.ho-so", "12.500 hồ sơ"),
        ("fact.ho-so.source", "Đề án"),
        ("item.title", "Mở đầu"),
        ("item.lead", "Sở KH&CN"),
        ("theme.name", "Dịch vụ công"),
        ("phase.title", "Trước ngày"),
        ("audience.name", "Người dân"),
        ("audience.slogan", "Một chạm"),
        ("audience.slogan.2", "Hai chạm"),
        ("slot.date", "03/10/2026"),
        ("slot.weekday", "thứ Bảy"),
        ("slot.long_date", "thứ Bảy, ngày 03 tháng 10 năm 2026"),
        ("slot.year", "2026"),
        ("slot.day_left", "7"),
    ],
)
def test_each_field_has_its_value(office: Any, name: str, value: str) -> None:
    assert words(office)[name] == value


@pytest.mark.parametrize("name", ["unit.portal", "unit.parent.name", "unit.address"])
def test_what_a_unit_does_not_have_is_no_field(office: Any, name: str) -> None:
    assert name not in words(office, "tinh")


def test_an_item_in_english_has_english_figures_and_days(office: Any) -> None:
    office.change("campaigns/a.yaml", "audience: dan", "audience: dan\n    language: en")
    found = words(office)
    assert (found["fact.ho-so"], found["slot.date"], found["slot.weekday"]) == (
        "12,500 hồ sơ",
        "3 Oct 2026",
        "Saturday",
    )


def test_the_day_itself_has_no_days_left_but_says_so(office: Any) -> None:
    assert words(office, days_left=0)["slot.day_left"] == "0"


def test_a_figure_without_a_unit_is_a_number() -> None:
    assert figure(Fact(value=Decimal(1250000), label="a", source="b")) == "1.250.000"
