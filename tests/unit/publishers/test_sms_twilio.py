"""Twilio: its calls and codes, and reports signed over our own address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from support.sms_gateways import DOOR, NOW, NUMBERS, SECRET, TEXT, batch, from_twilio, horn

from loa.delivery import (
    AuthNeeded,
    CannotTell,
    Done,
    Fate,
    Finding,
    Inbound,
    Receipt,
    Refused,
    RetryLater,
    Told,
    Unknown,
)
from loa.errors import LoaError

SID = f"SM{'7' * 32}"
ONE = batch(1)
ASKED = Receipt(SID)


def no(code: int, words: str = "no") -> dict[str, Any]:
    return {"code": code, "message": words, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": 400}


def report(status: str, **more: str) -> dict[str, str]:
    return {
        "MessageSid": SID,
        "SmsSid": SID,
        "MessageStatus": status,
        "To": NUMBERS[0],
        "ApiVersion": "2010-04-01",
    } | more


def test_a_call_is_a_form_whose_report_comes_back_to_an_address_with_the_key() -> None:
    publisher, wire = horn("twilio", (201, {"sid": SID, "status": "queued", "error_code": None}))
    assert publisher.submit(ONE).ending == Done(Receipt(SID))
    assert urlsplit(str(wire.asked[0].url)).path == f"/2010-04-01/Accounts/AC{'5' * 32}/Messages.json"
    assert dict(parse_qsl(str(wire.asked[0].body))) == {
        "To": NUMBERS[0],
        "From": "UBNDKimLien",
        "Body": TEXT,
        "StatusCallback": f"{DOOR}?key={ONE.key}",
    }
    assert SECRET not in str(wire.asked[0].url)


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, no(21211), Refused, "E618"),
        (400, no(21614), Refused, "E618"),
        (400, no(21610), Refused, "E751"),
        (400, no(21612), Refused, "E619"),
        (400, no(21617), Refused, "E613"),
        (429, no(20429), RetryLater, "E604"),
        (400, no(21611), RetryLater, "E604"),
        (401, no(20003), AuthNeeded, "E605"),
        (403, no(20005), AuthNeeded, "E608"),
        (400, no(21408), AuthNeeded, "E606"),
        (400, no(21212), AuthNeeded, "E606"),
        (400, no(99999), AuthNeeded, "E606"),
        (400, b"<html>", Unknown, "E603"),
        (400, {"code": "21211"}, Unknown, "E603"),
        (404, b"", Unknown, "E603"),
        (500, no(20500), Unknown, "E603"),
        (503, no(20503), Unknown, "E603"),
        (201, {"sid": None}, Unknown, "E603"),
        (201, b"<html>", Unknown, "E603"),
    ],
)
def test_each_answer_has_its_ending(status: int, body: Any, kind: type, code: str) -> None:
    publisher, _ = horn("twilio", (status, body))
    ending = publisher.submit(ONE).ending
    assert isinstance(ending, kind)
    assert ending.code == code


def test_a_refusal_does_not_tell_the_number() -> None:
    publisher, _ = horn("twilio", (400, no(21211, f"The 'To' number {NUMBERS[0]} is not a valid phone number")))
    assert NUMBERS[0][3:] not in repr(publisher.submit(ONE))


def test_too_many_calls_wait_as_long_as_twilio_says_or_a_minute() -> None:
    publisher, _ = horn("twilio", (429, no(20429), {"retry-after": "7"}), (429, b""))
    endings = [publisher.submit(ONE).ending for _ in range(2)]
    assert [each.at - NOW for each in endings] == [timedelta(seconds=7), timedelta(minutes=1)]
    assert all(each.pause_account for each in endings)


def test_a_lost_answer_cannot_be_looked_up() -> None:
    publisher, wire = horn("twilio")
    assert publisher.look_up_batch(ONE, NOW, {}) == CannotTell("E745", final=True)
    assert not wire.asked


@pytest.mark.parametrize(
    ("status", "error", "fate", "code"),
    [
        ("sent", "", Fate.ACCEPTED, ""),
        ("delivered", "", Fate.DELIVERED, ""),
        ("read", "", Fate.DELIVERED, ""),
        ("undelivered", "30003", Fate.FAILED, "E749"),
        ("undelivered", "30004", Fate.FAILED, "E751"),
        ("undelivered", "30005", Fate.FAILED, "E618"),
        ("undelivered", "30006", Fate.FAILED, "E618"),
        ("undelivered", "30007", Fate.FAILED, "E752"),
        ("failed", "30008", Fate.FAILED, "E748"),
        ("failed", "", Fate.FAILED, "E748"),
        ("failed", "\ufffd'; drop", Fate.FAILED, "E748"),
    ],
)
def test_a_report_and_an_answer_say_the_same(status: str, error: str, fate: Fate, code: str) -> None:
    publisher, _ = horn("twilio", (200, {"sid": SID, "status": status, "error_code": error or None}))
    form = report(status, **({"ErrorCode": error} if error else {}))
    (heard,) = publisher.read_webhook(from_twilio(form, {"key": ONE.key})).receipts
    (asked,) = publisher.ask(ASKED, ONE.key, ONE.numbers).receipts
    assert heard == asked
    assert (heard.key, heard.platform_id, heard.number, heard.fate, heard.code) == (ONE.key, SID, "", fate, code)


@pytest.mark.parametrize("status", ["accepted", "scheduled", "queued", "sending"])
def test_on_its_way_is_no_news(status: str) -> None:
    publisher, _ = horn("twilio", (200, {"sid": SID, "status": status}))
    assert publisher.read_webhook(from_twilio(report(status), {"key": ONE.key})) == Told()
    assert publisher.ask(ASKED, ONE.key, ONE.numbers) == Told()


@pytest.mark.parametrize("answer", [(404, no(20404)), (500, b""), (200, b"[]"), (200, {"sid": "SM1"})])
def test_a_question_without_an_answer_says_so(answer: tuple[int, Any]) -> None:
    publisher, _ = horn("twilio", answer)
    with pytest.raises(LoaError, match="E634"):
        publisher.ask(ASKED, ONE.key, ONE.numbers)


def test_a_citizens_message_is_heard() -> None:
    form = {"MessageSid": SID, "SmsStatus": "received", "From": NUMBERS[2], "To": "+12025550100", "Body": "HUY DK & TC"}
    assert horn("twilio")[0].read_webhook(from_twilio(form)) == Told((), (Inbound(NUMBERS[2], "HUY DK & TC", SID),))


@pytest.mark.parametrize("address", [DOOR, DOOR.replace(".example/", ".example:443/")])
def test_the_address_is_signed_with_its_port_or_without(address: str) -> None:
    call = from_twilio(report("sent"), {"key": ONE.key}, url=address)
    assert horn("twilio")[0].read_webhook(call).receipts


@pytest.mark.parametrize(
    "forged",
    [
        from_twilio(report("delivered"), {"key": ONE.key}, secret="khoa-khac"),
        from_twilio(report("delivered"), {"key": ONE.key}, url="https://noi-khac.example/sms"),
        replace(from_twilio(report("delivered"), {"key": ONE.key}), query={"key": "f" * 32}),
        replace(from_twilio(report("delivered")), query={"key": ONE.key}),
        replace(from_twilio(report("failed")), body=b"MessageSid=SM1&MessageStatus=delivered"),
        replace(from_twilio(report("delivered")), headers={}),
        replace(from_twilio(report("delivered")), headers={"x-twilio-signature": "\udcff"}),
        replace(from_twilio(report("delivered")), tail="noi-khac"),
    ],
)
def test_a_report_that_twilio_did_not_sign_is_not_believed(forged: Any) -> None:
    with pytest.raises(LoaError, match="E741"):
        horn("twilio")[0].read_webhook(forged)


@pytest.mark.parametrize("form", [{}, {"MessageSid": SID}, {"MessageSid": SID, "MessageStatus": "?"}, {"x": "\0"}])
def test_what_is_signed_but_unreadable_is_said_so(form: dict[str, str]) -> None:
    with pytest.raises(LoaError, match="E742"):
        horn("twilio")[0].read_webhook(from_twilio(form))


@pytest.mark.parametrize(
    ("status", "body", "finding"),
    [
        (200, {"status": "active"}, Finding("ok", "E690", "active")),
        (200, {"status": "suspended"}, Finding("stop", "E608", "suspended")),
        (401, no(20003), Finding("stop", "E605", "HTTP 401")),
        (404, no(20404), Finding("ok", "E691", "UBNDKimLien")),
    ],
)
def test_the_account_is_known_before_the_first_message(status: int, body: Any, finding: Finding) -> None:
    assert horn("twilio", (status, body))[0].preflight() == [finding]
