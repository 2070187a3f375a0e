"""SpeedSMS: lists, its codes, its reports, and what citizens answer."""

from __future__ import annotations

import base64

import pytest
from support.scripted_gateway import SECRET, batch, number, reported, said, sms_desk

from loa.delivery import AuthNeeded, Done, Fate, Receipt, ReceiptNews, Refused, RetryLater, Unknown
from loa.errors import LoaError

NOES = {
    "007": (AuthNeeded, "E606", None),
    "008": (AuthNeeded, "E608", None),
    "009": (AuthNeeded, "E606", None),
    "101": (Refused, "E607", "content"),
    "105": (Refused, "E618", "row"),
    "110": (Refused, "E746", "content"),
    "113": (Refused, "E613", "content"),
    "300": (AuthNeeded, "E610", None),
    "500": (Unknown, "E603", None),
    "999": (Unknown, "E603", None),
}


def taken(*bad: str) -> object:
    data = {"tranId": 123456, "totalSMS": 3, "totalPrice": 750, "invalidPhone": list(bad)}
    return said({"status": "success", "code": "00", "data": data})


@pytest.mark.parametrize("code", sorted(NOES))
def test_every_no_has_its_ending(code: str) -> None:
    kind, sentence, scope = NOES[code]
    answer = said({"status": "error", "code": code, "message": "lý do"})
    ending = sms_desk("speedsms", answer).horn.submit(batch()).ending
    assert isinstance(ending, kind)
    assert (ending.code, getattr(ending, "scope", None)) == (sentence, scope)


def test_a_list_goes_in_one_call() -> None:
    desk = sms_desk("speedsms", taken())
    answer = desk.horn.submit(batch(1, 2, 3))
    assert isinstance(answer.ending, Done)
    assert answer.ending.receipt.platform_id == "123456"
    assert answer.refused == {}
    (asked,) = desk.gateway.asked
    assert asked.headers["Authorization"] == "Basic " + base64.b64encode(f"{SECRET}:x".encode()).decode()
    assert desk.gateway.body() == {
        "to": [number(place)[1:] for place in (1, 2, 3)],
        "content": "Mời bà con đi tiêm chủng.",
        "sms_type": 3,
        "sender": "UBNDKimLien",
    }


@pytest.mark.parametrize("spelling", ["{n}", "+84{n}", "84{n}", "0{n}", "0084{n}"])
def test_a_bad_number_of_a_list_is_refused_alone_however_it_is_spelt(spelling: str) -> None:
    bad = spelling.format(n=number(2)[3:])
    answer = sms_desk("speedsms", taken(bad)).horn.submit(batch(1, 2, 3))
    assert isinstance(answer.ending, Done)
    assert {place: no.code for place, no in answer.refused.items()} == {number(2): "E618"}


def test_a_list_that_is_refused_for_some_numbers_goes_again_at_once_without_them() -> None:
    no = said({"status": "error", "code": "105", "message": "invalid phone", "invalidPhone": [number(2)[1:]]})
    desk = sms_desk("speedsms", no, taken())
    answer = desk.horn.submit(batch(1, 2, 3))
    assert isinstance(answer.ending, Done)
    assert list(answer.refused) == [number(2)]
    assert desk.gateway.body(1)["to"] == [number(1)[1:], number(3)[1:]]


def test_a_list_whose_second_call_is_lost_is_unknown_but_for_the_bad_number() -> None:
    no = said({"status": "error", "code": "105", "invalidPhone": [number(2)[1:]]})
    answer = sms_desk("speedsms", no, said(b"", 500)).horn.submit(batch(1, 2, 3))
    assert isinstance(answer.ending, Unknown)
    assert list(answer.refused) == [number(2)]


def test_a_list_of_bad_numbers_only_is_refused_whole() -> None:
    named = [number(place)[1:] for place in (1, 2)]
    desk = sms_desk("speedsms", said({"status": "error", "code": "105", "invalidPhone": named}))
    answer = desk.horn.submit(batch(1, 2))
    assert isinstance(answer.ending, Refused)
    assert len(desk.gateway.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_token_stops_the_account(status: int) -> None:
    ending = sms_desk("speedsms", said({"name": "Unauthorized", "status": status}, status)).horn.submit(batch()).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E605"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "success", "code": "00"},
        {"status": "success", "code": "00", "data": {"tranId": "abc"}},
        {"status": "success", "code": "105"},
        {"status": "?", "code": "300"},
        {"status": "error", "code": "105", "data": {"tranId": 7}, "invalidPhone": [number(2)[1:]]},
        {"code": "300"},
    ],
)
def test_an_answer_that_contradicts_itself_is_in_doubt(answer: dict[str, object]) -> None:
    desk = sms_desk("speedsms", said(answer))
    assert isinstance(desk.horn.submit(batch(1, 2)).ending, Unknown)
    assert len(desk.gateway.asked) == 1


def test_sixty_calls_a_minute_are_its_limit_and_its_word_is_kept() -> None:
    ending = sms_desk("speedsms", said({"status": 429}, 429, X_Rate_Limit_Reset="41")).horn.submit(batch()).ending
    assert isinstance(ending, RetryLater)
    assert ending.pause_account


STATUSES = [(0, Fate.DELIVERED), (1, Fate.BUFFERED), (63, Fate.BUFFERED), (64, Fate.FAILED), (255, Fate.FAILED)]


@pytest.mark.parametrize(
    ("status", "fate"), [*STATUSES, ("0", Fate.DELIVERED), (-1, Fate.NOTHING), (None, Fate.NOTHING)]
)
def test_a_report_tells_the_fate_of_one_number(status: object, fate: Fate) -> None:
    body = {"type": "report", "tranId": 123456, "phone": number(2)[1:], "status": status}
    (news,) = sms_desk("speedsms").horn.read_webhook(reported(body)).receipts
    assert (news.fate, news.platform_id, news.number) == (fate, "123456", number(2))
    assert bool(news.code) == (fate == Fate.FAILED)


def test_what_a_citizen_sends_is_read() -> None:
    horn = sms_desk("speedsms").horn
    (one,) = horn.read_webhook(reported({"type": "sms", "phone": number(5)[1:], "content": "TC"})).inbound
    assert (one.number, one.text) == (number(5), "TC")
    assert one.platform_id
    (named,) = horn.read_webhook(
        reported({"type": "incoming", "tranId": 77, "phone": number(5)[1:], "content": "TC"})
    ).inbound
    assert named.platform_id == "77"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "report"},
        {"type": "report", "tranId": "x", "phone": "84912"},
        {"type": "report", "tranId": 1, "phone": "113", "status": 0},
        {"type": "sms", "phone": "113", "content": "TC"},
        {"type": "sms", "phone": number(5)[1:], "content": 7},
        {"type": "other", "phone": number(5)[1:]},
    ],
)
def test_what_is_no_report_is_turned_away(body: dict[str, object]) -> None:
    with pytest.raises(LoaError, match="E742"):
        sms_desk("speedsms").horn.read_webhook(reported(body))


def test_it_can_be_asked_what_became_of_a_call() -> None:
    told = [{"phone": number(1)[1:], "status": 0}, {"phone": number(9)[1:], "status": 0}]
    desk = sms_desk("speedsms", said({"status": "success", "code": "00", "data": told}))
    assert desk.horn.card.bulk is not None
    assert desk.horn.card.bulk({}).asks
    answer = desk.horn.ask(Receipt("123456"), "khoa-1", (number(1), number(2)))
    assert answer.receipts == (ReceiptNews(Fate.DELIVERED, "khoa-1", "123456", number(1)),)
    assert desk.gateway.asked[0].url.endswith("/sms/status/123456")


@pytest.mark.parametrize("answer", [said(b"", 500), said({"status": "error"}), said(b"<html>")])
def test_a_question_without_an_answer_stays_open(answer: object) -> None:
    with pytest.raises(LoaError, match="E634"):
        sms_desk("speedsms", answer).horn.ask(Receipt("123456"), "khoa-1", (number(1),))


def test_the_account_is_asked_for_its_balance() -> None:
    for found in ({"balance": 5000}, {"status": "success", "data": {"balance": 5000}}):
        assert [each.detail for each in sms_desk("speedsms", said(found)).horn.preflight()] == ["5000 đ"]
    assert [each.code for each in sms_desk("speedsms", said(b"", 401)).horn.preflight()] == ["E605"]
    assert [each.code for each in sms_desk("speedsms", said({})).horn.preflight()] == ["E691"]
