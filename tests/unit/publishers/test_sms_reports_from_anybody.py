"""The door is open to the world: whatever is called at it, a horn reads it or says that it cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.sms_gateways import NUMBERS, batch, from_infobip, from_phone, from_twilio, horn

from loa.delivery import Fate, Told, WebhookCall
from loa.errors import LoaError
from publishers import sms

SIGNS = st.text(st.characters(exclude_categories=()), max_size=12)  # halves of signs too
FIELD_NAMES = """event payload messageId recipient phoneNumber sender message reason results status groupName name error
    from text to key MessageSid MessageStatus SmsStatus ErrorCode From Body type tranId phone content SMSID SendStatus
    SendSuccess SendFailed TypeId RequestId phonenumber id dlr reply"""
NAMES = st.sampled_from(FIELD_NAMES.split())
SAID = """sms:sent sms:failed sms:received delivered failed received report sms DELIVERED REJECTED 1 2 8 16 5 64 -1
    9999999999999999999999 NaN"""
WORDS = st.sampled_from([*SAID.split(), *NUMBERS[:2]])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SIGNS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | SIGNS, inner, max_size=4),
    max_leaves=10,
)
OBJECTS = st.dictionaries(NAMES | SIGNS, VALUES, max_size=6)
FIELDS = st.dictionaries(NAMES | SIGNS, SIGNS | WORDS, max_size=6)
BODIES = st.binary(max_size=60) | OBJECTS.map(lambda found: json.dumps(found).encode()) | st.just(b"[" * 60_000)
HORNS = {gateway: horn(gateway)[0] for gateway in sms.GATEWAYS}


def read(gateway: str, call: WebhookCall) -> Told:
    """What a horn reads; nothing where it says that it cannot."""
    try:
        told: Told = HORNS[gateway].read_webhook(call)
    except LoaError as error:
        if error.code in {"E741", "E742"}:
            return Told()
        raise
    words = json.dumps(asdict(told), ensure_ascii=False, allow_nan=False)
    words.encode()
    assert "\\u0000" not in words
    for news in told.receipts:
        assert isinstance(news.fate, Fate)
        assert min(news.place, news.part, news.parts, *news.totals.values(), 0) == 0
        assert news.number == "" or news.number.startswith("+84")
    assert all(heard.number.startswith("+84") for heard in told.inbound)
    return told


@pytest.mark.parametrize("gateway", sorted(HORNS))
@settings(max_examples=120, deadline=None)
@given(query=FIELDS, headers=FIELDS, body=BODIES, method=st.sampled_from(["GET", "POST", "PUT"]), tail=SIGNS)
def test_any_call_is_read_or_refused(
    gateway: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, method: str, tail: str
) -> None:
    read(gateway, WebhookCall(method, query, headers, body, tail))


@pytest.mark.parametrize("gateway", sorted(HORNS))
@settings(max_examples=120, deadline=None)
@given(found=OBJECTS, fields=FIELDS)
def test_any_call_in_the_gateways_own_form_is_read_or_refused(
    gateway: str, found: Mapping[str, Any], fields: Mapping[str, str]
) -> None:
    """Signed where the gateway signs: a phone or an account that somebody took over."""
    read(gateway, from_phone(found))
    read(gateway, from_infobip(found, found))
    read(gateway, WebhookCall("GET", fields, {}, b""))
    form = {_whole(name): _whole(value) for name, value in fields.items()}
    read(gateway, from_twilio(form, {"key": batch().key}))


def _whole(words: str) -> str:
    return words.encode(errors="replace").decode()


@pytest.mark.parametrize("gateway", ["smsgate", "twilio"])
@settings(max_examples=60, deadline=None)
@given(place=st.integers(0), flip=st.integers(1, 255))
def test_one_changed_byte_undoes_the_signature(gateway: str, place: int, flip: int) -> None:
    payload = {"messageId": batch().key, "recipient": NUMBERS[0]}
    form = {"MessageSid": f"SM{'7' * 32}", "MessageStatus": "delivered"}
    call = (
        from_phone({"event": "sms:delivered", "payload": payload})
        if gateway == "smsgate"
        else from_twilio(form, {"key": batch().key})
    )
    body = bytearray(call.body)
    body[place % len(body)] ^= flip
    assert read(gateway, call).receipts
    assert not read(gateway, WebhookCall(call.method, call.query, call.headers, bytes(body))).receipts
