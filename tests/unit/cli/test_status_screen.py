"""The screen of ``loa status``: what may still be saved is never pushed out by what is over."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from support.deliveries import START, delivery

from loa.cli import handoff, status
from loa.cli.output import table
from loa.delivery import State
from loa.dispatch import DeliveryView, Desk
from loa.dispatch.handoff import HandOff

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def _old(number: int) -> DeliveryView:
    return delivery(number, State.REFUSED, reason=f"Cũ {number}.", due=START + timedelta(hours=number))


def test_what_waits_for_a_person_stands_before_what_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    urgent = delivery(99, State.HUMAN, reason="Không rõ.", remedy="Mở trang xem.", due=START + timedelta(days=30))
    removed = delivery(98, State.DONE, reason="Đã gỡ khỏi kênh.", code="E555")
    status._print_problems((*(_old(number) for number in range(30)), removed, urgent), ZONE)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Cần xem (31):"
    assert lines[1].startswith("  #99 chờ người quyết định · Facebook · Xã Một · Tin thứ nhất · 08:00 ngày 31/03/2027")
    assert lines[2:5] == ["    Không rõ.", "    → Mở trang xem.", lines[4]]
    assert lines[4].startswith("  #29 bị từ chối")  # the newest of what is over
    assert "11 lượt gửi khác" in lines[-1]
    assert not any("Đã gỡ" in line for line in lines)


def test_a_stopped_account_tells_how_many_wait_with_it_and_how_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    views = tuple(delivery(n, state) for n, state in enumerate((State.DUE, State.RETRY_LATER, State.DONE)))
    pause = {"account": "fb-xa", "until": None, "code": "E605", "detail": "190/463"}
    status._print_paused(views, [pause], ZONE)
    said = capsys.readouterr().out
    assert "fb-xa → khi có người xử lý [E605] 190/463 · 2 lượt gửi đang chờ" in said
    assert "loa resume --account fb-xa" in said


def test_a_package_fits_a_narrow_window_and_says_what_is_to_be_done_to_the_post(
    capsys: pytest.CaptureFixture[str],
) -> None:
    package = HandOff(
        id=13,
        code="b7750a9a",
        key="k",
        action="remove",
        channel="portal",
        account="Cổng xã",
        unit="Xã Một",
        item="Nộp hồ sơ trực tuyến tại nhà",
        campaign="Thử",
        person="Công chức văn hóa – xã hội",
        due=START,
        late_by=timedelta(minutes=65),
        laid_out=START,
        folder=Path("goi"),
    )
    handoff.show(cast("Desk", SimpleNamespace(workspace=SimpleNamespace(zone=ZONE))), (package,))
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= 80
    assert "b7750a9a  Gỡ bài: Nộp hồ sơ trực tuyến tại nhà (#13)" in said
    assert "QUÁ HẠN 1 giờ 5 phút" in said


def test_a_name_in_a_narrow_table_is_broken_never_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as in a terminal
    monkeypatch.setenv("COLUMNS", "40")
    name = "LOA_SECRET_SMS_TINH_NGHE_AN_MAT_KHAU"
    table(("Khóa", "Biến"), [("sms-tinh-nghe-an-mat-khau", name)])
    said = capsys.readouterr().out
    assert "…" not in said
    cells = [line.split("   ")[-1].strip() for line in said.splitlines()]
    assert name in "".join(cells)
