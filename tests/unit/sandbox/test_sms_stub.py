from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.gateways import Answer, Door, ask, basic, esms, esms_list, kannel, kannel_url, rule, speedsms
from support.planted import phone

from loa.clock import SimulatedClock, SystemClock
from loa.errors import LoaError
from loa.sandbox import Fault, Sandbox, read_journal
from loa.sandbox.sms import LIFELIKE, Rules, rules_from
from loa.sandbox.sms.air import on_the_air

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
STILL = Rules(duplicates=0, disorder=0, ported=0)
"""No chance: every message arrives, once, in order."""


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def stub(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sb", clock=clock, rules=STILL) as running:
        yield running


@pytest.fixture
def door() -> Iterator[Door]:
    with Door() as opened:
        yield opened


def number(place: int) -> str:
    return f"+84{phone(place)[1:]}"


def ending(digits: str) -> str:
    """A number whose last four digits choose its fate."""
    return f"+84{phone(1)[1:6]}{digits}"


def handsets(stub: Sandbox) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(f"{stub.url}/_loa/sms/handsets").json
    return found


def shown(stub: Sandbox) -> list[str]:
    """What stands on all handsets together."""
    return [text for handset in handsets(stub) for text in handset["texts"]]


def move(stub: Sandbox, **span: float) -> None:
    """Move the clock as another process does."""
    now = datetime.fromisoformat(ask(f"{stub.url}/_loa/clock").json["now"])
    ask(f"{stub.url}/_loa/clock", {"now": (now + timedelta(**span)).isoformat()})


def code(answer: Answer) -> str:
    return str(answer.json["CodeResult"])


# 1: faces, one engine, one journal, handsets


def test_all_gateways_share_a_journal_and_the_handsets(stub: Sandbox) -> None:
    esms(stub, number(1), "Một")
    speedsms(stub, [number(1)], "Hai")
    kannel(stub, number(1), "Ba")
    move(stub, minutes=5)
    assert [each.platform for each in read_journal(stub.journal)] == ["esms", "speedsms", "kannel"]
    assert [handset["texts"] for handset in handsets(stub)] == [["Một", "Hai", "Ba"]]


def test_every_answer_of_a_gateway_carries_the_mark_of_the_stub(stub: Sandbox) -> None:
    stub.play([Fault(face="speedsms", kind="429")])
    answers = [
        esms(stub, number(1)),
        speedsms(stub, [number(1)]),
        kannel(stub, number(1)),
        ask(f"{stub.url}/esms/nowhere"),
    ]
    assert [each.headers.get("x-sms-stub") for each in answers] == ["1"] * 4
    assert "x-sms-stub" not in ask(f"{stub.url}/facebook/v26.0/10").headers


# 2: refusals


@pytest.mark.parametrize(
    ("reason", "esms_code", "speedsms_code"),
    [("auth", "101", "008"), ("ip_not_allowed", "140", "007"), ("balance", "103", "300")],
)
def test_a_scenario_can_have_every_call_refused(stub: Sandbox, reason: str, esms_code: str, speedsms_code: str) -> None:
    rule(stub, refuse={"esms": reason, "speedsms": reason, "kannel": reason})
    assert code(esms(stub, number(1))) == esms_code
    assert speedsms(stub, [number(1)]).json["code"] == speedsms_code
    assert kannel(stub, number(1)).status in (403, 503)
    assert read_journal(stub.journal) == ()


def test_a_stranger_is_refused_in_each_gateway_s_own_words(stub: Sandbox) -> None:
    assert code(esms(stub, number(1), ApiKey="that")) == "101"
    assert speedsms(stub, [number(1)], token="that").status == 401
    refused = kannel(stub, number(1), password="that")
    assert (refused.status, refused.text) == (403, "Authorization failed for sendsms")


def test_money_counts_down_by_parts_until_there_is_none(stub: Sandbox) -> None:
    rule(stub, balance=1000, price=250)
    assert code(esms(stub, number(1), "ế" * 134)) == "100"
    keys = {"ApiKey": "sandbox-a", "SecretKey": "sandbox-a"}
    assert ask(f"{stub.url}/esms/MainService.svc/json/GetBalance_json", keys).json["Balance"] == 500
    assert [code(esms(stub, number(each))) for each in (2, 3, 4)] == ["100", "100", "103"]


def test_a_sender_unknown_to_one_carrier_fails_with_that_carrier_only(stub: Sandbox) -> None:
    rule(stub, senders={"viettel": ["UBNDKimLien"], "mobifone": ["TenKhac"]})
    assert code(esms(stub, "+84971112223")) == "100"
    assert code(esms(stub, "+84901112223")) == "177"
    assert code(esms(stub, "+84911112223")) == "100", "a carrier that is not named takes every name"


def test_text_off_the_template_is_refused(stub: Sandbox) -> None:
    rule(stub, templates=["UBND xã thông báo: *"])
    assert code(esms(stub, number(1), "UBND xã thông báo: mai cắt điện [khu 3]")) == "100"
    assert code(esms(stub, number(1), "Mai cắt điện")) == "146"


def test_a_black_word_is_taken_and_told_later_as_failed(stub: Sandbox, door: Door) -> None:
    rule(stub, blacklist=["vay tiền"])
    assert code(esms(stub, number(1), "Hỗ trợ VAY TIỀN", CallbackUrl=door.url)) == "100"
    move(stub, minutes=5)
    assert [(each.query["SendSuccess"], each.query["SendFailed"]) for each in door.knocks] == [("0", "1")]
    assert shown(stub) == [""]


# 3: too many


def test_speedsms_takes_sixty_calls_a_minute_and_says_when_the_next(stub: Sandbox) -> None:
    answers = [speedsms(stub, [number(each % 90)], f"Tin {each}") for each in range(61)]
    assert [each.status for each in answers] == [200] * 60 + [429]
    assert answers[-1].json["name"] == "Too Many Requests"
    wait = int(answers[-1].headers["x-rate-limit-reset"])
    move(stub, seconds=wait)
    assert speedsms(stub, [number(1)], "Sau khi chờ").status == 200


def test_esms_says_how_long_to_wait(stub: Sandbox) -> None:
    rule(stub, requests={"esms": [1, 10]})
    assert [esms(stub, number(1), RequestId=each).status for each in "ab"] == [200, 429]


def test_advertising_takes_30_to_5000_numbers(stub: Sandbox) -> None:
    numbers = [f"+8497{each:07}" for each in range(5001)]
    assert [code(esms_list(stub, numbers[:count])) for count in (29, 30, 5000, 5001)] == ["107", "100", "100", "120"]
    assert len(read_journal(stub.journal)) == 5030


# 4: magic numbers


@pytest.fixture
def magic(stub: Sandbox) -> Sandbox:
    rule(stub, magic=True)
    return stub


def told(door: Door) -> list[tuple[str, str]]:
    return [(each.query["SendSuccess"], each.query["SendFailed"]) for each in door.knocks]


def test_0000_is_never_delivered(magic: Sandbox, door: Door) -> None:
    assert code(esms(magic, ending("0000"), CallbackUrl=door.url)) == "100"
    move(magic, minutes=5)
    assert told(door) == [("0", "1")]
    assert shown(magic) == [""]


def test_0001_expires_after_two_days(magic: Sandbox, door: Door) -> None:
    esms(magic, ending("0001"), CallbackUrl=door.url)
    move(magic, hours=47)
    assert told(door) == []
    move(magic, hours=2)
    assert told(door) == [("0", "1")]


def test_0002_is_blocked(magic: Sandbox) -> None:
    assert code(esms(magic, ending("0002"))) == "99"
    assert read_journal(magic.journal) == ()


def test_0003_is_told_twice(magic: Sandbox, door: Door) -> None:
    esms(magic, ending("0003"), CallbackUrl=door.url)
    move(magic, minutes=5)
    assert told(door) == [("1", "0")] * 2


def test_0004_is_told_before_the_answer(magic: Sandbox, door: Door) -> None:
    esms(magic, ending("0004"), CallbackUrl=door.url)
    assert told(door) == [("1", "0")]
    move(magic, minutes=5)
    assert len(door.knocks) == 1


def test_0004_is_told_as_done_at_that_moment(magic: Sandbox, door: Door) -> None:
    kannel(magic, ending("0004"), dlr_mask="1", dlr_url=f"{door.url}?at=%T")
    assert [int(each.query["at"]) for each in door.knocks] == [int(START.timestamp())]


def test_0005_arrives_and_nobody_is_told(magic: Sandbox, door: Door) -> None:
    esms(magic, ending("0005"), "Tin lặng", CallbackUrl=door.url)
    move(magic, days=3)
    assert told(door) == []
    assert shown(magic) == ["Tin lặng"]


def test_0006_is_taken_and_the_connection_breaks(magic: Sandbox) -> None:
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError, urllib.error.URLError)):
        esms(magic, ending("0006"), RequestId="khoa")
    assert code(esms(magic, ending("0006"), RequestId="khoa")) == "124"
    assert len(read_journal(magic.journal)) == 1


def test_0007_trips_once(magic: Sandbox) -> None:
    answers = [esms(magic, ending("0007"), RequestId="khoa") for _ in range(2)]
    assert answers[0].status == 500
    assert code(answers[1]) == "100"
    assert len(read_journal(magic.journal)) == 1


def test_0008_is_told_the_end_before_the_beginning(magic: Sandbox, door: Door) -> None:
    for each in range(8):
        kannel(magic, f"+8497{each}110008", dlr_mask="31", dlr_url=f"{door.url}?id={each}&type=%d")
    move(magic, minutes=15)
    kinds = {each: [knock.query["type"] for knock in door.knocks if knock.query["id"] == each] for each in "01234567"}
    assert set(map(tuple, kinds.values())) == {("1", "8")}


def test_0009_is_with_another_carrier(magic: Sandbox) -> None:
    esms(magic, "+84971110009")
    move(magic, minutes=5)
    assert handsets(magic)[0]["carrier"] != "viettel"


def test_without_the_rule_the_last_digits_mean_nothing(stub: Sandbox) -> None:
    for digits in ("0000", "0002", "0006", "0007"):
        assert code(esms(stub, ending(digits), digits)) == "100"
    move(stub, minutes=15)
    assert sorted(shown(stub)) == ["0000", "0002", "0006", "0007"]


# 5: time-out after the accept, keys on the clock


def test_a_call_whose_answer_got_lost_is_refused_under_the_same_key(stub: Sandbox) -> None:
    stub.play([Fault(face="esms", kind="drop_after")])
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError, urllib.error.URLError)):
        esms(stub, number(1), RequestId="khoa")
    assert code(esms(stub, number(1), RequestId="khoa")) == "124"
    assert len(read_journal(stub.journal)) == 1


def test_a_key_expires_after_24_hours_of_the_clock(stub: Sandbox) -> None:
    codes = [code(esms(stub, number(1), RequestId="khoa"))]
    for span in (timedelta(hours=23, minutes=59), timedelta(minutes=1)):
        move(stub, seconds=span.total_seconds())
        codes.append(code(esms(stub, number(1), RequestId="khoa")))
    assert codes == ["100", "124", "100"]


def test_a_gateway_without_keys_sends_a_second_time(stub: Sandbox) -> None:
    for _ in range(2):
        assert kannel(stub, number(1), "Hai lần").text == "0: Accepted for delivery"
    assert len(read_journal(stub.journal)) == 2


# 6: the same text again


def test_the_same_text_to_the_same_number_within_five_minutes_is_dropped(stub: Sandbox) -> None:
    rule(stub, repeat_seconds=300)
    for span in (0, 200, 101, 301):
        move(stub, seconds=span)
        esms(stub, number(1), "Y hệt")
    esms(stub, number(2), "Y hệt")
    move(stub, minutes=10)
    states = {str(bubble["id"])[:8]: bubble["reason"] for each in handsets(stub) for bubble in each["bubbles"]}
    assert [states[key] for key in sorted(states)] == [None, "duplicate_content", "duplicate_content", None, None]


# 7: what carriers add


def test_the_label_of_the_carrier_makes_two_parts_of_160_characters(stub: Sandbox) -> None:
    rule(stub, label=True)
    numbers = [f"+8497{each:07}" for each in range(30)]
    esms_list(stub, numbers, "a" * 160, IsUnicode="0")
    effect = read_journal(stub.journal)[0]
    assert effect.extra == {"parts": 2, "unicode": False}
    assert len(effect.text) == 160 + 38
    assert effect.text.startswith("[QC] ")


# 8: what one carrier does not take


def test_marks_and_characters_that_one_carrier_refuses(stub: Sandbox, door: Door) -> None:
    rule(stub, no_unicode=["viettel"], forbidden={"viettel": "#&"})
    for to, text in (("+84971112223", "Đề nghị"), ("+84971112224", "A & B"), ("+84901112223", "Đề nghị & xin")):
        speedsms(stub, [to], text)
    move(stub, minutes=5)
    reasons = [bubble["reason"] for each in reversed(handsets(stub)) for bubble in each["bubbles"]]
    assert reasons == ["unicode_not_supported", "forbidden_character", None]


# 9: a person at the gateway


@pytest.mark.parametrize(("approved", "statuses"), [(True, [1, 2, 5]), (False, [1, 4])])
def test_advertising_waits_for_a_person(stub: Sandbox, *, approved: bool, statuses: list[int]) -> None:
    rule(stub, approval_seconds=600, approved=approved)
    numbers = [f"+8497{each:07}" for each in range(30)]
    sms_id = esms_list(stub, numbers).json["SMSID"]
    asked = f"{stub.url}/esms/MainService.svc/json/GetSendStatus?RefId={sms_id}&ApiKey=sandbox-a&SecretKey=sandbox-a"
    seen = [ask(asked).json["SendStatus"]]
    for span in (600, 3600):
        move(stub, seconds=span)
        seen.append(ask(asked).json["SendStatus"])
    assert list(dict.fromkeys(seen)) == statuses
    assert set(shown(stub)) == ({"[QC] Lễ hội Làng Sen"} if approved else {""})


# 10: receipts


def test_receipts_that_came_due_are_out_when_the_clock_was_moved(stub: Sandbox, door: Door) -> None:
    for each in range(20):
        esms(stub, number(each), CallbackUrl=door.url, RequestId=f"k{each}")
    assert door.knocks == []
    move(stub, minutes=15)
    assert sorted(each.query["RequestId"] for each in door.knocks) == sorted(f"k{each}" for each in range(20))
    first = door.knocks[0]
    assert first.method == "GET"
    assert set(first.query) >= {"SMSID", "SendStatus", "TotalReceiver", "TotalSent", "TotalPrice", "TypeId", "telcoid"}
    assert (first.query["SendStatus"], first.query["TypeId"]) == ("5", "2")


def test_receipts_come_in_the_order_of_their_moments(stub: Sandbox, door: Door) -> None:
    for each in range(30):
        kannel(stub, number(each), dlr_mask="31", dlr_url=f"{door.url}?at=%T&type=%d")
    move(stub, minutes=15)
    moments = [int(each.query["at"]) for each in door.knocks]
    assert moments == sorted(moments)
    assert len(moments) == 60


def test_in_process_the_one_who_moves_the_clock_has_them_delivered(
    stub: Sandbox, clock: SimulatedClock, door: Door
) -> None:
    esms(stub, number(1), CallbackUrl=door.url)
    clock.advance(timedelta(minutes=15))
    assert stub.deliver_receipts()
    assert told(door) == [("1", "0")]


def test_on_the_real_time_they_come_by_themselves(tmp_path: Path, door: Door) -> None:
    with Sandbox(tmp_path, clock=SystemClock(), rules=replace(STILL, median_seconds=0.05)) as stub:
        esms(stub, number(1), CallbackUrl=door.url)
        waited = 0
        while not door.knocks and waited < 200:
            ask(f"{stub.url}/_loa/clock")
            waited += 1
            time.sleep(0.05)
    assert told(door) == [("1", "0")]


def test_half_of_all_receipts_come_within_seconds_and_a_few_after_hours(stub: Sandbox, door: Door) -> None:
    rule(stub, late=0.1, very_late=0.1, requests={})
    for each in range(0, 90, 30):
        speedsms(stub, [number(place) for place in range(each, each + 30)], "Trễ")
    counts = []
    for span in (timedelta(seconds=6), timedelta(minutes=15), timedelta(hours=9), timedelta(days=3)):
        move(stub, seconds=span.total_seconds())
        counts.append(sum(bool(text) for text in shown(stub)))
    assert 30 <= counts[0] <= 60
    assert counts[0] < counts[1] < counts[2] < counts[3] == 90


def test_duplicates_and_disorder_have_their_shares(stub: Sandbox, door: Door) -> None:
    rule(stub, duplicates=0.5)
    for each in range(40):
        esms(stub, number(each), f"Tin {each}", CallbackUrl=door.url, RequestId=f"k{each}")
    move(stub, hours=1)
    assert 45 <= len(door.knocks) <= 75


def test_esms_tries_five_times(stub: Sandbox, door: Door) -> None:
    door.answers = [500] * 9
    esms(stub, number(1), CallbackUrl=door.url)
    move(stub, hours=2)
    assert len(door.knocks) == 5
    state = ask(f"{stub.url}/_loa/sms").json["receipts"]
    assert (state["failed"], state["given_up"], state["waiting"]) == (5, 1, 0)


def test_a_door_that_is_shut_for_a_while_gets_its_receipt_later(stub: Sandbox) -> None:
    with Door() as door:
        url = door.url
    esms(stub, number(1), CallbackUrl=url)
    move(stub, seconds=90)
    assert ask(f"{stub.url}/_loa/sms").json["receipts"]["waiting"] == 1


def test_a_whole_list_is_told_without_a_number(stub: Sandbox, door: Door) -> None:
    rule(stub, magic=True)
    numbers = [f"+8497{each:07}" for each in (0, 1, 2, *range(10, 37))]
    esms_list(stub, numbers, CallbackUrl=door.url, RequestId="danh-sach")
    move(stub, days=3)
    last = door.knocks[-1].query
    assert (last["SendStatus"], last["TypeId"], last["RequestId"]) == ("5", "1", "danh-sach")
    assert int(last["SendSuccess"]) + int(last["SendFailed"]) == int(last["TotalReceiver"]) == 30
    assert int(last["SendFailed"]) == 3, "0000, 0001 and 0002"
    assert "phonenumber" not in last


def test_speedsms_reports_each_number_to_the_account_s_own_address(stub: Sandbox, door: Door) -> None:
    rule(stub, webhooks={"speedsms/KimLien": door.url}, magic=True)
    answer = speedsms(stub, [number(1), ending("0000")]).json
    move(stub, minutes=15)
    reports = {each.json["phone"]: each.json for each in door.knocks}
    tran_id = answer["data"]["tranId"]
    assert reports[number(1)[1:]] == {"type": "report", "tranId": tran_id, "phone": number(1)[1:], "status": 0}
    assert reports[ending("0000")[1:]]["status"] >= 64
    asked = ask(f"{stub.url}/speedsms/index.php/sms/status/{tran_id}", headers=basic("sandbox-a")).json
    assert [each["status"] for each in asked["data"]] == [0, 64]


def test_speedsms_names_what_is_no_number(stub: Sandbox) -> None:
    answer = speedsms(stub, [number(1), "+84123", number(1)]).json
    assert answer["data"]["invalidPhone"] == ["84123"]
    assert answer["data"]["totalSMS"] == 1
    assert speedsms(stub, ["+84123"]).json["code"] == "105"


def test_kannel_fills_the_escapes_and_keeps_the_mask(stub: Sandbox, door: Door) -> None:
    rule(stub, magic=True)
    address = f"{door.url}?id=m2&type=%d&answer=%A&to=%p&from=%P&la=%E1"
    kannel(stub, ending("0000"), "Đề nghị bà con", dlr_mask="3", dlr_url=address)
    move(stub, minutes=5)
    (knock,) = door.knocks
    assert (knock.query["id"], knock.query["type"]) == ("m2", "2")
    assert "stat:UNDELIV" in knock.query["answer"]
    assert (knock.query["to"], knock.query["from"]) == (ending("0000")[1:], "UBNDTinh")


def test_kannel_says_no_as_kannel_does(stub: Sandbox) -> None:
    denied = "Number(s) has/have been denied by white- and/or black-lists."
    good = {"username": "loa", "password": "sandbox-a", "from": "UBNDTinh", "text": "a"}
    answers = [ask(kannel_url(stub, **good, to=to)) for to in ("", "abc", "84987654321 abc")]
    assert [(each.status, each.text) for each in answers] == [
        (400, "Empty receiver number not allowed, rejected"),
        (400, denied),
        (202, "0: Accepted for delivery"),
    ]
    form = ask(kannel_url(stub), b"to=84987654321", FORM)
    assert (form.status, form.text) == (400, "Invalid content-type")


def test_kannel_asks_for_a_receipt_of_the_first_part_only(stub: Sandbox, door: Door) -> None:
    rule(stub, lost_part=1.0)
    for each in range(12):
        kannel(stub, number(each), "ế" * 134, dlr_mask="3", dlr_url=f"{door.url}?type=%d")
    move(stub, minutes=15)
    assert {each.query["type"] for each in door.knocks} == {"1", "2"}, "a lost second part is told as delivered"


@pytest.mark.parametrize(
    "text",
    [
        {"text": "Đề nghị", "charset": "UTF-8"},
        {"text": "Đề nghị".encode("utf-16-be").decode("latin-1")},
    ],
)
def test_kannel_takes_a_get_with_utf8_or_ucs2(stub: Sandbox, text: dict[str, str]) -> None:
    given = {"username": "loa", "password": "sandbox-a", "from": "UBNDTinh", "to": "84987654321", "coding": "2"}
    encoding = "utf-8" if "charset" in text else "latin-1"
    answer = ask(f"{kannel_url(stub)}{urllib.parse.urlencode(given | text, encoding=encoding)}")
    assert (answer.status, answer.text) == (202, "0: Accepted for delivery")
    assert read_journal(stub.journal)[0].text == "Đề nghị"


def test_kannel_parts_that_the_application_cut_are_put_together(stub: Sandbox) -> None:
    kannel(stub, number(1), "bà con.", udh="%05%00%03%07%02%02")
    move(stub, minutes=15)
    (handset,) = handsets(stub)
    assert [part["there"] for part in handset["bubbles"][0]["parts"]] == [False, True]
    kannel(stub, number(1), "Đề nghị ", udh="%05%00%03%07%02%01")
    move(stub, minutes=15)
    assert shown(stub) == ["Đề nghị bà con."]


# 11: citizens write back


@pytest.mark.parametrize("words", ["TC", "HUY", "DK DNC S"])
def test_a_citizen_s_text_reaches_the_application(stub: Sandbox, door: Door, words: str) -> None:
    rule(stub, webhooks={"speedsms": door.url, "kannel": f"{door.url}?tu=%p&chu=%a"})
    speedsms(stub, [number(1)])
    move(stub, minutes=15)
    door.knocks.clear()
    handset = handsets(stub)[0]["id"]
    answer = ask(f"{stub.url}/_loa/sms/inbound", {"handset": handset, "text": words})
    assert (answer.status, answer.json["to"]) == (200, "KimLien")
    assert (door.knocks[0].json["phone"], door.knocks[0].json["content"]) == (number(1)[1:], words)
    kannel(stub, number(1), "Đã ngừng gửi tin.")
    ask(f"{stub.url}/_loa/sms/inbound", {"handset": handset, "text": words})
    assert (door.knocks[-1].query["tu"], door.knocks[-1].query["chu"]) == (number(1)[1:], words)
    move(stub, minutes=15)
    assert shown(stub) == ["Chào bà con", words, "Đã ngừng gửi tin.", words]


def test_the_page_has_a_form_for_it(stub: Sandbox) -> None:
    kannel(stub, number(1))
    handset = handsets(stub)[0]["id"]
    page = ask(stub.url).text
    assert f'value="{handset}"' in page
    assert 'action="/_loa/sms/inbound"' in page
    ask(f"{stub.url}/_loa/sms/inbound", f"handset={handset}&quick=TC".encode(), FORM)
    assert '<p class="bubble">TC</p>' in ask(stub.url).text


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_only_a_handset_that_got_something_can_answer_and_only_with_words(stub: Sandbox) -> None:
    esms(stub, number(1))
    unknown = ask(f"{stub.url}/_loa/sms/inbound", {"handset": "0123456789abcdef", "text": "TC"})
    assert (unknown.status, unknown.json) == (404, {"error": "E857"})
    empty = ask(f"{stub.url}/_loa/sms/inbound", {"handset": handsets(stub)[0]["id"], "text": "  "})
    assert (empty.status, empty.json) == (400, {"error": "E858"})


# 12: this machine only


@pytest.mark.parametrize(
    "address", ["http://192.0.2.1/x", "https://loa.nghean.gov.vn/sms", "http://127.0.0.1.nip.io/x", "ftp://127.0.0.1/"]
)
def test_nothing_is_called_off_this_machine(
    stub: Sandbox, clock: SimulatedClock, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    esms(stub, number(1), CallbackUrl=address)
    monkeypatch.setattr(http.client.HTTPConnection, "request", nobody)
    clock.advance(timedelta(hours=1))
    assert stub.deliver_receipts()
    monkeypatch.undo()
    refused = ask(f"{stub.url}/_loa/sms").json["receipts"]["refused"]
    assert list(refused.values()) == [1]
    assert next(iter(refused)) in ask(f"{stub.url}/_loa/").text


# determinism, restart, privacy, rules


def _day(folder: Path, seed: int) -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    """A journal and receipts of the same calls."""
    clock = SimulatedClock(START)
    with Door() as door, Sandbox(folder, clock=clock, seed=seed, rules=replace(LIFELIKE, duplicates=0.2)) as stub:
        for each in range(40):
            kannel(stub, number(each), "ế" * 100, dlr_mask="31", dlr_url=f"{door.url}?id={each}&type=%d&at=%T")
        clock.advance(timedelta(days=4))
        stub.deliver_receipts()
        journal = [json.loads(line) for line in stub.journal.read_text(encoding="utf-8").splitlines()]
        return [{**line, "recipient_hmac": ""} for line in journal], [each.query for each in door.knocks]


def test_the_same_seed_and_calls_give_the_same_journal_and_receipts(tmp_path: Path) -> None:
    first, again, other = (_day(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first[1] != other[1]


def test_a_restart_keeps_keys_handsets_money_and_open_receipts(tmp_path: Path, door: Door) -> None:
    clock = SimulatedClock(START)
    with Sandbox(tmp_path, clock=clock, rules=STILL) as stub:
        esms(stub, number(1), "Trước", RequestId="khoa-1", CallbackUrl=door.url)
        clock.advance(timedelta(minutes=15))
        stub.deliver_receipts()
        esms(stub, number(2), "Sau", RequestId="khoa-2", CallbackUrl=door.url)
    with Sandbox(tmp_path, clock=clock, rules=STILL) as stub:
        assert code(esms(stub, number(1), RequestId="khoa-1")) == "124"
        clock.advance(timedelta(minutes=15))
        stub.deliver_receipts()
        assert [each.query["RequestId"] for each in door.knocks] == ["khoa-1", "khoa-2"]
        assert sorted(shown(stub)) == ["Sau", "Trước"]
        assert ask(f"{stub.url}/_loa/sms").json["spent"] == {"esms": 500}


def test_what_cannot_be_opened_any_more_is_said(tmp_path: Path, door: Door) -> None:
    clock = SimulatedClock(START)
    with Sandbox(tmp_path, clock=clock, rules=STILL) as stub:
        esms(stub, number(1), RequestId="khoa-1", CallbackUrl=door.url)
    (tmp_path / "journal.key").write_bytes(b"x" * 32)
    with Sandbox(tmp_path, clock=clock, rules=STILL) as stub:
        assert code(esms(stub, number(1), RequestId="khoa-1")) == "124"
        assert ask(f"{stub.url}/_loa/sms").json["lost"] == 1
        assert "1 tin của lần chạy trước đã mất số" in ask(f"{stub.url}/_loa/").text
        assert "1 tin của lần chạy trước" in ask(stub.url).text


def test_no_number_stands_in_clear_on_the_disk_or_on_a_page(tmp_path: Path, clock: SimulatedClock, door: Door) -> None:
    with Sandbox(tmp_path, clock=clock, rules=STILL) as stub:
        esms(stub, number(7), CallbackUrl=door.url)
        speedsms(stub, [number(7), number(8)])
        clock.advance(timedelta(hours=1))
        stub.deliver_receipts()
        pages = ask(stub.url).text + ask(f"{stub.url}/_loa/").text + ask(f"{stub.url}/_loa/sms/handsets").text
        stub.write_page(tmp_path / "citizens")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for each in (7, 8):
        assert phone(each)[1:] not in pages
        assert phone(each)[1:].encode() not in written


def test_a_wrong_rule_is_refused_with_its_name() -> None:
    top = ({"balanse": 1}, {"balance": "much"}, {"magic": 1}, {"templates": "one"})
    inside = (
        {"refuse": {"esms": "bad mood"}},
        {"requests": {"esms": 1}},
        {"requests": {"esms": [1, 0]}},
        {"senders": {"viettel": "UBND"}},
        {"webhooks": {"esms": 1}},
    )
    for given_rules in (*top, *inside):
        with pytest.raises(LoaError) as caught:
            rules_from(given_rules, Rules())
        assert caught.value.code == "E856"


def test_a_wrong_rule_changes_nothing(stub: Sandbox) -> None:
    answer = rule(stub, balance=0, colour="red")
    assert (answer.status, answer.json) == (400, {"error": "E856"})
    assert ask(f"{stub.url}/_loa/sms").json["rules"]["balance"] == -1


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=400))
def test_what_a_handset_shows_is_what_was_accepted(stub: Sandbox, text: str) -> None:
    given_text = text.replace("\r", " ")
    kannel(stub, number(3), given_text)
    move(stub, minutes=15)
    assert handsets(stub)[0]["texts"][-1] == given_text


@given(text=st.text(max_size=500))
def test_no_part_is_longer_than_the_air_takes_and_none_is_lost(text: str) -> None:
    clean = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    parts, _ = on_the_air(clean, unicode=True)
    assert "".join(parts) == clean
    most = 70 if len(parts) == 1 else 67
    assert all(len(part.encode("utf-16-le")) // 2 <= most for part in parts)


def test_the_secret_path_of_a_webhook_is_shown_nowhere(tmp_path: Path, clock: SimulatedClock, door: Door) -> None:
    with Sandbox(tmp_path, clock=clock, rules=replace(STILL, webhooks={"speedsms": door.url})) as stub:
        speedsms(stub, [number(1)])
        told_of = ask(f"{stub.url}/_loa/sms").text + ask(f"{stub.url}/_loa/").text
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "bi-mat" not in told_of
    assert b"bi-mat" not in written
    with Sandbox(tmp_path, clock=clock, rules=STILL) as again:
        clock.advance(timedelta(hours=1))
        again.deliver_receipts()
    assert [each.json["status"] for each in door.knocks] == [0]


def test_many_handsets_leave_the_page_small(stub: Sandbox) -> None:
    esms_list(stub, [f"+8497{each:07}" for each in range(4000)])
    page = ask(stub.url).text
    assert len(page) < 60_000
    assert "và 3.988 máy khác" in page


def test_a_missing_part_shows_as_missing(stub: Sandbox) -> None:
    rule(stub, lost_part=1.0)
    esms(stub, number(1), "ế" * 134)
    move(stub, minutes=15)
    page = ask(stub.url).text
    assert "[thiếu phần " in page
    assert "tới máy thiếu phần" in page


def test_words_on_a_handset_are_never_run(stub: Sandbox) -> None:
    esms(stub, number(1), "<script>alert(1)</script>")
    page = ask(stub.url).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page
