"""Accounts of the six SMS gateways, horns on a scripted wire, and how each gateway writes what it tells."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter

from loa.clock import SimulatedClock
from loa.delivery import Account, Batch, Equipment, WebhookCall
from publishers import REGISTRY, sms
from publishers.http import new_session
from support.planted import PLANTED, phone

NOW = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
DOOR = "https://loa.nghean.example/sms/sms-kim-lien/cua-rieng-cua-tai-khoan"
SECRET = PLANTED["sms-api-key"]
PHONE_SECRET = "sandbox-may-kim-lien"
"""Not planted: a phone has no sender's name, so that a sandbox names the account by it in its journal."""
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "esms": {"brandname": "UBNDKimLien"},
    "speedsms": {"brandname": "UBNDKimLien"},
    "kannel": {"brandname": "UBNDKimLien", "username": "kimlien"},
    "smsgate": {"device_id": "may-truc-ubnd", "username": "KIMLIEN"},
    "twilio": {"brandname": "UBNDKimLien", "account_sid": f"AC{'5' * 32}"},
    "infobip": {"brandname": "UBNDKimLien"},
}
NUMBERS = tuple(f"+84{phone(number)[1:]}" for number in range(10, 40))
TEXT = "Mời bà con nhận kết quả hồ sơ tại bộ phận một cửa."


def account_of(gateway: str, url: str = "http://127.0.0.1:9") -> Account:
    """An account of Kim Liên's; all its secrets have one value, as in a rehearsal."""
    card = sms.GATEWAYS[gateway]
    return Account(
        "sms-kim-lien",
        "sms",
        "Xã Kim Liên",
        {"gateway": gateway, **SETTINGS[gateway]},
        {f"{gateway}_host": url},
        dict.fromkeys(card.account_secrets, PHONE_SECRET if gateway == "smsgate" else SECRET),
    )


@dataclass
class Wire(BaseAdapter):
    """Answers each call with the next of its answers (the last one again and again), and keeps what was asked."""

    answers: list[tuple[int, Any, Mapping[str, str]]]
    asked: list[requests.PreparedRequest] = field(default_factory=list)
    marked: bool = True
    """Whether the answers say that they come from an imitation."""

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
        self.asked.append(request)
        status, body, headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = status, request.url, request
        answer.headers.update({**({"x-sms-stub": "1"} if self.marked else {}), **headers})
        answer.raw = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        return answer

    def close(self) -> None:
        """Nothing is open."""

    def body(self, number: int = -1) -> Any:
        """The JSON of a call."""
        return json.loads(self.asked[number].body or b"null")


def horn(gateway: str, *answers: Any, clock: SimulatedClock | None = None) -> tuple[Any, Wire]:
    """A horn whose gateway answers so: (status, body) or (status, body, headers)."""
    wire = Wire([(each[0], each[1], each[2] if len(each) > 2 else {}) for each in answers] or [(500, b"", {})])
    session = new_session()
    session.mount("http://", wire)
    equipment = Equipment(webhook_url=DOOR)
    build = REGISTRY["sms"].build
    return build(account_of(gateway), clock or SimulatedClock(NOW), session=session, equipment=equipment), wire


def batch(size: int = 3, **changes: Any) -> Batch:
    """A call to some planted numbers."""
    return Batch(**{"key": "5f0c" * 8, "text": TEXT, "numbers": NUMBERS[:size], **changes})


def from_phone(found: Mapping[str, Any] | bytes, *, secret: str = PHONE_SECRET, at: datetime = NOW) -> WebhookCall:
    """A report as the app on a phone signs it."""
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    stamp = str(int(at.timestamp()))
    signature = hmac.new(secret.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    return WebhookCall("POST", {}, {"x-timestamp": stamp, "x-signature": signature}, body)


def from_twilio(
    form: Mapping[str, str], query: Mapping[str, str] | None = None, *, secret: str = SECRET, url: str = DOOR
) -> WebhookCall:
    """A report as Twilio signs it: the address with its query, then the fields in the order of their names."""
    query = query or {}
    address = f"{url}?{urlencode(query)}" if query else url
    signed = address + "".join(name + form[name] for name in sorted(form))
    signature = b64encode(hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    return WebhookCall("POST", query, {"x-twilio-signature": signature}, urlencode(form).encode())


def from_infobip(*results: Mapping[str, Any]) -> WebhookCall:
    """Reports, or messages of citizens, as Infobip puts them together."""
    return WebhookCall("POST", {}, {}, json.dumps({"results": results}).encode())
