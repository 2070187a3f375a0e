"""Infobip: lists with an id of ours for each message, states number by number, logs that decide a doubtful call."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from support.sms_gateways import DOOR, NOW, NUMBERS, SECRET, TEXT, batch, from_infobip, horn

from loa.delivery import (
    AuthNeeded,
    CannotTell,
    Done,
    Fate,
    Finding,
    Found,
    Inbound,
    Receipt,
    Refused,
    RetryLater,
    Told,
    Unknown,
)
from loa.errors import LoaError

KEY = batch().key
BULK = "2034072219640523072"


def entry(place: int, group: str, name: str, error: str = "NO_ERROR", **more: Any) -> dict[str, Any]:
    status = {"groupId": 1, "groupName": group, "id": 26, "name": name, "description": "…"}
    return {"messageId": f"{KEY}-{place}", "bulkId": BULK, "status": status, "error": {"name": error}, **more}


def taken(*names: tuple[str, str]) -> dict[str, Any]:
    messages = [entry(place, *name, destination=NUMBERS[place - 1][1:]) for place, name in enumerate(names, 1)]
    return {"bulkId": BULK, "messages": messages}


PENDING = ("PENDING", "PENDING_ACCEPTED")
CREDITS = ("REJECTED", "REJECTED_NOT_ENOUGH_CREDITS")
WRONG = ("REJECTED", "REJECTED_DESTINATION")


def test_a_call_gives_each_number_an_id_of_its_own() -> None:
    publisher, wire = horn("infobip", (200, taken(PENDING, PENDING, PENDING)))
    answer = publisher.submit(batch())
    assert (answer.ending, answer.refused) == (Done(Receipt(BULK)), {})
    assert wire.body() == {
        "messages": [
            {
                "sender": "UBNDKimLien",
                "destinations": [
                    {"to": number[1:], "messageId": f"{KEY}-{place}"} for place, number in enumerate(NUMBERS[:3], 1)
                ],
                "content": {"text": TEXT},
                "webhooks": {"delivery": {"url": DOOR}, "contentType": "application/json"},
            }
        ]
    }
    assert wire.asked[0].headers["authorization"] == f"App {SECRET}"


def test_the_last_id_of_the_longest_call_is_not_too_long() -> None:
    publisher, _ = horn("infobip")
    most = publisher.card.bulk({}).most
    assert len(f"{'k' * 100}-{most}") <= 200


def test_single_numbers_of_a_call_that_was_taken_are_refused() -> None:
    publisher, _ = horn("infobip", (200, taken(PENDING, WRONG, CREDITS)))
    answer = publisher.submit(batch())
    assert isinstance(answer.ending, Done)
    assert answer.refused == {
        NUMBERS[1]: Refused("E618", "REJECTED_DESTINATION"),
        NUMBERS[2]: Refused("E610", "REJECTED_NOT_ENOUGH_CREDITS"),
    }


def test_a_call_of_which_nothing_was_taken_for_want_of_credit_stops_the_account() -> None:
    publisher, _ = horn("infobip", (200, taken(CREDITS, CREDITS, CREDITS)))
    answer = publisher.submit(batch())
    assert (answer.ending, answer.refused) == (AuthNeeded("E610", "REJECTED_NOT_ENOUGH_CREDITS"), {})


def test_a_text_that_is_too_long_for_all_is_refused_as_such() -> None:
    publisher, _ = horn("infobip", (200, taken(*[("REJECTED", "REJECTED_MESSAGE_TOO_LONG")] * 3)))
    assert publisher.submit(batch()).ending == Refused("E613", "REJECTED_MESSAGE_TOO_LONG", "content")


def test_wrong_numbers_alone_stop_nothing() -> None:
    publisher, _ = horn("infobip", (200, taken(WRONG, WRONG, WRONG)))
    answer = publisher.submit(batch())
    assert isinstance(answer.ending, Done)
    assert set(answer.refused) == set(NUMBERS[:3])


def test_an_id_that_infobip_has_already_is_a_message_that_was_taken() -> None:
    again = ("REJECTED", "REJECTED_DUPLICATE_MESSAGE_ID")
    publisher, _ = horn("infobip", (200, taken(again, again, again)))
    answer = publisher.submit(batch())
    assert isinstance(answer.ending, Done)
    assert not answer.refused


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"errorCode": "E400", "description": "Request cannot be processed."}, Refused, "E607"),
        (400, {"requestError": {"serviceException": {"messageId": "BAD_REQUEST", "text": "Bad"}}}, Refused, "E607"),
        (401, {"errorCode": "E401", "description": "Invalid login details"}, AuthNeeded, "E605"),
        (403, {"errorCode": "E403"}, AuthNeeded, "E606"),
        (429, {"errorCode": "E429"}, RetryLater, "E604"),
        (429, b"", RetryLater, "E604"),
        (400, b"<html>", Unknown, "E603"),
        (500, {"errorCode": "E500"}, Unknown, "E603"),
        (200, b"", Unknown, "E603"),
        (200, {"bulkId": BULK, "messages": []}, Unknown, "E603"),
        (200, {"bulkId": BULK, "messages": [entry(1, *PENDING)]}, Unknown, "E603"),
        (200, {"bulkId": BULK, "messages": [{"messageId": "of-another-1"}] * 3}, Unknown, "E603"),
    ],
)
def test_each_answer_has_its_ending(status: int, body: Any, kind: type, code: str) -> None:
    publisher, _ = horn("infobip", (status, body))
    ending = publisher.submit(batch()).ending
    assert isinstance(ending, kind)
    assert ending.code == code


def test_the_first_message_in_the_logs_shows_that_the_call_was_taken() -> None:
    publisher, wire = horn("infobip", (200, {"results": [entry(2, *PENDING), entry(1, *PENDING)]}))
    assert publisher.look_up_batch(batch(30), NOW, {}) == Found(Receipt(BULK))
    assert parse_qs(urlsplit(str(wire.asked[0].url)).query) == {"messageId": [f"{KEY}-1"], "limit": ["1000"]}


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, {"results": []}, "E754"),
        (200, {"results": [{"messageId": "somebody-1"}, entry(2, *PENDING)]}, "E754"),
        (500, b"", "E631"),
        (200, {"results": None}, "E631"),
        (401, {"errorCode": "E401"}, "E631"),
    ],
)
def test_what_the_logs_do_not_show_is_never_taken_for_absent(status: int, body: Any, code: str) -> None:
    publisher, _ = horn("infobip", (status, body))
    assert publisher.look_up_batch(batch(), NOW, {}) == CannotTell(code)


STATES = [
    (("PENDING", "PENDING_ENROUTE"), Fate.ACCEPTED, ""),
    (("PENDING", "PENDING_WAITING_DELIVERY"), Fate.ACCEPTED, ""),
    (("DELIVERED", "DELIVERED_TO_OPERATOR"), Fate.ACCEPTED, ""),
    (("DELIVERED", "DELIVERED_TO_HANDSET"), Fate.DELIVERED, ""),
    (("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED"), Fate.FAILED, "E748"),
    (("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", "EC_UNKNOWN_SUBSCRIBER"), Fate.FAILED, "E618"),
    (("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", "EC_ABSENT_SUBSCRIBER"), Fate.FAILED, "E749"),
    (("EXPIRED", "EXPIRED_EXPIRED"), Fate.FAILED, "E749"),
    (("REJECTED", "REJECTED_NETWORK"), Fate.FAILED, "E619"),
    (("REJECTED", "REJECTED_DND"), Fate.FAILED, "E751"),
    (("REJECTED", "REJECTED_FLOODING_FILTER"), Fate.FAILED, "E752"),
    (("REJECTED", "REJECTED_OF_NEXT_YEAR"), Fate.FAILED, "E748"),
]


@pytest.mark.parametrize(("state", "fate", "code"), STATES)
def test_a_report_and_the_logs_say_the_same(state: tuple[str, ...], fate: Fate, code: str) -> None:
    told = entry(2, *state, to=NUMBERS[1][1:], messageCount=1)
    publisher, _ = horn("infobip", (200, {"results": [told]}))
    (heard,) = publisher.read_webhook(from_infobip(told)).receipts
    (asked,) = publisher.ask(Receipt(BULK), KEY, NUMBERS[:3]).receipts
    assert heard == asked
    assert (heard.key, heard.place, heard.platform_id, heard.fate, heard.code) == (KEY, 2, BULK, fate, code)
    assert not heard.number


@pytest.mark.parametrize(
    "state", [PENDING, ("EXPIRED", "EXPIRED_DLR_UNKNOWN"), ("REJECTED", "REJECTED_DUPLICATE_MESSAGE_ID"), ("", "")]
)
def test_states_that_tell_nothing_are_no_news(state: tuple[str, str]) -> None:
    """ "Expired, and nobody reported" is not "failed": it may well have arrived."""
    assert horn("infobip")[0].read_webhook(from_infobip(entry(1, *state))) == Told()


def test_a_hundred_reports_come_in_one_call() -> None:
    reports = [entry(place, "DELIVERED", "DELIVERED_TO_HANDSET") for place in range(1, 101)]
    told = horn("infobip")[0].read_webhook(from_infobip(*reports))
    assert [each.place for each in told.receipts] == list(range(1, 101))


def test_a_call_is_asked_for_by_its_id_and_one_without_by_its_message() -> None:
    publisher, wire = horn("infobip", (200, {"results": [entry(1, "DELIVERED", "DELIVERED_TO_HANDSET")]}))
    for name in (BULK, KEY):
        assert [each.place for each in publisher.ask(Receipt(name), KEY, NUMBERS[:1]).receipts] == [1]
    questions = [parse_qs(urlsplit(str(each.url)).query) for each in wire.asked]
    assert [each.get("bulkId") for each in questions] == [[BULK], None]
    assert [each.get("messageId") for each in questions] == [None, [f"{KEY}-1"]]


def test_a_call_with_one_number_has_no_id_but_ours() -> None:
    only = {"messages": [{"messageId": f"{KEY}-1", "status": {"groupName": "PENDING", "name": "PENDING_ACCEPTED"}}]}
    publisher, _ = horn("infobip", (200, only))
    assert publisher.submit(batch(1)).ending == Done(Receipt(KEY))


def test_reports_of_other_programs_of_the_same_account_are_no_news() -> None:
    strange = [entry(1, "DELIVERED", "DELIVERED_TO_HANDSET") | {"messageId": name} for name in ("", "28089", "a-b", 7)]
    assert horn("infobip")[0].read_webhook(from_infobip(*strange)) == Told()


def test_a_citizens_message_is_heard() -> None:
    heard = {"messageId": "817790313", "from": NUMBERS[4][1:], "to": "84900", "text": "DK DNC S", "smsCount": 1}
    told = horn("infobip")[0].read_webhook(from_infobip(heard, heard | {"from": "Viettel"}))
    assert told == Told((), (Inbound(NUMBERS[4], "DK DNC S", "817790313"),))


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"results":[]}', b'{"results":7}', b'{"results":[7]}', b"\xff"])
def test_what_cannot_be_read_is_said_so(body: bytes) -> None:
    with pytest.raises(LoaError, match="E742"):
        horn("infobip")[0].read_webhook(replace(from_infobip(), body=body))


@pytest.mark.parametrize(
    ("status", "body", "finding"),
    [
        (200, {"balance": 47.79, "currency": "EUR"}, Finding("ok", "E690", "47.79 EUR")),
        (401, {"errorCode": "E401"}, Finding("stop", "E605", "HTTP 401")),
        (403, {"errorCode": "E403"}, Finding("stop", "E606", "HTTP 403")),
        (404, b"", Finding("ok", "E691", "UBNDKimLien")),
    ],
)
def test_the_account_is_known_before_the_first_message(status: int, body: Any, finding: Finding) -> None:
    assert horn("infobip", (status, body))[0].preflight() == [finding]
