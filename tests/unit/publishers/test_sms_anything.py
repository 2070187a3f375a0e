"""Whatever a gateway answers and whoever knocks at our door: no horn breaks, and what it gives can be kept."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.scripted_gateway import batch, number, said, sms_desk

from loa.delivery import Done, Receipt, WebhookCall
from loa.errors import LoaError

NAMES = ["esms", "speedsms", "kannel"]
FIELDS = (
    *("CodeResult", "SMSID", "ErrorMessage", "status", "code", "data", "tranId", "invalidPhone", "message", "phone"),
    *("type", "content", "balance", "SendStatus", "SendSuccess", "RequestId", "TypeId", "phonenumber", "key", "reply"),
    *("from", "text", "id", "CodeResponse", "Balance"),
)
LIKELY = st.sampled_from(["100", "124", "00", "105", "success", "error", "report", "sms", "1", "5", "16", number(1)])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | LIKELY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8).map(lambda found: json.dumps(found).encode())
BODIES = OBJECTS | st.binary(max_size=60)
STATUSES = st.sampled_from([200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 429, 500, 502, 503])
QUERIES = st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=12) | LIKELY, max_size=6)


def kept(outcome: Any) -> None:
    """What an outcome carries can be written into the book, and shows no number where none belongs."""
    words = json.dumps(asdict(outcome), ensure_ascii=False, default=str)
    words.encode()
    assert "\\u0000" not in words


@pytest.mark.parametrize("name", NAMES)
@given(status=STATUSES, body=BODIES, wait=st.text(max_size=30))
def test_any_answer_has_an_ending(name: str, status: int, body: bytes, wait: str) -> None:
    answer = said(body, status, Retry_After=wait)
    outcome = sms_desk(name, answer, answer).horn.submit(batch(1, 2) if name == "speedsms" else batch())
    kept(outcome.ending)
    assert number(1)[3:] not in getattr(outcome.ending, "detail", "")
    assert status in {200, 202} or not isinstance(outcome.ending, Done)
    for finding in sms_desk(name, answer).horn.preflight():
        kept(finding)
    with suppress(LoaError):
        kept(sms_desk(name, answer).horn.ask(Receipt("123"), "khoa-1", (number(1),)))


@pytest.mark.parametrize("name", NAMES)
@given(query=QUERIES, body=BODIES, method=st.sampled_from(["GET", "POST", "PUT"]))
def test_any_call_to_our_door_is_read_or_turned_away(
    name: str, query: dict[str, str], body: bytes, method: str
) -> None:
    try:
        told = sms_desk(name).horn.read_webhook(WebhookCall(method, query, {}, body))
    except LoaError as error:
        assert error.code == "E742"  # noqa: PT017 - either ending is right
    else:
        kept(told)
        assert told.receipts or told.inbound or name == "kannel"
        assert number(1)[3:] not in "".join(each.detail for each in told.receipts)
