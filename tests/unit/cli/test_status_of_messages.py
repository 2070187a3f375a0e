"""``loa status`` tells of messages whose receipts are still waited for."""

import pytest
from support.deliveries import delivery

from loa.cli.status_lists import print_on_the_way
from loa.delivery import State
from loa.dispatch import DeliveryView
from loa.dispatch.views import FatesView


def sms(number: int, **counts: object) -> DeliveryView:
    given: dict[str, object] = {"partial": 0, "failed": {}, "no_receipt": 0, "dropped": {}, "refused": {}, "hours": 72}
    told = FatesView(**(given | counts))  # type: ignore[arg-type]  # values of many types by name
    return delivery(number, State.DONE, channel="sms", account_name="Tin nhắn tỉnh", recipients=9, fates=told)


def test_messages_on_the_way_are_told_with_what_is_known_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    open_one = sms(12, accepted=1200, delivered=1000, on_the_way=150, partial=2, failed={"E618": 8}, no_receipt=40)
    print_on_the_way((open_one, sms(13, accepted=5, delivered=5, on_the_way=0), delivery(14)))
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Tin nhắn đang chờ biên nhận (1):",
        (
            "  #12 Tin nhắn tỉnh · Tin thứ nhất: đã đến máy 1.000/1.200 · chờ 150 · không đến 8 · đến một phần 2"
            " · không có biên nhận sau 72 giờ 40"
        ),
    ]


def test_where_nothing_is_on_the_way_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    print_on_the_way((sms(13, accepted=5, delivered=5, on_the_way=0), delivery(14)))
    assert capsys.readouterr().out == ""
