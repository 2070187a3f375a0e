"""The makers' own clients judge the imitations, and our horns: what they send is understood, what they read is right.

``twilio`` (with its own check of signatures), ``infobip-api-python-client`` and ``android-sms-gateway`` from PyPI.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
import requests
from android_sms_gateway import client as android
from android_sms_gateway import domain, errors
from android_sms_gateway.enums import ProcessState
from android_sms_gateway.http import RequestsHttpClient
from support.sms_door import Reports, reports_door
from support.sms_gateways import NOW, PHONE_SECRET, SECRET, SETTINGS, TEXT, account_of, batch
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from loa.clock import SimulatedClock
from loa.delivery import Account, Done, Equipment
from loa.sandbox import Sandbox, overrides, read_journal
from publishers import REGISTRY

CONFLICT = 409
SID = SETTINGS["twilio"]["account_sid"]
NUMBER = batch().numbers[0]


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NOW)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sandbox", clock=clock) as running:
        yield running


@pytest.fixture
def reports() -> Iterator[Reports]:
    with reports_door() as door:
        yield door


def later(sandbox: Sandbox, clock: SimulatedClock) -> None:
    clock.advance(timedelta(hours=6))
    assert sandbox.deliver_receipts()


def our_horn(gateway: str, sandbox: Sandbox, clock: SimulatedClock, door: str = "") -> Any:
    plain = account_of(gateway)
    hosts = overrides(sandbox.url)["sms"]
    account = Account(plain.id, plain.channel, plain.name, plain.settings, hosts, plain.secrets)
    return REGISTRY["sms"].build(account, clock, equipment=Equipment(webhook_url=door))


class ToTheSandbox(TwilioHttpClient):
    """Twilio's own client of HTTP, pointed elsewhere."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        return super().request(method, url.replace("https://api.twilio.com", f"{self._url}/twilio"), *args, **options)


def twilio(sandbox: Sandbox, token: str = SECRET) -> Client:
    return Client(SID, token, http_client=ToTheSandbox(sandbox.url))


def test_twilios_client_sends_and_reads_what_became_of_it(sandbox: Sandbox, clock: SimulatedClock) -> None:
    sent = twilio(sandbox).messages.create(to=NUMBER, from_="UBNDKimLien", body=TEXT)
    assert (sent.status, sent.error_code) == ("queued", None)
    later(sandbox, clock)
    assert twilio(sandbox).messages(str(sent.sid)).fetch().status == "delivered"
    (effect,) = read_journal(sandbox.journal)
    assert effect.text == TEXT


@pytest.mark.parametrize(("token", "to", "code"), [("khac", NUMBER, 20003), (SECRET, "+842383840000", 21614)])
def test_twilios_client_understands_the_refusals(sandbox: Sandbox, token: str, to: str, code: int) -> None:
    with pytest.raises(TwilioRestException) as told:
        twilio(sandbox, token).messages.create(to=to, from_="UBNDKimLien", body=TEXT)
    assert told.value.code == code


def test_twilios_own_check_and_ours_believe_the_same_reports(
    sandbox: Sandbox, clock: SimulatedClock, reports: Reports
) -> None:
    horn = our_horn("twilio", sandbox, clock, reports.url)
    ending = horn.submit(batch(1)).ending
    assert isinstance(ending, Done)
    assert str(twilio(sandbox).messages(ending.receipt.platform_id).fetch().body) == TEXT
    later(sandbox, clock)
    judge = RequestValidator(SECRET)
    for call in reports.calls:
        address = f"{reports.url}?{urlencode(dict(call.query))}"
        form = dict(parse_qsl(call.body.decode(), keep_blank_values=True))
        assert judge.validate(address, form, call.headers["x-twilio-signature"])
        assert not judge.validate(address, form | {"MessageStatus": "failed"}, call.headers["x-twilio-signature"])
    assert {news.key for told in reports.read_by(horn) for news in told.receipts} == {batch(1).key}


@pytest.fixture(scope="module")
def maker() -> Any:
    """Infobip's client. Its import takes seconds: not whenever tests are collected."""
    return importlib.import_module("infobip_api_client")


def infobip(maker: Any, sandbox: Sandbox, key: str = SECRET) -> Any:
    return maker.SmsApi(maker.ApiClient(maker.Configuration(host=f"{sandbox.url}/infobip", api_key=key)))


def test_infobips_client_sends_a_list_and_reads_its_logs(maker: Any, sandbox: Sandbox, clock: SimulatedClock) -> None:
    models = maker.models
    places = [models.SmsDestination(to=number[1:], messageId=f"cua-ta-{n}") for n, number in enumerate(batch().numbers)]
    content = models.SmsMessageContent(models.SmsTextContent(text=TEXT))
    message = models.SmsMessage(sender="UBNDKimLien", destinations=places, content=content)
    sent = infobip(maker, sandbox).send_sms_messages(models.SmsRequest(messages=[message]))
    assert [each.message_id for each in sent.messages] == ["cua-ta-0", "cua-ta-1", "cua-ta-2"]
    assert {each.status.group_name for each in sent.messages if each.status} == {models.MessageGeneralStatus.PENDING}
    later(sandbox, clock)
    logs = infobip(maker, sandbox).get_outbound_sms_message_logs(bulk_id=[str(sent.bulk_id)])
    assert {each.status.group_name for each in logs.results or [] if each.status} == {
        models.MessageGeneralStatus.DELIVERED
    }


def test_infobips_client_reads_the_logs_of_our_call(maker: Any, sandbox: Sandbox, clock: SimulatedClock) -> None:
    ending = our_horn("infobip", sandbox, clock).submit(batch()).ending
    assert isinstance(ending, Done)
    logs = infobip(maker, sandbox).get_outbound_sms_message_logs(message_id=[f"{batch().key}-2"])
    assert [each.message_id for each in logs.results or []] == [f"{batch().key}-2"]


def test_infobips_client_understands_a_wrong_key(maker: Any, sandbox: Sandbox) -> None:
    with pytest.raises(maker.exceptions.UnauthorizedException):
        infobip(maker, sandbox, "khac").get_outbound_sms_message_logs(bulk_id=["1"])


def phone(sandbox: Sandbox, password: str = PHONE_SECRET) -> android.APIClient:
    base = f"{sandbox.url}/smsgate/3rdparty/v1"
    return android.APIClient("KIMLIEN", password, base_url=base, http=RequestsHttpClient(requests.Session()))


def test_the_phones_client_sends_once_under_its_id_and_reads_each_number(
    sandbox: Sandbox, clock: SimulatedClock
) -> None:
    message = domain.Message(phone_numbers=list(batch().numbers), text_message=domain.TextMessage(TEXT), id="cua-ta")
    with phone(sandbox) as client:
        assert client.send(message).state == ProcessState.Pending
        with pytest.raises(errors.APIError) as again:
            client.send(message)
        assert again.value.status_code == CONFLICT
        later(sandbox, clock)
        states = client.get_state("cua-ta").recipients
    assert {each.phone_number: each.state for each in states} == dict.fromkeys(batch().numbers, ProcessState.Delivered)
    assert len(read_journal(sandbox.journal)) == 3


def test_the_phones_client_reads_our_call(sandbox: Sandbox, clock: SimulatedClock) -> None:
    assert isinstance(our_horn("smsgate", sandbox, clock).submit(batch()).ending, Done)
    with phone(sandbox) as client:
        assert [each.phone_number for each in client.get_state(batch().key).recipients] == list(batch().numbers)


def test_the_phones_client_understands_a_wrong_password(sandbox: Sandbox) -> None:
    with phone(sandbox, "khac") as client, pytest.raises(errors.UnauthorizedError):
        client.get_state("cua-ta")
