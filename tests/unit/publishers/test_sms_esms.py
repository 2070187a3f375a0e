"""eSMS: each of its codes, both of its calls, and its reports."""

from __future__ import annotations

import pytest
from support.scripted_gateway import NOW, WEBHOOK, batch, number, reported, said, sms_desk

from loa.delivery import AuthNeeded, Done, Fate, ReceiptNews, Refused, RetryLater, Unknown
from loa.errors import LoaError

ADVERTISING = {"class": "advertising"}
NOES = {
    "99": (Refused, "E618", "row"),
    "108": (Refused, "E618", "row"),
    "177": (Refused, "E619", "row"),
    "107": (Refused, "E659", "row"),
    "120": (Refused, "E659", "row"),
    "146": (Refused, "E607", "content"),
    "101": (AuthNeeded, "E605", None),
    "103": (AuthNeeded, "E610", None),
    "102": (AuthNeeded, "E606", None),
    "104": (AuthNeeded, "E606", None),
    "118": (AuthNeeded, "E606", None),
    "140": (AuthNeeded, "E606", None),
    "300": (AuthNeeded, "E606", None),
    "301": (AuthNeeded, "E606", None),
    "199": (Unknown, "E602", None),
    "777": (Unknown, "E603", None),
}


@pytest.mark.parametrize("code", sorted(NOES))
def test_every_no_has_its_ending(code: str) -> None:
    kind, sentence, scope = NOES[code]
    ending = sms_desk("esms", said({"CodeResult": code, "ErrorMessage": "lý do"})).horn.submit(batch()).ending
    assert isinstance(ending, kind)
    assert (ending.code, ending.detail) == (sentence, f"{code}: lý do")
    assert getattr(ending, "scope", None) == scope


@pytest.mark.parametrize("code", ["100", "124"])
def test_taken_now_or_taken_before_is_done(code: str) -> None:
    ending = sms_desk("esms", said({"CodeResult": code, "SMSID": "ma-tin"})).horn.submit(batch()).ending
    assert isinstance(ending, Done)
    assert ending.receipt.platform_id == "ma-tin"


def test_a_care_message_goes_to_one_number_and_names_where_to_report() -> None:
    desk = sms_desk("esms", said({"CodeResult": "100"}))
    desk.horn.submit(batch(3))
    body = desk.gateway.body()
    assert desk.gateway.asked[0].url.endswith("/MainService.svc/json/SendMultipleMessage_V4_post_json/")
    assert (body["Phone"], body["SmsType"], body["IsUnicode"]) == ("0" + number(3)[3:], "2", "1")
    assert (body["RequestId"], body["CallbackUrl"], body["Sandbox"]) == ("khoa-1", WEBHOOK, "0")


def test_without_a_door_no_report_is_asked_for() -> None:
    desk = sms_desk("esms", said({"CodeResult": "100"}), webhook="")
    desk.horn.submit(batch())
    assert "CallbackUrl" not in desk.gateway.body()


def test_advertising_goes_as_a_list() -> None:
    desk = sms_desk("esms", said({"CodeResult": "100", "SMSID": "ma-tin"}))
    desk.horn.submit(batch(*range(1, 31), text="[QC] Le hoi lang Sen", **ADVERTISING))
    body = desk.gateway.body()
    assert desk.gateway.asked[0].url.endswith("/MainService.svc/json/SendMultipleSMSBrandname_json/")
    assert body["Phones"] == ["0" + number(place)[3:] for place in range(1, 31)]
    assert body["SmsType"] == "1"
    assert "Phone" not in body


def test_a_call_takes_one_number_or_a_list_of_advertising() -> None:
    card = sms_desk("esms").horn.card
    assert card.bulk is not None
    care, ads = card.bulk({"class": "public_info"}), card.bulk(ADVERTISING)
    assert (care.least, care.most, care.receipts) == (1, 1, True)
    assert (ads.least, ads.most, ads.receipts, ads.reserved) == (30, 5000, False, 38)
    assert (care.remembers, ads.remembers) == (True, False)


@pytest.mark.parametrize(
    ("given", "fate"),
    [
        ({"SendStatus": "5", "SendSuccess": "1", "SendFailed": "0"}, Fate.DELIVERED),
        ({"SendStatus": "5", "SendSuccess": "0", "SendFailed": "2"}, Fate.FAILED),
        ({"SendStatus": "5", "SendSuccess": "0", "SendFailed": "0"}, Fate.ACCEPTED),
        ({"SendStatus": "7"}, Fate.ACCEPTED),
        ({"SendStatus": "4"}, Fate.FAILED),
        ({"SendStatus": "1"}, Fate.NOTHING),
        ({"sendstatus": "2", "SENDSUCCESS": ""}, Fate.NOTHING),
    ],
)
def test_a_report_is_read_by_its_counts_and_not_by_its_status(given: dict[str, str], fate: Fate) -> None:
    """The gateway's own sample has status 5 (sent) with two failed."""
    call = reported(SMSID="ma-tin", RequestId="khoa-1", TypeId="2", phonenumber="0" + number(1)[3:], **given)
    (news,) = sms_desk("esms").horn.read_webhook(call).receipts
    assert (news.fate, news.key, news.platform_id, news.number) == (fate, "khoa-1", "ma-tin", number(1))
    assert bool(news.code) == (fate == Fate.FAILED)


@pytest.mark.parametrize("sign", [{"TypeId": "1"}, {"TotalReceiver": "30"}])
def test_the_report_of_advertising_tells_how_many_and_not_who(sign: dict[str, str]) -> None:
    call = reported(SMSID="ma-tin", SendStatus="5", SendSuccess="28", SendFailed="2", RequestId="k", **sign)
    assert sms_desk("esms").horn.read_webhook(call).receipts == (
        ReceiptNews(Fate.NOTHING, "k", "ma-tin", totals={Fate.DELIVERED: 28, Fate.FAILED: 2}),
    )


def test_a_list_that_people_at_the_gateway_reject_failed_for_everybody() -> None:
    call = reported(SMSID="ma-tin", SendStatus="4", SendSuccess="0", SendFailed="0", TypeId="1", TotalReceiver="30")
    (news,) = sms_desk("esms").horn.read_webhook(call).receipts
    assert news.totals == {Fate.DELIVERED: 0, Fate.FAILED: 30}


@pytest.mark.parametrize("query", [{}, {"SMSID": "x"}, {"SendStatus": "5"}])
def test_what_is_no_report_is_turned_away(query: dict[str, str]) -> None:
    with pytest.raises(LoaError, match="E742"):
        sms_desk("esms").horn.read_webhook(reported(**query))


def test_the_account_is_asked_for_its_balance_without_a_key_in_the_address() -> None:
    desk = sms_desk("esms", said({"CodeResponse": "100", "Balance": 36693}))
    (finding,) = desk.horn.preflight()
    assert (finding.level, finding.code, finding.detail) == ("ok", "E690", "36693 đ")
    assert desk.gateway.asked[0].method == "POST"
    (wrong,) = sms_desk("esms", said({"CodeResponse": "101", "ErrorMessage": "Authorize Failed"})).horn.preflight()
    assert (wrong.level, wrong.code) == ("stop", "E605")
    (silent,) = sms_desk("esms", said(b"", 404)).horn.preflight()
    assert (silent.level, silent.code) == ("ok", "E691")


def test_a_pause_is_for_the_whole_account() -> None:
    ending = sms_desk("esms", said(b"", 429)).horn.submit(batch()).ending
    assert isinstance(ending, RetryLater)
    assert ending.pause_account
    assert ending.at > NOW
