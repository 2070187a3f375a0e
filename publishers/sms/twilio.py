"""Twilio, API 2010-04-01: one number a call, and no key.

A call whose answer is lost is decided by its report, or by a person. Twilio's list of messages could be searched by
number and day; the number would stand in an address then. In Vietnam the sender name must be registered with Twilio,
and people cannot answer it.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from loa.delivery import (
    AuthNeeded,
    Batch,
    BatchAnswer,
    Done,
    Ending,
    Fate,
    Finding,
    Inbound,
    Receipt,
    ReceiptNews,
    Told,
    WebhookCall,
)
from loa.errors import LoaError
from publishers.http import Answer
from publishers.sms.cards_more import TWILIO
from publishers.sms.horn import Call, SmsHorn, Table
from publishers.sms.reading import e164, kept

OK, UNAUTHORIZED = 200, 401
TAKEN = frozenset({OK, 201})
REFUSALS = range(400, 500)
NOES: Table = {
    "20003": ("account", "E605"),
    "20005": ("account", "E608"),
    "21211": ("row", "E618"),
    "21217": ("row", "E618"),
    "21401": ("row", "E618"),
    "21407": ("row", "E618"),
    "21610": ("row", "E751"),
    "21611": ("later", "E604"),
    "21612": ("row", "E619"),
    "21614": ("row", "E618"),
    "21617": ("content", "E613"),
    "21635": ("row", "E618"),
    "63038": ("account", "E610"),
}
"""Twilio's code of a refused call → for whom it is a no. Any other stops the account until a person has looked."""
FATES = {
    "sent": Fate.ACCEPTED,
    "delivered": Fate.DELIVERED,
    "read": Fate.DELIVERED,
    "undelivered": Fate.FAILED,
    "failed": Fate.FAILED,
    "canceled": Fate.FAILED,
}
ON_THE_WAY = frozenset({"accepted", "scheduled", "queued", "sending", "partially_delivered"})
RECEIVED = frozenset({"receiving", "received"})
REASONS = {
    "21610": "E751",
    "30003": "E749",
    "30004": "E751",
    "30005": "E618",
    "30006": "E618",
    "30007": "E752",
    "30036": "E749",
}
"""Twilio's code of a message that did not arrive → ours; any other is E748."""
KEY = "key"


class Sender(SmsHorn):
    """One registered sender name or number."""

    card = TWILIO
    host = "twilio_host"

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:  # noqa: ARG002 - the signature of the contract
        answer = self._question(Call("GET", f"{self._messages}/{receipt.platform_id}.json", {"auth": self._login()}))
        found = (answer.json() or {}) if answer.status == OK else {}
        if found.get("sid") != receipt.platform_id:
            raise LoaError("E634", detail=f"HTTP {answer.status}")
        return _news(key, receipt.platform_id, str(found.get("status")), str(found.get("error_code") or ""))

    def read_webhook(self, call: WebhookCall) -> Told:
        given = self._signed_form(call)
        status = given.get("MessageStatus") or given.get("SmsStatus", "")
        sid = given.get("MessageSid") or given.get("SmsSid", "")
        if not sid or status not in FATES.keys() | ON_THE_WAY | RECEIVED:
            raise LoaError("E742", account=self._account.id)
        if status in RECEIVED:
            return _inbound(sid, given)
        return _news(kept(call.query.get(KEY, "")), sid, status, given.get("ErrorCode", ""))

    def _standing_call(self) -> Call:
        return Call("GET", f"{self._messages.removesuffix('/Messages')}.json", {"auth": self._login()})

    def _standing(self, answer: Answer) -> Finding | None:
        status = (answer.json() or {}).get("status") if answer.status == OK else None
        if answer.status == UNAUTHORIZED:
            return Finding("stop", "E605", f"HTTP {UNAUTHORIZED}")
        if not isinstance(status, str):
            return None
        told = self._told(status)
        return Finding("ok", "E690", told) if status == "active" else Finding("stop", "E608", told[:20])

    @property
    def _messages(self) -> str:
        return f"{self._address}/2010-04-01/Accounts/{self._account.settings['account_sid']}/Messages"

    def _login(self) -> tuple[str, str]:
        return self._account.settings["account_sid"], self._account.secrets["auth_token"]

    def _call_for(self, batch: Batch) -> Call:
        [number] = batch.numbers
        form = {"To": number, "From": self._account.settings["brandname"], "Body": batch.text}
        if self._webhook_url:
            form["StatusCallback"] = f"{self._webhook_url}?{urlencode({KEY: batch.key})}"
        return Call("POST", f"{self._messages}.json", {"data": form, "auth": self._login()})

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        return BatchAnswer(self._ending(answer, batch.key))

    def _ending(self, answer: Answer, key: str) -> Ending:
        found = answer.json() or {}
        sid, code = found.get("sid"), found.get("code")
        if answer.status in TAKEN and isinstance(sid, str) and sid:
            return Done(Receipt(sid))
        if answer.status not in REFUSALS or type(code) is not int:
            return self._doubt(answer, key)
        words = kept(found.get("message") or "")
        if str(code) not in NOES:
            return AuthNeeded("E606", self._told(f"{code}: {words}"))
        return self._no(NOES, str(code), words, key)

    def _signed_form(self, call: WebhookCall) -> Mapping[str, str]:
        """Form fields of a call that Twilio signed: the address as we gave it, then the fields by name."""
        try:
            fields = parse_qsl(call.body.decode(), keep_blank_values=True)
        except ValueError:
            raise LoaError("E742", account=self._account.id) from None
        given = call.headers.get("x-twilio-signature", "").encode(errors="replace")
        spelled = "".join(name + value for name, value in sorted(set(fields)))
        if not any(hmac.compare_digest(self._signature(each + spelled), given) for each in self._addresses(call)):
            raise LoaError("E741", account=self._account.id)
        return {name: kept(value) for name, value in fields}

    def _signature(self, signed: str) -> bytes:
        secret = self._account.secrets["auth_token"].encode()
        return b64encode(hmac.new(secret, signed.encode(errors="replace"), hashlib.sha1).digest())

    def _addresses(self, call: WebhookCall) -> Iterable[str]:
        """Twilio signs with the port or without it, as it happens."""
        tail = f"/{call.tail}" if call.tail else ""
        query = f"?{urlencode(dict(call.query), errors='replace')}" if call.query else ""
        parts = urlsplit(self._webhook_url + tail + query)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        hosts = dict.fromkeys((parts.netloc, parts.hostname or "", f"{parts.hostname}:{port}"))
        return [parts._replace(netloc=host).geturl() for host in hosts]


def _news(key: str, sid: str, status: str, error: str) -> Told:
    fate = FATES.get(status)
    if fate is None:
        return Told()
    if fate is not Fate.FAILED:
        return Told(receipts=(ReceiptNews(fate, key, sid),))
    number = error if error.isascii() and error.isdecimal() else ""
    news = ReceiptNews(fate, key, sid, code=REASONS.get(number, "E748"), detail=f"{status} {number[:8]}".strip())
    return Told(receipts=(news,))


def _inbound(sid: str, given: Mapping[str, Any]) -> Told:
    number = e164(given.get("From", ""))
    return Told(inbound=(Inbound(number, given.get("Body", ""), sid),)) if number else Told()


HORN = Sender
