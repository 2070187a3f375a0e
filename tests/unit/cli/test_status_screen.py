"""The screen of ``loa status``: what may still be saved is never pushed out by what is over."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from support.deliveries import START, delivery

from loa.cli import status
from loa.delivery import State
from loa.dispatch import DeliveryView

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
