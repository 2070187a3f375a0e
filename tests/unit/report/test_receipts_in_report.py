"""What became of messages stands in the report: by campaign and account, with reasons, and no number of anybody."""

import csv
from pathlib import Path

from support.deliveries import NOW, delivery

from loa.delivery import State
from loa.dispatch.views import DeliveryView, FatesView
from loa.report import write_report
from loa.workspace import Workspace

from .test_report import Tables


def fates(**counts: object) -> FatesView:
    given: dict[str, object] = {
        "accepted": 0,
        "delivered": 0,
        "partial": 0,
        "failed": {},
        "on_the_way": 0,
        "no_receipt": 0,
        "dropped": {},
        "refused": {},
        "hours": 72,
    }
    return FatesView(**(given | counts))  # type: ignore[arg-type]  # values of many types by name


def sms(number: int, told: FatesView | None, **values: object) -> DeliveryView:
    return delivery(number, State.DONE, channel="sms", recipients=10, counts={State.DONE: 10}, fates=told, **values)


FIRST = fates(accepted=1200, delivered=1000, partial=2, failed={"E618": 30, "": 5}, on_the_way=100, no_receipt=63)
SECOND = fates(accepted=10, delivered=9, failed={"E618": 1}, dropped={"E760": 4, "E761": 2}, refused={"E619": 3})


def test_each_account_of_a_campaign_has_its_line_and_the_sum_agrees(folder: Path, workspace: Workspace) -> None:
    views = [
        sms(1, FIRST, account_id="a", account_name="Tài khoản A"),
        sms(2, SECOND, account_id="a", account_name="Tài khoản A"),
        sms(3, SECOND, account_id="b", account_name="Tài khoản B"),
    ]
    page = write_report(folder, views, workspace, None, NOW)[0].read_text("utf-8")
    lines = Tables(page).numbers("receipts", 6)
    assert lines == [[1210, 1009, 2, 36, 100, 63], [10, 9, 0, 1, 0, 0], [1220, 1018, 2, 37, 100, 63]]
    assert all(line[0] == sum(line[1:]) for line in lines)


def test_reasons_are_told_in_sentences(folder: Path, workspace: Workspace) -> None:
    page = write_report(folder, [sms(1, FIRST), sms(2, SECOND)], workspace, None, NOW)[0].read_text("utf-8")
    assert [row[-3:] for row in Tables(page).rows["reasons"][1:]] == [
        ["Không đến", "Số máy không nhận được tin.", "31"],
        ["Không đến", "Tổng đài không cho biết lý do.", "5"],
        ["Tổng đài không nhận", "Tên định danh chưa đăng ký với nhà mạng của số máy này.", "3"],
        ["Không gửi", "Người nhận đã từ chối nhận tin.", "4"],
        ["Không gửi", "Số thuê bao nằm trong Danh sách không quảng cáo.", "2"],
    ]
    assert "sau 72 giờ" in page


def test_the_table_for_spreadsheets_tells_the_same(folder: Path, workspace: Workspace) -> None:
    path = write_report(folder, [sms(1, FIRST), sms(2, SECOND)], workspace, None, NOW)[-1]
    assert path.name == "messages.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {(row["Chỉ số"], row["Mã lý do"]): int(row["Số tin"]) for row in rows}
    assert told == {
        ("Tổng đài đã nhận", ""): 1210,
        ("Đã đến máy", ""): 1009,
        ("Đến một phần", ""): 2,
        ("Đang chờ biên nhận", ""): 100,
        ("Không có biên nhận", ""): 63,
        ("Không đến", "E618"): 31,
        ("Không đến", ""): 5,
        ("Tổng đài không nhận", "E619"): 3,
        ("Không gửi", "E760"): 4,
        ("Không gửi", "E761"): 2,
    }


def test_without_messages_there_is_no_table_of_them(folder: Path, workspace: Workspace) -> None:
    made = write_report(folder, [delivery(1)], workspace, None, NOW)
    assert [path.name for path in made] == ["report.html", "deliveries.csv", "coverage.csv"]
    assert 'id="receipts"' not in made[0].read_text("utf-8")
