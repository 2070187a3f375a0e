"""Kannel: its words, its reports; the real program is in tests/acceptance/test_real_kannel.py."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from support.scripted_gateway import SECRET, WEBHOOK, batch, number, reported, said, sms_desk

from loa.delivery import AuthNeeded, Done, Fate, Inbound, Refused, RetryLater, Unknown
from loa.errors import LoaError

NOES = {
    (403, "Authorization failed for sendsms"): (AuthNeeded, "E605"),
    (403, "Not routable. Do not try again."): (Refused, "E619"),
    (400, "Sender missing and no global set, rejected"): (AuthNeeded, "E606"),
    (400, "Missing receiver(s) number(s), rejected"): (Refused, "E618"),
    (400, "Number(s) has/have been denied by white- and/or black-lists."): (Refused, "E618"),
    (400, "Garbage 'to' field, rejected."): (Refused, "E618"),
    (400, "Coding field misformed, rejected"): (Refused, "E607"),
    (400, "Empty text not allowed, rejected."): (Refused, "E607"),
    (503, "Temporal failure, try again later."): (RetryLater, "E604"),
    (404, "Unknown request."): (AuthNeeded, "E659"),
    (503, "Service Unavailable"): (Unknown, "E603"),
    (400, "Bad Request"): (Unknown, "E603"),
    (200, "Sent."): (Unknown, "E603"),
}


@pytest.mark.parametrize("said_so", sorted(NOES))
def test_every_no_has_its_ending(said_so: tuple[int, str]) -> None:
    status, words = said_so
    kind, code = NOES[said_so]
    ending = sms_desk("kannel", said(words.encode(), status)).horn.submit(batch()).ending
    assert isinstance(ending, kind)
    assert ending.code == code


@pytest.mark.parametrize(
    ("words", "details"), [(b"0: Accepted for delivery", {}), (b"3: Queued for later delivery", {"queued": "yes"})]
)
def test_taken_or_kept_for_later_is_done_under_our_own_key(words: bytes, details: dict[str, str]) -> None:
    ending = sms_desk("kannel", said(words, 202)).horn.submit(batch()).ending
    assert isinstance(ending, Done)
    assert (ending.receipt.platform_id, ending.receipt.details) == ("khoa-1", details)


@pytest.mark.parametrize(("text", "coding"), [("Mời bà con", b"2"), ("Moi ba con", b"0")])
def test_everything_travels_in_headers(text: str, coding: bytes) -> None:
    desk = sms_desk("kannel", said(b"0: Accepted for delivery", 202))
    desk.horn.submit(batch(text=text))
    (asked,) = desk.gateway.asked
    assert asked.url == "https://tong-dai.example.vn/cgi-bin/sendsms"
    assert asked.body == text.encode()
    assert asked.headers["X-Kannel-Coding"] == coding
    assert asked.headers["X-Kannel-Password"] == SECRET.encode()
    assert asked.headers["X-Kannel-To"] == number(1)[1:].encode()


def test_our_key_stands_in_the_address_of_the_report_and_the_number_does_not() -> None:
    desk = sms_desk("kannel", said(b"0: Accepted for delivery", 202))
    desk.horn.submit(batch())
    address = desk.gateway.asked[0].headers["X-Kannel-DLR-Url"].decode()
    assert address.startswith(f"{WEBHOOK}?key=khoa-1&")
    assert parse_qs(urlsplit(address).query)["type"] == ["%d"]
    assert number(1)[3:] not in address


def test_without_a_door_no_report_is_asked_for() -> None:
    desk = sms_desk("kannel", said(b"0: Accepted for delivery", 202), webhook="")
    desk.horn.submit(batch())
    assert not [name for name in desk.gateway.asked[0].headers if "DLR" in name]


@pytest.mark.parametrize(
    ("kind", "reply", "fate", "code"),
    [
        ("1", "", Fate.DELIVERED, ""),
        ("2", "", Fate.FAILED, "E748"),
        ("4", "", Fate.BUFFERED, ""),
        ("8", "ACK/", Fate.ACCEPTED, ""),
        ("16", "NACK/0x0000000b/Invalid Destination Address", Fate.FAILED, "E618"),
        ("16", "NACK/0x0000000a/Invalid Source Address", Fate.FAILED, "E619"),
        ("16", "NACK/0x00000008/System Error", Fate.FAILED, "E748"),
    ],
)
def test_a_report_is_read_by_its_kind(kind: str, reply: str, fate: Fate, code: str) -> None:
    call = reported(key="khoa-1", type=kind, reply=reply)
    (news,) = sms_desk("kannel").horn.read_webhook(call).receipts
    assert (news.key, news.fate, news.code) == ("khoa-1", fate, code)
    assert news.detail == (reply if code else "")


def test_delivered_stays_delivered_when_accepted_comes_after_it() -> None:
    """Kannel's reports come in either order; the higher fate counts."""
    horn = sms_desk("kannel").horn
    fates = [horn.read_webhook(reported(key="k", type=kind)).receipts[0].fate for kind in ("1", "8")]
    assert max(fates) == Fate.DELIVERED


@pytest.mark.parametrize(
    "query", [{}, {"key": "k"}, {"key": "k", "type": "7"}, {"type": "1"}, {"key": "", "type": "1"}]
)
def test_what_is_no_report_is_turned_away(query: dict[str, str]) -> None:
    with pytest.raises(LoaError, match="E742"):
        sms_desk("kannel").horn.read_webhook(reported(**query))


def test_what_a_citizen_sends_is_read_and_a_short_number_is_none() -> None:
    horn = sms_desk("kannel").horn
    told = horn.read_webhook(reported(**{"from": number(4), "text": "HUY", "id": "ma"}))
    assert told.inbound == (Inbound(number(4), "HUY", "ma"),)
    assert horn.read_webhook(reported(**{"from": "5656", "text": "HUY"})).inbound == ()
