"""Template messages by phone number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.planted import phone

from loa.clock import SimulatedClock
from loa.delivery import Account, AuthNeeded, CannotTell, Done, Message, Refused, RetryLater, Unknown
from loa.sandbox import Fault
from publishers import REGISTRY
from publishers.http import Answer
from publishers.zalo.zbs import CONTENT, DAY_USED, FOR_A_PERSON, MONTH_USED, NIGHT, READER, tracking_id

from .conftest import SECRETS, SETTINGS, START, Bench
from .zalo import ask, set_account

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OPTIONS = {"template": "200001", "data.ho_ten": "Nguyễn Văn An", "data.ma_ho_so": "H40.10"}


@pytest.fixture
def it(bench: Callable[[str], Bench]) -> Bench:
    return bench("zbs")


def message(it: Bench, number: int = 1, **changes: Any) -> Message:
    given = {"recipient": f"+84{phone(number)[1:]}", "options": OPTIONS, **changes}
    return it.message(**given)


def test_a_template_with_its_values_reaches_a_phone_number(it: Bench) -> None:
    ending = it.publisher().publish(message(it))
    assert isinstance(ending, Done)
    assert ending.receipt.details == {"tracking_id": "khoa-1", "remaining_today": "499"}
    (effect,) = it.journal()
    assert (effect.kind, effect.key) == ("zbs", "khoa-1")
    assert effect.text == "ho_ten: Nguyễn Văn An; ma_ho_so: H40.10"
    assert phone(1)[1:] not in it.sandbox.journal.read_text(encoding="utf-8")


def test_a_key_that_is_too_long_becomes_one_that_is_always_the_same() -> None:
    long = "chien-dich/tin/2026-10-10/xa-kim-lien/zbs/zbs-kim-lien#0123456789abcdef"
    assert tracking_id("khoa-1") == "khoa-1"
    assert len(tracking_id(long)) == 48
    assert tracking_id(long) == tracking_id(long) != tracking_id(long + "0")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "error500_after", "garbage", "truncated"])
def test_a_lost_answer_goes_to_a_person(it: Bench, kind: str) -> None:
    it.sandbox.play([Fault(face="zalo", route="*/message/template", kind=kind)])  # type: ignore[arg-type]  # a plain str
    publisher = it.publisher()
    assert isinstance(publisher.publish(message(it)), Unknown)
    found = publisher.look_up(message(it), it.clock.now(), {})
    assert isinstance(found, CannotTell)
    assert found.final


def test_a_refused_connection_is_certainly_not_sent(it: Bench, closed_port: int) -> None:
    it.hosts = {"zbs_host": f"http://127.0.0.1:{closed_port}"}
    ending = it.publisher().publish(message(it))
    assert isinstance(ending, RetryLater)
    assert ending.code == "E601"


def test_without_a_template_nothing_leaves(it: Bench) -> None:
    ending = it.publisher().publish(message(it, options={}))
    assert isinstance(ending, Refused)
    assert ending.code == "E612"


def test_values_that_the_template_does_not_have_are_refused_for_everybody(it: Bench) -> None:
    ending = it.publisher().publish(message(it, options={**OPTIONS, "data.lạ": "x"}))
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E607", "content")


def test_the_mode_for_trials_reaches_no_citizen(it: Bench) -> None:
    it.hosts = {"mode": "development"}
    ending = it.publisher().publish(message(it))
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E606"
    assert isinstance(it.publisher().publish(message(it, recipient="+84900000000")), Done)
    assert it.journal() == ()


def test_a_daily_quota_that_is_used_up_waits_for_the_morning(it: Bench) -> None:
    set_account(it, messages_a_day=1)
    assert isinstance(it.publisher().publish(message(it)), Done)
    ending = it.publisher().publish(message(it, 2))
    assert isinstance(ending, RetryLater)
    assert (ending.code, ending.pause_account) == ("E656", True)
    assert ending.at == datetime(2026, 10, 11, 6, 0, tzinfo=VIETNAM)


def test_at_night_it_waits_for_six_in_the_morning(it: Bench) -> None:
    it.clock.move_to(datetime(2026, 10, 10, 16, 0, tzinfo=UTC))
    ending = it.publisher().publish(message(it))
    assert isinstance(ending, RetryLater)
    assert ending.at == datetime(2026, 10, 11, 6, 0, tzinfo=VIETNAM)


def test_a_dead_token_stops_the_account(it: Bench) -> None:
    it.sandbox.play([Fault(face="zalo", route="*/message/template", kind="token_expired", times=2)])
    ending = it.publisher().publish(message(it))
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E605"


CODES = {
    **{code: (AuthNeeded, sentence) for sentence, codes in FOR_A_PERSON.items() for code in codes},
    **dict.fromkeys(CONTENT, (Refused, "E607")),
    **dict.fromkeys(READER, (Refused, "E618")),
    **dict.fromkeys(DAY_USED, (RetryLater, "E656")),
    MONTH_USED: (RetryLater, "E656"),
    NIGHT: (RetryLater, "E604"),
    -32: (RetryLater, "E604"),
    -100: (Unknown, "E603"),
    -999: (Unknown, "E603"),
}
TOLD = {-108: "E618", -109: "E607", -115: "E610", -118: "E618", -120: "E606", -124: "E605", -127: "E606", -131: "E607"}
TOLD |= {-132: "E607", -133: "E604", -135: "E606", -138: "E606", -139: "E618"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_its_ending(code: int) -> None:
    wanted, sentence = CODES[code]
    account = Account("zbs", "zbs", "Xã Kim Liên", SETTINGS["zbs"], {}, SECRETS["zbs"])
    horn = REGISTRY["zbs"].build(account, SimulatedClock(START))
    answer = Answer(200, body=f'{{"error": {code}, "message": "no"}}'.encode())
    ending = horn._ending(answer, Message(key="khoa-1", text=""))  # type: ignore[attr-defined]  # each code, without a server for each
    assert isinstance(ending, wanted)
    assert ending.code == sentence == TOLD.get(code, sentence)


def test_the_imitation_lists_its_templates(it: Bench) -> None:
    listed = ask(it, "GET", "/business/template/all", params={"offset": "0", "limit": "10"})["data"]
    assert [each["templateId"] for each in listed] == [200001, 200002]
    known = ask(it, "GET", "/business/template/info/v2", params={"template_id": "200001"})["data"]
    assert [each["name"] for each in known["listParams"]] == ["ho_ten", "ma_ho_so"]
