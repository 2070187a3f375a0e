"""Our Kannel horn against the real program (Debian's kannel and kannel-extras), its fake carrier and handset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from support.kannel import MISSING, PASSWORD, USERNAME, Part, RealKannel, real_kannel, until
from support.office import make_office, replace_in
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
    State,
)
from loa.dispatch import APPROVE, Desk, Selection, Service, decide, plan
from loa.dispatch.arming import arm
from loa.store import ALL
from loa.store.people_tables import recipient
from loa.text import sms_split
from loa.webhooks.door import Door, listening
from loa.wiring.desks import open_desk
from loa.workspace import open_workspace
from publishers import REGISTRY

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs Debian's kannel and kannel-extras: no {MISSING}")

CITIZEN, OTHER = (f"+84{phone(number)[1:]}" for number in (1, 2))
LISTED = range(5, 10)
SLOT = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)  # 09:00 in Vietnam
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


def office_on(kannel: RealKannel, root: Path) -> Path:
    """The office of the tests with an account on this Kannel, and a long message to five people."""
    make_office(root)
    account = "settings: {brandname: TINHMAU}\n    secrets: {api_key: sms-key, secret_key: sms-secret}"
    own = f"{{gateway: kannel, brandname: TINHMAU, username: {USERNAME}}}"
    replace_in(root / "loa.yaml", account, f"settings: {own}\n    secrets: {{password: sms-kannel}}")
    replace_in(
        root / "loa.yaml",
        "reviewers:",
        f"channels: {{sms: {{settings: {{kannel_host: '{kannel.host}'}}}}}}\nreviewers:",
    )
    (root / "content/tin-hai.md").write_text(f"---\ntitle: Tin nhắn\n---\n{LONG}\n", encoding="utf-8")
    rows = "".join(f"{phone(place)},tinh-mau\n" for place in LISTED)
    (root / "content/recipients/doi-ngu.csv").write_text(f"phone,unit\n{rows}", encoding="utf-8")
    return root


def told(desk: Desk) -> set[tuple[State, Fate]]:
    """How the sendings ended, and what became of the messages."""
    with desk.book.read() as connection:
        return {
            (state, Fate(fate)) for state, fate in connection.execute(sa.select(recipient.c.state, recipient.c.fate))
        }


def test_the_desk_sends_by_it_and_the_door_hears_what_arrived(
    kannel: RealKannel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOA_SECRET_SMS_KANNEL", PASSWORD)
    workspace = open_workspace(office_on(kannel, tmp_path))
    clock = SimulatedClock(SLOT - timedelta(days=1))
    with listening("127.0.0.1", 0) as heard:
        desk = open_desk(workspace, clock, webhook_base=f"http://127.0.0.1:{heard.getsockname()[1]}")
        with Door(heard, desk.book, desk.vault, clock, ("sms-tinh",)):
            plan(desk)
            decide(desk, Selection(item="tin-hai"), "lan", APPROVE)
            arm(desk, "sms-tinh", ALL, "lan")
            clock.move_to(SLOT)
            service = Service(desk, "may-thu", 1)
            service.start()

            def all_delivered() -> bool:
                clock.advance(timedelta(seconds=1))
                service.beat()
                return told(desk) == {(State.DONE, Fate.DELIVERED)}

            until(all_delivered)
    for place in LISTED:
        parts = sorted(got(kannel, f"+84{phone(place)[1:]}", 2), key=lambda part: part.header[-1])
        assert [part.text for part in parts] == list(sms_split(LONG))
    assert len([part for part in kannel.parts if part.sender == "TINHMAU"]) == 2 * len(LISTED)
