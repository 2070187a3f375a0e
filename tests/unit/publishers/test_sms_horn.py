"""What the horns of all SMS gateways do alike."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from support.scripted_gateway import NOW, SECRET, batch, number, said, sms_desk
from urllib3.exceptions import NewConnectionError

from loa.clock import SimulatedClock
from loa.delivery import Account, AuthNeeded, Bulk, CannotTell, Done, Message, Refused, RetryLater, Unknown
from loa.errors import LoaError
from publishers import REGISTRY
from publishers.sms import GATEWAYS
from publishers.sms.horn import REHEARSAL_SECRET

WELL = said({"CodeResult": "100", "SMSID": "ma-tin"})
LOCAL = "http://127.0.0.1:9"


def test_a_text_goes_out_in_one_normal_form() -> None:
    desk = sms_desk("esms", WELL)
    desk.horn.submit(batch(text=unicodedata.normalize("NFD", "Đề nghị bà con sơ tán")))
    assert desk.gateway.body()["Content"] == "Đề nghị bà con sơ tán"


@pytest.mark.parametrize("text", ["", "ế" * (6 * 67 + 1)])
def test_no_text_and_seven_parts_are_refused_here(text: str) -> None:
    desk = sms_desk("esms")
    ending = desk.horn.submit(batch(text=text)).ending
    assert isinstance(ending, Refused)
    assert (ending.code, ending.scope) == ("E613", "content")
    assert desk.gateway.asked == []


def test_letters_that_the_gateway_does_not_take_are_named() -> None:
    ending = sms_desk("esms").horn.submit(batch(text="[QC] Lễ hội làng Sen", **{"class": "advertising"})).ending
    assert isinstance(ending, Refused)
    assert (ending.code, ending.detail, ending.scope) == ("E746", "ễộ", "content")


def test_signs_that_a_gateway_forbids_are_named() -> None:
    desk = sms_desk("esms")
    desk.horn.card = replace(desk.horn.card, bulk=lambda _: Bulk(forbidden="#&"))
    ending = desk.horn.submit(batch(text="Hoi dap #1022 & #1023")).ending
    assert isinstance(ending, Refused)
    assert (ending.code, ending.detail) == ("E746", "#&")


def test_a_message_is_a_call_with_one_number() -> None:
    desk = sms_desk("esms", WELL)
    ending = desk.horn.publish(Message("khoa-9", "Chào bà con", recipient=number(7)))
    assert isinstance(ending, Done)
    assert (desk.gateway.body()["Phone"], desk.gateway.body()["RequestId"]) == ("0" + number(7)[3:], "khoa-9")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "7"}, 7),
        ({"x_rate_limit_reset": "13"}, 13),
        ({"x_ratelimit_reset": str(int(NOW.timestamp()) + 90)}, 90),
        ({"retry_after": "0"}, 1),
        ({"retry_after": "-5"}, 60),
        ({"retry_after": "9" * 15}, 24 * 3600),
        ({}, 60),
    ],
)
@pytest.mark.parametrize("name", ["esms", "speedsms", "kannel"])
def test_a_gateway_that_asks_for_a_pause_gets_it(name: str, headers: dict[str, str], seconds: int) -> None:
    ending = sms_desk(name, said({"name": "Too Many Requests", "code": 0}, 429, **headers)).horn.submit(batch()).ending
    assert isinstance(ending, RetryLater)
    assert (ending.code, ending.pause_account) == ("E604", True)
    assert ending.at == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("name", ["esms", "speedsms", "kannel"])
def test_only_a_connection_that_never_stood_is_certain(name: str) -> None:
    refused = requests.ConnectionError(NewConnectionError(None, "no"))  # type: ignore[arg-type]  # never looked at
    assert isinstance(sms_desk(name, refused).horn.submit(batch()).ending, RetryLater)
    for lost in (requests.ReadTimeout("late"), requests.ConnectionError("reset")):
        ending = sms_desk(name, lost).horn.submit(batch()).ending
        assert isinstance(ending, Unknown)
        assert (ending.code, ending.hint) == ("E602", {"key": "khoa-1"})


@pytest.mark.parametrize("status", [200, 201, 302, 400, 404, 500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"code":[]}', b"\xff\xfe"])
@pytest.mark.parametrize("name", ["esms", "speedsms", "kannel"])
def test_an_answer_that_says_nothing_leaves_it_in_doubt(name: str, body: bytes, status: int) -> None:
    assert isinstance(sms_desk(name, said(body, status)).horn.submit(batch()).ending, Unknown)


@pytest.mark.parametrize("mark", ["X_SMS_Stub", "X_Loa_Sandbox"])
def test_an_imitation_where_citizens_were_meant_stops_the_account(mark: str) -> None:
    status, body, _ = WELL
    ending = sms_desk("esms", said(body, status, **{mark: "1"})).horn.submit(batch()).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E743"
    assert isinstance(sms_desk("esms", said(body, status, **{mark: "1"}), host=LOCAL).horn.submit(batch()).ending, Done)


def test_a_rehearsal_never_leaves_this_machine() -> None:
    desk = sms_desk("esms", WELL, secret=f"{REHEARSAL_SECRET}sms-kim-lien")
    ending = desk.horn.submit(batch()).ending
    assert isinstance(ending, AuthNeeded)
    assert ending.code == "E744"
    assert [finding.code for finding in desk.horn.preflight()] == ["E744"]
    assert desk.gateway.asked == []


def test_a_rehearsal_that_meets_no_imitation_is_in_doubt() -> None:
    ending = sms_desk("esms", WELL, secret=f"{REHEARSAL_SECRET}x", host=LOCAL).horn.submit(batch()).ending
    assert isinstance(ending, Unknown)
    assert ending.code == "E744"


@pytest.mark.parametrize("name", ["esms", "speedsms", "kannel"])
def test_no_address_and_no_ending_shows_a_secret_or_a_number(name: str) -> None:
    echo = {"CodeResult": "101", "code": "008", "status": "error", "message": f"{SECRET} {number(1)}"}
    echo["ErrorMessage"] = echo["message"]
    for answer in (said(echo), said(f"Authorization failed {SECRET} {number(1)}".encode(), 403), said(echo, 500)):
        desk = sms_desk(name, answer, username=SECRET)
        shown = f"{desk.horn.submit(batch())!r} {desk.gateway.asked[0].url}"
        assert SECRET not in shown
        assert number(1)[3:] not in shown


@pytest.mark.parametrize(("name", "code"), [("esms", "E633"), ("speedsms", "E745"), ("kannel", "E745")])
def test_a_lost_call_cannot_be_looked_up_and_only_esms_may_get_it_again(name: str, code: str) -> None:
    assert sms_desk(name).horn.look_up_batch(batch(), NOW, {}) == CannotTell(code, final=True)
    assert bool(GATEWAYS[name].key_life) == (name == "esms")


def test_the_account_chooses_the_gateway_and_esms_is_the_first() -> None:
    card = REGISTRY["sms"].card
    assert card.of({}).account_secrets == card.of({"gateway": "esms"}).account_secrets == ("api_key", "secret_key")
    assert card.of({"gateway": "speedsms"}).account_secrets == ("access_token",)
    assert {each.id for each in card.variants.values()} == {"sms"}


def test_a_gateway_that_nobody_knows_is_not_taken_for_another() -> None:
    account = Account("a", "sms", "A", {"gateway": "esmss", "brandname": "A"}, {}, {})
    with pytest.raises(LoaError) as caught:
        REGISTRY["sms"].build(account, SimulatedClock(NOW))
    assert caught.value.code == "E659"
