"""A phone as gateway: its calls, refusals, answers to questions, and reports that only the phone can have signed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from support.sms_gateways import NOW, NUMBERS, TEXT, batch, from_phone, horn

from loa.delivery import (
    Absent,
    AuthNeeded,
    CannotTell,
    Done,
    Fate,
    Finding,
    Found,
    Receipt,
    RetryLater,
    Told,
    Unknown,
    WebhookCall,
)
from loa.errors import LoaError

KEY = batch().key


def state(*recipients: tuple[str, str], **more: Any) -> dict[str, Any]:
    told = [{"phoneNumber": number, "state": word, "error": None} for number, word in recipients]
    return {"id": KEY, "deviceId": "may-truc-ubnd", "state": "Pending", "recipients": told, **more}


def event(name: str, **payload: Any) -> dict[str, Any]:
    return {"deviceId": "may", "event": name, "id": "Ey6ECg", "webhookId": "LreFUt", "payload": payload}


def sent(name: str, **more: Any) -> dict[str, Any]:
    return event(name, messageId=KEY, sender="+84900", recipient=NUMBERS[1], phoneNumber=NUMBERS[1], **more)


def test_a_call_names_its_key_its_phone_and_its_numbers() -> None:
    publisher, wire = horn("smsgate", (202, state()))
    assert publisher.submit(batch()).ending == Done(Receipt(KEY))
    assert wire.body() == {
        "id": KEY,
        "deviceId": "may-truc-ubnd",
        "textMessage": {"text": TEXT},
        "phoneNumbers": list(NUMBERS[:3]),
        "withDeliveryReport": True,
    }
    assert "Basic" in wire.asked[0].headers["authorization"]
    assert NUMBERS[0][4:] not in str(wire.asked[0].url)


def test_the_same_id_again_is_one_call_that_was_taken() -> None:
    publisher, _ = horn("smsgate", (409, {"message": "duplicate id"}))
    assert publisher.submit(batch()).ending == Done(Receipt(KEY, details={"repeated": "yes"}))


def test_a_long_key_is_one_id_of_36_signs_at_most() -> None:
    publisher, wire = horn("smsgate", (500, b""))
    for _ in range(2):
        publisher.submit(batch(key="chuyen-doi-so/loi-nhac/2026-10-10/xa-kim-lien"))
    ids = {wire.body(number)["id"] for number in range(2)}
    assert len(ids) == 1
    assert len(ids.pop()) == 32


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"message": "Invalid device ID"}, AuthNeeded, "E606"),
        (401, {"message": "Unauthorized"}, AuthNeeded, "E605"),
        (403, {"message": "required scope"}, AuthNeeded, "E606"),
        (429, b"", RetryLater, "E604"),
        (503, {"error": "QueueLimitExceeded", "message": "queue limits exceeded: too many"}, RetryLater, "E753"),
        (503, {"message": "maintenance"}, Unknown, "E603"),
        (503, b"Service Unavailable", Unknown, "E603"),
        (409, b"<html>", Unknown, "E603"),
        (400, b"<html>", Unknown, "E603"),
        (404, b"404 page not found", Unknown, "E603"),
        (500, {"message": "can't enqueue"}, Unknown, "E603"),
        (202, {"id": "another", "state": "Pending"}, Unknown, "E603"),
        (202, b"", Unknown, "E603"),
    ],
)
def test_each_answer_has_its_ending(status: int, body: Any, kind: type, code: str) -> None:
    publisher, _ = horn("smsgate", (status, body))
    ending = publisher.submit(batch()).ending
    assert isinstance(ending, kind)
    assert ending.code == code


def test_a_full_queue_pauses_the_phone_for_as_long_as_its_server_says() -> None:
    full = {"message": "queue limits exceeded: too many pending messages: 90 / 80"}
    publisher, _ = horn("smsgate", (503, full, {"retry-after": "1200"}), (503, full))
    waits = [publisher.submit(batch()).ending for _ in range(2)]
    assert [each.at - NOW for each in waits] == [timedelta(minutes=20), timedelta(minutes=10)]
    assert all(each.pause_account for each in waits)


@pytest.mark.parametrize(
    ("status", "body", "after", "found"),
    [
        (200, state(), 0, Found(Receipt(KEY))),
        (404, {"message": "message not found"}, 0, Absent()),
        (404, {"message": "message not found"}, 24, CannotTell("E631", final=True)),
        (500, b"", 0, CannotTell("E631")),
        (200, b"[]", 0, CannotTell("E631")),
    ],
)
def test_a_doubtful_call_is_looked_up_by_its_id(status: int, body: Any, after: int, found: object) -> None:
    """After a day the server may have forgotten what it sent: not found means nothing then."""
    publisher, _ = horn("smsgate", (status, body))
    assert publisher.look_up_batch(batch(), NOW - timedelta(hours=after), {}) == found


def test_the_answer_to_a_question_tells_of_each_number_even_where_the_server_has_forgotten_it() -> None:
    forgotten = hashlib.sha256(NUMBERS[1].encode()).hexdigest()[:16]
    told = state((NUMBERS[0], "Delivered"), (forgotten, "Sent"), (NUMBERS[2], "Failed"), ("ffff", "Sent"))
    told["recipients"][2]["error"] = f"RESULT_ERROR_LIMIT_EXCEEDED {NUMBERS[2]}"
    publisher, _ = horn("smsgate", (200, told))
    news = publisher.ask(Receipt(KEY), KEY, NUMBERS[:3]).receipts
    assert [(each.number, each.fate, each.code) for each in news] == [
        (NUMBERS[0], Fate.DELIVERED, ""),
        (NUMBERS[1], Fate.ACCEPTED, ""),
        (NUMBERS[2], Fate.FAILED, "E750"),
    ]
    assert NUMBERS[2][3:] not in news[2].detail


def test_a_message_that_the_server_has_deleted_is_no_news_and_a_broken_answer_is_no_answer() -> None:
    publisher, _ = horn("smsgate", (404, {"message": "not found"}), (200, b"{}"))
    assert publisher.ask(Receipt(KEY), KEY, NUMBERS[:3]) == Told()
    with pytest.raises(LoaError, match="E634"):
        publisher.ask(Receipt(KEY), KEY, NUMBERS[:3])


@pytest.mark.parametrize(
    ("name", "fate", "code"),
    [
        ("sms:sent", Fate.ACCEPTED, ""),
        ("sms:delivered", Fate.DELIVERED, ""),
        ("sms:failed", Fate.FAILED, "E748"),
        ("sms:cancelled", Fate.FAILED, "E748"),
    ],
)
def test_a_report_raises_the_fate_of_one_number(name: str, fate: Fate, code: str) -> None:
    publisher, _ = horn("smsgate")
    (news,) = publisher.read_webhook(from_phone(sent(name, reason="unknown destination"))).receipts
    assert (news.key, news.platform_id, news.number, news.fate, news.code) == (KEY, KEY, NUMBERS[1], fate, code)


@pytest.mark.parametrize("name", ["system:ping", "mms:received", "app:started", "sms:of-next-year"])
def test_events_of_the_phone_itself_are_no_news(name: str) -> None:
    assert horn("smsgate")[0].read_webhook(from_phone(event(name))) == Told()


def test_a_citizens_answer_is_read_once_however_often_the_phone_reports_it() -> None:
    heard = event("sms:received", messageId="h7", message="TC", sender=NUMBERS[3], receivedAt="2026-10-10T08:00:00")
    later = event("sms:received", messageId="h7", message="TC", sender=NUMBERS[3], receivedAt="2026-10-11T08:00:00")
    publisher, _ = horn("smsgate")
    told = [publisher.read_webhook(from_phone(each)).inbound[0] for each in (heard, heard, later)]
    assert {(each.number, each.text) for each in told} == {(NUMBERS[3], "TC")}
    assert told[0].platform_id == told[1].platform_id != told[2].platform_id


def test_a_text_from_a_service_is_no_citizens_answer() -> None:
    heard = event("sms:received", messageId="h7", message="TK goc: 5.000d", sender="MobiFone", phoneNumber="MobiFone")
    assert horn("smsgate")[0].read_webhook(from_phone(heard)) == Told()


def damaged(call: WebhookCall, name: str) -> WebhookCall:
    headers = dict(call.headers)
    match name:
        case "body":
            return replace(call, body=call.body.replace(b"sms:sent", b"sms:fail"))
        case "time":
            headers["x-timestamp"] = str(int(headers["x-timestamp"]) + 1)
        case "signature":
            headers["x-signature"] = "0" * 64
        case "nothing":
            headers = {}
        case "other letters":
            headers = {"x-timestamp": "٣٣٣", "x-signature": "\udcff"}
    return replace(call, headers=headers)


@pytest.mark.parametrize("name", ["body", "time", "signature", "nothing", "other letters"])
def test_a_report_that_somebody_changed_is_not_believed(name: str) -> None:
    with pytest.raises(LoaError, match="E741"):
        horn("smsgate")[0].read_webhook(damaged(from_phone(sent("sms:sent")), name))


@pytest.mark.parametrize(("age", "fresh"), [(-16, False), (-14, True), (71 * 60, True), (73 * 60, False)])
def test_an_old_report_that_is_played_again_is_not_believed(age: int, *, fresh: bool) -> None:
    """Minutes. A report waits at the door while the desk is off; beyond three days nobody waits."""
    call = from_phone(sent("sms:delivered"), at=NOW - timedelta(minutes=age))
    if fresh:
        assert horn("smsgate")[0].read_webhook(call).receipts
    else:
        with pytest.raises(LoaError, match="E741"):
            horn("smsgate")[0].read_webhook(call)


def test_a_report_with_another_phones_key_is_not_believed() -> None:
    with pytest.raises(LoaError, match="E741"):
        horn("smsgate")[0].read_webhook(from_phone(sent("sms:sent"), secret="khoa-khac"))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"event":7}', b'{"event":"sms:sent"}', b"\xff"])
def test_what_is_signed_but_unreadable_is_said_so(body: bytes) -> None:
    with pytest.raises(LoaError, match="E742"):
        horn("smsgate")[0].read_webhook(from_phone(body))


@pytest.mark.parametrize(
    ("status", "body", "finding"),
    [
        (200, [{"id": "x"}, {"id": "may-truc-ubnd"}], Finding("ok", "E690", "may-truc-ubnd")),
        (200, [{"id": "x"}], Finding("stop", "E606", "device_id: may-truc-ubnd")),
        (200, [], Finding("stop", "E606", "device_id: may-truc-ubnd")),
        (401, b"", Finding("stop", "E605", "HTTP 401")),
        (404, b"404 page not found", Finding("ok", "E691", "may-truc-ubnd")),
    ],
)
def test_the_login_and_the_phone_are_known_before_the_first_message(status: int, body: Any, finding: Finding) -> None:
    assert horn("smsgate", (status, body))[0].preflight() == [finding]
