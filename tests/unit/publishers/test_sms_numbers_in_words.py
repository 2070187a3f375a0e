"""Gateways quote numbers back in their answers: none of them, in whatever spelling, comes into the book or a report."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import pytest
from support.planted import phone
from support.scripted_gateway import batch, reported, said, sms_desk

from loa.delivery import Done
from publishers import sms

DIGITS = phone(1)[1:]
SPELLINGS = {
    "as people dial": f"0{DIGITS}",
    "spaced": f"0{DIGITS[:3]} {DIGITS[3:6]} {DIGITS[6:]}",
    "dotted": f"0{DIGITS[:2]}.{DIGITS[2:5]}.{DIGITS[5:]}",
    "with hyphens": f"84-{DIGITS[:2]}-{DIGITS[2:]}",
    "international": f"+84 {DIGITS[:2]} {DIGITS[2:5]} {DIGITS[5:]}",
    "with brackets": f"(+84) {DIGITS}",
    "with two noughts": f"0084{DIGITS}",
    "without anything in front": DIGITS,
    "in an address": f"%2B84%20{DIGITS[:4]}%20{DIGITS[4:]}",
    "in wide digits": "".join(chr(0xFF10 + int(digit)) for digit in f"0{DIGITS}"),
    "hard spaces": f"0{DIGITS[:3]}\u00a0{DIGITS[3:6]}\u00a0{DIGITS[6:]}",
}
NOES: dict[str, list[tuple[int, Any]]] = {
    "esms": [(200, {"CodeResult": code, "ErrorMessage": "%s"}) for code in ("99", "101", "146", "199", "777")],
    "speedsms": [(200, {"status": "error", "code": code, "message": "%s"}) for code in ("105", "101", "300", "500")],
    "kannel": [(400, "receiver %s"), (403, "Authorization failed %s"), (500, "%s")],
    "smsgate": [(status, {"message": "Queue limits exceeded %s"}) for status in (400, 401, 503, 500)],
    "twilio": [(400, {"code": code, "message": "The To number %s", "status": 400}) for code in (21211, 20003, 99999)],
    "infobip": [
        (status, {"requestError": {"serviceException": {"text": "%s"}}, "description": "%s"}) for status in (400, 401)
    ],
}


def said_of(number: str, status: int, body: Any) -> tuple[int, Any, Any]:
    words = json.dumps(body, ensure_ascii=False) if not isinstance(body, str) else body
    return said(words.replace("%s", f"Phone {number} invalid").encode(), status)


def digits_in(outcome: Any) -> str:
    """Every digit that it would keep, in a row."""
    words = json.dumps(asdict(outcome), ensure_ascii=False, default=str)
    return "".join(str(int(each)) for each in re.sub(r"\W|%20", "", words) if each.isdigit())


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("gateway", sorted(sms.GATEWAYS))
def test_a_number_that_a_gateway_quotes_in_a_refusal_is_kept_nowhere(gateway: str, spelling: str) -> None:
    for status, body in NOES[gateway]:
        answer = said_of(SPELLINGS[spelling], status, body)
        ending = sms_desk(gateway, answer, answer).horn.submit(batch(1)).ending
        assert not isinstance(ending, Done)
        assert DIGITS not in digits_in(ending), (status, body)
        for finding in sms_desk(gateway, answer).horn.preflight():
            assert DIGITS not in digits_in(finding), (status, body)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_number_in_a_report_of_a_failure_is_kept_nowhere(spelling: str) -> None:
    number = SPELLINGS[spelling]
    (news,) = sms_desk("kannel").horn.read_webhook(reported(key="k", type="16", reply=f"NACK/{number}")).receipts
    assert DIGITS not in digits_in(news)
    state = {"groupName": "REJECTED", "name": f"REJECTED {number}"}
    body = {"results": [{"messageId": "k-1", "status": state, "error": {"name": number}}]}
    (news,) = sms_desk("infobip").horn.read_webhook(reported(body)).receipts
    assert DIGITS not in digits_in(news)


def test_what_is_left_on_the_account_is_told_whole() -> None:
    desk = sms_desk("esms", said({"CodeResponse": "100", "Balance": 1_250_000_000}))
    assert desk.horn.preflight()[0].detail == "1250000000 đ"


def test_an_id_that_is_longer_than_any_index_bears_is_cut() -> None:
    answer = sms_desk("esms", said({"CodeResult": "100", "SMSID": "m" * 100_000})).horn.submit(batch(1))
    assert isinstance(answer.ending, Done)
    assert len(answer.ending.receipt.platform_id) == 200
