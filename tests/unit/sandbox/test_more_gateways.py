"""sms-gate, Twilio and Infobip as their own documents tell of them: what is taken, refused, reported and signed."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from support.planted import PHONE_STEM, phone

from loa.clock import SimulatedClock
from loa.sandbox import Fault, Sandbox, read_journal
from loa.sandbox.sms import LIFELIKE, Rules

START = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
TOKEN = "sandbox-sms-kim-lien"
SID = f"AC{'5' * 32}"
CALM = Rules(duplicates=0.0, disorder=0.0)


def number(place: int) -> str:
    return f"+84{phone(place)[1:]}"


def magic(last_four: str) -> str:
    return f"+84{PHONE_STEM[:5]}{last_four}"


@dataclass
class Door:
    """An application's webhook: keeps what was told, in order."""

    url: str = ""
    status: int = 200
    told: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def json(self, place: int) -> Any:
        return json.loads(self.told[place][2])

    def form(self, place: int) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.told[place][2].decode()).items()}


@pytest.fixture
def door() -> Iterator[Door]:
    kept = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.told.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(kept.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kept.url = f"http://127.0.0.1:{server.server_port}/sms/bi-mat"
    yield kept
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(START)


@pytest.fixture
def sandbox(tmp_path: Path, clock: SimulatedClock) -> Iterator[Sandbox]:
    with Sandbox(tmp_path / "sb", clock=clock, rules=CALM) as running:
        yield running


def ask(
    url: str, body: bytes | None = None, kind: str = "application/json", **headers: str
) -> tuple[int, Any, Mapping[str, str]]:
    request = urllib.request.Request(url, body, {"Content-Type": kind, **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read()), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith(b"{") else text, dict(error.headers)


def basic(name: str, password: str = TOKEN) -> str:
    return "Basic " + b64encode(f"{name}:{password}".encode()).decode()


def later(sandbox: Sandbox, clock: SimulatedClock, **span: float) -> None:
    clock.advance(timedelta(**span))
    assert sandbox.deliver_receipts()


class Phone:
    """Calls sms-gate."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.base = f"{sandbox.url}/smsgate/3rdparty/v1"

    def send(self, *numbers: str, text: str = "Hà Nội", password: str = TOKEN, **more: Any) -> tuple[int, Any, Any]:
        body = {"textMessage": {"text": text}, "phoneNumbers": list(numbers), **more}
        return ask(f"{self.base}/messages", json.dumps(body).encode(), Authorization=basic("sms", password))

    def get(self, path: str) -> tuple[int, Any, Any]:
        return ask(f"{self.base}/{path}", Authorization=basic("sms"))

    def register(self, event: str, url: str) -> int:
        body = json.dumps({"event": event, "url": url}).encode()
        return ask(f"{self.base}/webhooks", body, Authorization=basic("sms"))[0]


def test_a_phone_takes_a_message_once_under_its_id(sandbox: Sandbox, clock: SimulatedClock) -> None:
    gate = Phone(sandbox)
    status, said, headers = gate.send(number(1), number(2), id="khoa-1")
    assert (status, said["id"], said["state"]) == (202, "khoa-1", "Pending")
    assert headers["x-sms-stub"] == "1"
    assert gate.send(number(1), number(2), id="khoa-1")[0] == 409
    clock.advance(timedelta(minutes=20))
    status, said, _ = gate.get("messages/khoa-1")
    assert [row["phoneNumber"] for row in said["recipients"]] == [number(1), number(2)]
    assert said["state"] == "Delivered"
    effects = read_journal(sandbox.journal)
    assert [(effect.platform, effect.key) for effect in effects] == [("smsgate", "khoa-1")] * 2


def test_a_phone_in_the_own_network_has_the_same_paths_at_its_root(sandbox: Sandbox) -> None:
    body = json.dumps({"message": "Ha Noi", "phoneNumbers": [number(1)]}).encode()
    assert ask(f"{sandbox.url}/smsgate/message", body, Authorization=basic("sms"))[0] == 202


def test_a_phone_reports_each_event_to_its_address_and_signs_body_and_time(
    sandbox: Sandbox, clock: SimulatedClock, door: Door
) -> None:
    gate = Phone(sandbox)
    assert gate.register("sms:delivered", f"{door.url}/delivered") == 201
    assert gate.register("sms:failed", f"{door.url}/failed") == 201
    assert gate.register("sms:lost", door.url) == 400
    assert {hook["event"] for hook in gate.get("webhooks")[1]} == {"sms:delivered", "sms:failed"}
    gate.send(number(3), id="khoa-3", deviceId="may-1")
    later(sandbox, clock, minutes=20)
    path, headers, body = door.told[-1]
    said = json.loads(body)
    assert path == "/sms/bi-mat/delivered"
    assert (said["event"], said["deviceId"], said["payload"]["messageId"]) == ("sms:delivered", "may-1", "khoa-3")
    assert said["payload"]["recipient"] == number(3)
    signed = hmac.new(TOKEN.encode(), body + headers["x-timestamp"].encode(), hashlib.sha256).hexdigest()
    assert headers["x-signature"] == signed


def test_a_phone_repeats_a_report_that_was_not_taken(sandbox: Sandbox, clock: SimulatedClock, door: Door) -> None:
    gate = Phone(sandbox)
    sandbox.rules = replace(CALM, webhooks={"smsgate": door.url})
    door.status = 500
    gate.send(number(4))
    later(sandbox, clock, minutes=15)
    refused = len(door.told)
    door.status = 200
    later(sandbox, clock, hours=1)
    assert len(door.told) > refused >= 2
    assert door.json(-1)["event"] == "sms:delivered"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"phoneNumbers": []}, 400),
        ({"phoneNumbers": ["12"]}, 400),
        ({"textMessage": {"text": ""}}, 400),
        ({"id": "x" * 37}, 400),
    ],
)
def test_a_phone_refuses_what_is_no_message(sandbox: Sandbox, body: dict[str, Any], status: int) -> None:
    whole = {"textMessage": {"text": "a"}, "phoneNumbers": [number(1)], **body}
    url = f"{sandbox.url}/smsgate/3rdparty/v1/messages"
    assert ask(url, json.dumps(whole).encode(), Authorization=basic("sms"))[0] == status
    assert read_journal(sandbox.journal) == ()


def test_a_full_queue_and_a_stranger_are_told_by_the_phone_in_its_own_words(sandbox: Sandbox) -> None:
    gate = Phone(sandbox)
    sandbox.rules = replace(CALM, requests={"smsgate": (1, 60)})
    assert gate.send(number(1))[0] == 202
    status, said, _ = gate.send(number(2))
    assert (status, said["error"]) == (503, "QueueLimitExceeded")
    assert gate.send(number(1), password="real")[0] == 401
    assert gate.get("messages/nowhere")[0] == 404


def twilio(sandbox: Sandbox, *, sid: str = SID, token: str = TOKEN, **given: str) -> tuple[int, Any, Any]:
    form = urlencode({"To": number(1), "From": "UBNDKimLien", "Body": "Hà Nội", **given}).encode()
    url = f"{sandbox.url}/twilio/2010-04-01/Accounts/{SID}/Messages.json"
    return ask(url, form, "application/x-www-form-urlencoded", Authorization=basic(sid, token))


def test_twilio_creates_a_message_each_time_that_it_is_asked(sandbox: Sandbox, clock: SimulatedClock) -> None:
    status, first, _ = twilio(sandbox, Body="đ" * 71)
    assert (status, first["status"], first["num_segments"], first["to"]) == (201, "queued", "2", number(1))
    assert len(first["sid"]) == 34
    assert first["sid"].startswith("SM")
    assert twilio(sandbox, Body="đ" * 71)[1]["sid"] != first["sid"], "no key: twice is twice"
    clock.advance(timedelta(minutes=20))
    base = f"{sandbox.url}/twilio/2010-04-01/Accounts/{SID}"
    said = ask(f"{base}/Messages/{first['sid']}.json", Authorization=basic(SID))[1]
    assert (said["status"], said["error_code"]) == ("delivered", None)
    assert ask(f"{base}/Balance.json", Authorization=basic(SID))[1]["currency"] == "USD"
    assert ask(f"{base}.json", Authorization=basic(SID))[1]["status"] == "active"
    assert ask(f"{base}/Messages/SMnothing.json", Authorization=basic(SID))[1]["code"] == 20404


def test_twilio_signs_its_callbacks_over_address_and_values(
    sandbox: Sandbox, clock: SimulatedClock, door: Door
) -> None:
    url = f"{door.url}?ref=a%2Fb"
    sid = twilio(sandbox, StatusCallback=url)[1]["sid"]
    later(sandbox, clock, minutes=20)
    assert [door.form(place)["MessageStatus"] for place in range(len(door.told))] == ["sent", "delivered"]
    values = door.form(-1)
    assert (values["MessageSid"], values["AccountSid"], values["To"]) == (sid, SID, number(1))
    words = url + "".join(name + values[name] for name in sorted(values))
    signed = b64encode(hmac.digest(TOKEN.encode(), words.encode(), "sha1")).decode()
    assert door.told[-1][1]["x-twilio-signature"] == signed


def test_twilio_tells_a_failure_by_its_number(sandbox: Sandbox, clock: SimulatedClock, door: Door) -> None:
    sandbox.rules = replace(CALM, magic=True)
    twilio(sandbox, To=magic("0000"), StatusCallback=door.url)
    twilio(sandbox, To=magic("0002"), StatusCallback=door.url)
    later(sandbox, clock, minutes=20)
    told = {door.form(place)["To"]: door.form(place) for place in range(len(door.told))}
    assert (told[magic("0000")]["MessageStatus"], told[magic("0000")]["ErrorCode"]) == ("undelivered", "30003")
    assert told[magic("0002")]["ErrorCode"] == "30004"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"To": ""}, 21604),
        ({"To": "0912"}, 21211),
        ({"To": "+842838291234"}, 21614),
        ({"From": ""}, 21603),
        ({"From": "Tên quá dài cho một nhãn"}, 21212),
        ({"Body": ""}, 21602),
        ({"Body": "a" * 1601}, 21617),
    ],
)
def test_twilio_refuses_with_a_number_of_its_own(sandbox: Sandbox, given: dict[str, str], code: int) -> None:
    status, said, _ = twilio(sandbox, **given)
    assert (status, said["code"], said["status"]) == (400, code, 400)


def test_twilio_knows_its_customers_and_their_pace(sandbox: Sandbox) -> None:
    assert twilio(sandbox, token="real")[1]["code"] == 20003
    assert twilio(sandbox, sid="AC0")[0] == 401
    sandbox.rules = replace(CALM, requests={"twilio": (1, 60)})
    assert twilio(sandbox)[0] == 201
    assert twilio(sandbox)[1]["code"] == 20429
    sandbox.rules = replace(CALM, balance=0)
    assert twilio(sandbox)[0] == 403


def infobip(sandbox: Sandbox, *messages: Any, key: str = TOKEN, **more: Any) -> tuple[int, Any, Any]:
    body = json.dumps({"messages": list(messages), **more}).encode()
    return ask(f"{sandbox.url}/infobip/sms/3/messages", body, Authorization=f"App {key}")


def bulletin(*numbers: str, url: str = "", text: str = "Hà Nội") -> dict[str, Any]:
    places = [{"to": each.removeprefix("+"), "messageId": f"ma-{each[-2:]}"} for each in numbers]
    hook = {"webhooks": {"delivery": {"url": url}, "callbackData": "khoa-1"}} if url else {}
    return {"sender": "UBNDKimLien", "destinations": places, "content": {"text": text}, **hook}


def test_infobip_answers_for_each_number_of_each_message(sandbox: Sandbox) -> None:
    status, said, _ = infobip(
        sandbox,
        bulletin(number(1), "+8412"),
        bulletin(number(2), text="đ" * 71),
        options={"schedule": {"bulkId": "b1"}},
    )
    assert (status, said["bulkId"]) == (200, "b1")
    assert [row["status"]["name"] for row in said["messages"]] == [
        "PENDING_ACCEPTED",
        "REJECTED_DESTINATION",
        "PENDING_ACCEPTED",
    ]
    assert [row["messageId"] for row in said["messages"]] == ["ma-01", "ma-12", "ma-02"]
    assert said["messages"][2]["details"] == {"messageCount": 2}
    assert len(read_journal(sandbox.journal)) == 2


def test_infobip_reports_in_a_list_with_what_the_caller_gave_it(
    sandbox: Sandbox, clock: SimulatedClock, door: Door
) -> None:
    infobip(sandbox, bulletin(number(1), url=door.url))
    later(sandbox, clock, minutes=20)
    report = door.json(-1)["results"][0]
    assert (report["messageId"], report["to"], report["callbackData"]) == ("ma-01", number(1)[1:], "khoa-1")
    assert (report["status"]["groupName"], report["status"]["name"]) == ("DELIVERED", "DELIVERED_TO_HANDSET")
    assert report["error"]["name"] == "NO_ERROR"
    logs = ask(f"{sandbox.url}/infobip/sms/3/logs?messageId=ma-01", Authorization=f"App {TOKEN}")[1]["results"]
    assert [row["status"]["name"] for row in logs] == ["DELIVERED_TO_HANDSET"]


def test_infobip_tells_no_money_among_its_answers(sandbox: Sandbox) -> None:
    sandbox.rules = replace(CALM, balance=250)
    _, said, _ = infobip(sandbox, bulletin(number(1)), bulletin(number(2)))
    assert [row["status"]["id"] for row in said["messages"]] == [26, 12]
    assert ask(f"{sandbox.url}/infobip/account/1/balance", Authorization=f"App {TOKEN}")[0] == 200


def test_infobip_refuses_strangers_haste_and_what_is_no_message(sandbox: Sandbox) -> None:
    assert infobip(sandbox, bulletin(number(1)), key="real")[1]["errorCode"] == "E401"
    for broken in ({}, {"content": {"text": "a"}}, {"destinations": [{"to": 1}], "content": {"text": "a"}}):
        assert infobip(sandbox, broken)[0] == 400
    sandbox.rules = replace(CALM, requests={"infobip": (1, 60)})
    assert infobip(sandbox, bulletin(number(1)))[0] == 200
    assert infobip(sandbox, bulletin(number(2)))[1]["errorCode"] == "E429"


def answer_back(sandbox: Sandbox, text: str) -> None:
    found = ask(f"{sandbox.url}/_loa/sms/handsets")[1]
    body = json.dumps({"handset": found[0]["id"], "text": text}).encode()
    assert ask(f"{sandbox.url}/_loa/sms/inbound", body)[0] == 200


def test_a_citizen_who_answers_is_heard_in_the_words_of_each_gateway(
    sandbox: Sandbox, clock: SimulatedClock, door: Door
) -> None:
    sandbox.rules = replace(CALM, webhooks={"smsgate": door.url, "infobip": door.url, "twilio": door.url})
    Phone(sandbox).send(number(1))
    later(sandbox, clock, minutes=20)
    answer_back(sandbox, "TC")
    payload = door.json(-1)["payload"]
    assert (door.json(-1)["event"], payload["sender"], payload["message"]) == ("sms:received", number(1), "TC")
    infobip(sandbox, bulletin(number(1)))
    answer_back(sandbox, "DK DNC S")
    text = door.json(-1)["results"][0]
    assert (text["from"], text["text"], text["keyword"]) == (number(1)[1:], "DK DNC S", "DK")
    twilio(sandbox, From="+14155550100")
    answer_back(sandbox, "HUY")
    assert (door.form(-1)["From"], door.form(-1)["Body"]) == (number(1), "HUY")
    heard = len(door.told)
    twilio(sandbox)
    answer_back(sandbox, "HUY")
    assert len(door.told) == heard, "nobody can answer a name"


@pytest.mark.parametrize("face", ["smsgate", "twilio", "infobip"])
@pytest.mark.parametrize(
    ("kind", "status"), [("429", {"smsgate": 503}), ("token_expired", {}), ("error500_before", {})]
)
def test_faults_of_a_scenario_speak_in_the_words_of_the_gateway(
    sandbox: Sandbox, face: str, kind: str, status: dict[str, int]
) -> None:
    sandbox.play([Fault(face, kind)])  # type: ignore[arg-type]  # kinds of faults by name
    send = {
        "smsgate": lambda: Phone(sandbox).send(number(1)),
        "twilio": lambda: twilio(sandbox),
        "infobip": lambda: infobip(sandbox, bulletin(number(1))),
    }[face]
    usual = {"429": 429, "token_expired": 401, "error500_before": 500}[kind]
    assert send()[0] == status.get(face, usual)
    assert read_journal(sandbox.journal) == ()


def test_magic_numbers_hold_on_these_faces_too(sandbox: Sandbox) -> None:
    sandbox.rules = replace(LIFELIKE, disorder=0.0)
    for send in (
        lambda to: Phone(sandbox).send(to, id=to[-4:]),
        lambda to: twilio(sandbox, To=to),
        lambda to: infobip(sandbox, bulletin(to)),
    ):
        assert send(magic("0007"))[0] == 500
        assert send(magic("0007"))[0] in {200, 201, 202}
        with pytest.raises(OSError):  # noqa: PT011 - the connection breaks, in whatever words the machine has
            send(magic("0006"))
