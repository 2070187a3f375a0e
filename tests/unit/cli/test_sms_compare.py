"""What either form of a message costs and takes: the reckoning behind ``loa sms compare``."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from loa.calendar import QuietWindow
from loa.cli.comparing import Terms, compare_forms
from loa.rules import MessageClass

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MORNING = datetime(2027, 3, 1, 8, 0, tzinfo=ZONE)
RULES = MessageClass(
    name="public_info",
    title="Thông tin đến người dân",
    basis="",
    opens=time(7),
    closes=time(22),
    cap=3,
    cap_span=timedelta(days=1),
    label="forbidden",
    opt_out="free",
    needs_consent=False,
    keeps_opt_outs=True,
    do_not_call_days=0,
    most_parts=3,
    approvals=1,
    needs_reason=False,
)
TERMS = Terms(1000, Decimal(350), Decimal(20), 0, RULES, (), MORNING)
TWO_PARTS = "Đề nghị bà con đến trụ sở xã để được hướng dẫn nộp hồ sơ trực tuyến vào sáng thứ Bảy tuần này."


def test_both_forms_are_reckoned_with_the_same_terms() -> None:
    found = compare_forms(TWO_PARTS, TERMS)
    assert found.removed is not None
    assert (found.kept.count.encoding, found.kept.count.parts, found.kept.parts_total) == ("ucs2", 2, 2000)
    assert (found.removed.count.encoding, found.removed.count.parts) == ("gsm7", 1)
    assert (found.kept.cost, found.removed.cost) == (Decimal(700_000), Decimal(350_000))
    assert (found.kept.takes, found.removed.takes) == (timedelta(seconds=100), timedelta(seconds=50))
    assert (found.kept.begin, found.kept.finish) == (MORNING, MORNING + timedelta(seconds=100))


def test_a_message_that_is_due_at_night_begins_in_the_morning() -> None:
    night = replace(TERMS, start=MORNING.replace(hour=23))
    assert compare_forms("Ha Nam", night).kept.begin == datetime.combine(date(2027, 3, 2), time(7), ZONE)


def test_a_message_that_meets_the_night_is_finished_the_next_morning() -> None:
    late = replace(TERMS, start=MORNING.replace(hour=21, minute=59), recipients=2400)
    assert compare_forms("Ha Nam", late).kept.finish == datetime.combine(date(2027, 3, 2), time(7, 1), ZONE)
    earlier = replace(late, quiet=(QuietWindow(time(21), time(7)),))
    assert compare_forms("Ha Nam", earlier).kept.finish == datetime.combine(date(2027, 3, 2), time(7, 2), ZONE)


def test_without_a_price_nothing_is_said_of_cost() -> None:
    assert compare_forms("Ha Nam", replace(TERMS, price=None)).kept.cost is None


def test_what_the_operators_add_is_counted() -> None:
    assert compare_forms("a" * 122, replace(TERMS, reserved=38)).kept.count.parts == 1
    assert compare_forms("a" * 123, replace(TERMS, reserved=38)).kept.count.parts == 2


@pytest.mark.parametrize(("text", "unwritable"), [("lũ 🌊 🌊", ("🌊",)), ("giá £5", ("£",)), ("a\x07", ("U+0007",))])
def test_a_form_that_cannot_be_written_is_not_offered(text: str, unwritable: tuple[str, ...]) -> None:
    found = compare_forms(text, TERMS)
    assert found.removed is None
    assert found.unwritable == unwritable
