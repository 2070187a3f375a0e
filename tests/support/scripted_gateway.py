"""An SMS horn whose network is a list of answers: what it says is seen, what it hears is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter

from loa.clock import SimulatedClock
from loa.delivery import Account, Batch, BulkPublisher, Equipment, WebhookCall
from publishers import REGISTRY
from publishers.http import new_session
from support.planted import phone

NOW = datetime(2026, 10, 10, 1, 0, tzinfo=UTC)
WEBHOOK = "https://loa.example.gov.vn/sms/sms-kim-lien/bi-mat-cua-duong-dan"
SECRET = "gia-tri-bi-mat-khong-duoc-lo"


def number(place: int) -> str:
    """A planted number, E.164."""
    return f"+84{phone(place)[1:]}"


@dataclass
class Gateway(BaseAdapter):
    """Answers each call with the next of ``answers``: (status, body, headers), or an error to raise."""

    answers: list[Any]
    asked: list[requests.PreparedRequest] = field(default_factory=list)

    def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:  # type: ignore[override]  # what is asked of it
        self.asked.append(request)
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        status, body, headers = given
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = status, request.url, request
        answer.headers.update(headers)
        answer.raw = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        return answer

    def close(self) -> None:
        pass

    def body(self, place: int = 0) -> Any:
        """The JSON that a call carried."""
        return json.loads(self.asked[place].body or b"")


@dataclass
class SmsDesk:
    """A horn of one gateway, its clock and its network."""

    horn: BulkPublisher
    gateway: Gateway
    clock: SimulatedClock


def sms_desk(
    name: str,
    *answers: Any,
    host: str = "https://tong-dai.example.vn",
    secret: str = SECRET,
    webhook: str = WEBHOOK,
    **settings: str,
) -> SmsDesk:
    """A horn of the gateway ``name`` that will hear ``answers``."""
    card = REGISTRY["sms"].card.variants[name]
    own = {"gateway": name, **dict.fromkeys(card.account_settings, "thu"), "brandname": "UBNDKimLien", **settings}
    secrets = dict.fromkeys(card.account_secrets, secret)
    account = Account("sms-kim-lien", "sms", "Xã Kim Liên", own, {f"{name}_host": host}, secrets)
    session, gateway, clock = new_session(), Gateway(list(answers)), SimulatedClock(NOW)
    for start in ("https://", "http://"):
        session.mount(start, gateway)
    horn = REGISTRY["sms"].build(account, clock, session=session, equipment=Equipment(webhook_url=webhook))
    return SmsDesk(horn, gateway, clock)  # type: ignore[arg-type]  # the card says that it takes calls


def said(body: Any, status: int = 200, **headers: str) -> tuple[int, Any, Mapping[str, str]]:
    """An answer; ``_`` in a header's name stands for ``-``."""
    return status, body, {name.replace("_", "-"): value for name, value in headers.items()}


def batch(*places: int, text: str = "Mời bà con đi tiêm chủng.", **options: str) -> Batch:
    """A call to planted numbers."""
    return Batch("khoa-1", text, tuple(number(place) for place in places or (1,)), options)


def reported(body: Any = None, **query: str) -> WebhookCall:
    """A call to our door: a query, or a JSON body."""
    if body is None:
        return WebhookCall("GET", query, {}, b"")
    return WebhookCall("POST", query, {"content-type": "application/json"}, json.dumps(body).encode())
