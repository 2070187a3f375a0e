"""Our Kannel horn against the real program (Debian's kannel and kannel-extras), its fake carrier and handset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from support.kannel import MISSING, PASSWORD, USERNAME, Part, RealKannel, real_kannel, until
from support.planted import phone

from loa.clock import SimulatedClock
from loa.delivery import (
    Account,
    AuthNeeded,
    Batch,
    BulkPublisher,
    Done,
    Equipment,
    Fate,
    Inbound,
    ReceiptNews,
    Refused,
)
from loa.text import sms_split
from publishers import REGISTRY

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs Debian's kannel and kannel-extras: no {MISSING}")

CITIZEN, OTHER = (f"+84{phone(number)[1:]}" for number in (1, 2))
LONG = (
    "UBND xã Kim Liên: đề nghị bà con ở bãi ven sông sơ tán trước 17 giờ hôm nay, "
    "mang theo giấy tờ, thuốc men. Cần giúp đỡ gọi 1022."
)


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKannel]:
    with real_kannel(tmp_path_factory.mktemp("kannel"), f"{phone(3)} 1022 text TC") as running:
        yield running


def horn(kannel: RealKannel, password: str = PASSWORD) -> BulkPublisher:
    settings = {"gateway": "kannel", "brandname": "UBNDKimLien", "username": USERNAME}
    hosts = {"kannel_host": kannel.host}
    account = Account("sms-kannel", "sms", "Xã Kim Liên", settings, hosts, {"password": password})
    clock = SimulatedClock(datetime(2026, 10, 10, 1, 0, tzinfo=UTC))
    return REGISTRY["sms"].build(account, clock, equipment=Equipment(webhook_url=kannel.door))


def got(kannel: RealKannel, number: str, count: int) -> list[Part]:
    """The first ``count`` pieces for a number, as soon as the handset has them."""

    def whole() -> list[Part]:
        mine = [part for part in kannel.parts if part.number == number.removeprefix("+")]
        return mine if len(mine) >= count else []

    return until(whole)


def news(kannel: RealKannel, key: str) -> list[ReceiptNews]:
    """What Kannel has told of a call so far, read by our horn."""
    told = [horn(kannel).read_webhook(call) for call in kannel.calls if call.query.get("key") == key]
    return [each for one in told for each in one.receipts]


def test_a_long_vietnamese_message_arrives_in_two_parts_and_the_receipt_comes_back(kannel: RealKannel) -> None:
    assert len(sms_split(LONG)) == 2
    answer = horn(kannel).submit(Batch("cảnh-báo-lũ/1", LONG, (CITIZEN,)))
    assert isinstance(answer.ending, Done), answer
    parts = sorted(got(kannel, CITIZEN, 2), key=lambda part: part.header[-1])
    assert "".join(part.text for part in parts) == LONG
    assert [tuple(part.header[:3]) + tuple(part.header[4:]) for part in parts] == [(5, 0, 3, 2, 1), (5, 0, 3, 2, 2)]
    assert len({part.header[3] for part in parts}) == 1
    assert {part.sender for part in parts} == {"UBNDKimLien"}
    fates = until(lambda: {each.fate for each in news(kannel, "cảnh-báo-lũ/1")} & {Fate.DELIVERED})
    assert fates == {Fate.DELIVERED}
    until(lambda: len(news(kannel, "cảnh-báo-lũ/1")) == 2)
    assert max(each.fate for each in news(kannel, "cảnh-báo-lũ/1")) == Fate.DELIVERED
    assert len(got(kannel, CITIZEN, 2)) == 2


def test_no_address_holds_the_number_or_the_password(kannel: RealKannel) -> None:
    horn(kannel).submit(Batch("khoa-2", "Hà Nam: mời bà con đi tiêm.", (OTHER,)))
    until(lambda: news(kannel, "khoa-2"))
    shown = " ".join(f"{call.query}" for call in kannel.calls if "key" in call.query)
    assert phone(2)[1:] not in shown
    assert PASSWORD not in shown


def test_plain_letters_and_those_that_cost_two_arrive_as_they_were_written(kannel: RealKannel) -> None:
    plain = "Ha Nam: gia [ve] 5€, {ma} A_B @ 100% ~ ^ | \\ + & #1022"
    number = f"+84{phone(4)[1:]}"
    assert isinstance(horn(kannel).submit(Batch("khoa-3", plain, (number,))).ending, Done)
    assert [part.text for part in got(kannel, number, 1)] == [plain]


def test_a_wrong_password_stops_the_account(kannel: RealKannel) -> None:
    ending = horn(kannel, "sai").submit(Batch("khoa-4", LONG, (CITIZEN,))).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E605"


def test_what_a_citizen_sends_is_read(kannel: RealKannel) -> None:
    call = until(lambda: next((each for each in kannel.calls if "from" in each.query), None))
    (told,) = horn(kannel).read_webhook(call).inbound
    assert told == Inbound(f"+84{phone(3)[1:]}", "TC", call.query["id"])


def test_a_text_longer_than_any_class_may_have_is_refused_here(kannel: RealKannel) -> None:
    """Kannel would cut it without a word (``max-messages``)."""
    ending = horn(kannel).submit(Batch("khoa-5", "ế" * (6 * 67 + 1), (CITIZEN,))).ending
    assert isinstance(ending, Refused)
    assert ending.code == "E613"
