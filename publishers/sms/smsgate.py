"""sms-gate.app: a phone of the office with the app SMS Gateway for Android, through its cloud or a server of one's own.

``id`` is the key of a call, and a second one with it is answered 409. The server keeps ids apart by phone, so the
account names its phone (``device_id``); otherwise a repeated call could leave from another one. The app's local mode
is plain http in the office's network, where the password would travel in the clear: only https is spoken here.

Read in the sources of server, app and documents in 2026: 100 numbers a call, ids of 36 signs, signatures over body and
time, made anew at each attempt. Not told there: how long the public server keeps a message.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.delivery import (
    Absent,
    Batch,
    BatchAnswer,
    CannotTell,
    Done,
    Fate,
    Finding,
    Found,
    Inbound,
    LookUp,
    Receipt,
    ReceiptNews,
    Told,
    WebhookCall,
)
from loa.errors import LoaError
from publishers.common import later
from publishers.http import Answer
from publishers.shapes import object_in, objects_in, read_object, whole_number
from publishers.sms.cards_more import SMSGATE
from publishers.sms.horn import Call, SmsHorn, Table
from publishers.sms.reading import e164, kept, object_of

LONGEST_ID = 36
OK, CONFLICT, NOT_FOUND, UNAVAILABLE = 200, 409, 404, 503
TAKEN = frozenset({OK, 201, 202})
NOES: Table = {"400": ("account", "E606"), "401": ("account", "E605"), "403": ("account", "E606")}
"""The numbers are not judged (``skipPhoneValidation``), so that 400 speaks of the phone or of the whole account."""
QUEUE_FULL = "queue limits exceeded"
A_QUEUE = timedelta(minutes=10)
"""How long a phone is left alone whose queue is full, where its server does not say."""
FATES = {"Sent": Fate.ACCEPTED, "Delivered": Fate.DELIVERED, "Failed": Fate.FAILED, "Cancelled": Fate.FAILED}
EVENTS = {
    "sms:sent": Fate.ACCEPTED,
    "sms:delivered": Fate.DELIVERED,
    "sms:failed": Fate.FAILED,
    "sms:cancelled": Fate.FAILED,
}
RECEIVED = "sms:received"
OF_THE_PHONE = ("RESULT_", "Can't send")
"""How reasons begin that are the phone's own: no SIM, no signal, a limit of Android."""
OLDEST, AHEAD = timedelta(days=3), timedelta(minutes=15)
"""A report may wait at our door, and clocks of phones are off; older ones are played again by somebody."""


class Phone(SmsHorn):
    """One phone with its SIM."""

    card = SMSGATE
    host = "smsgate_host"

    def preflight(self) -> list[Finding]:
        """Whether the login is good and the phone belongs to it."""
        own = self._account.settings["device_id"]
        try:
            answer = self._question(Call("GET", f"{self._address}/devices", {"auth": self._login()}))
        except LoaError as error:
            return [Finding("stop", "E601", str(error.params.get("detail", "")))]
        if str(answer.status) in NOES:
            return [Finding("stop", NOES[str(answer.status)][1], f"HTTP {answer.status}")]
        found = read_object(b'{"devices":%b}' % answer.body) if answer.status == OK else None
        if found is None:
            return [Finding("ok", "E691", own)]
        known = any(each.get("id") == own for each in objects_in(found, "devices"))
        return [Finding("ok", "E690", own) if known else Finding("stop", "E606", f"device_id: {own}")]

    def look_up_batch(self, batch: Batch, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        try:
            answer, found = self._state(message_id(batch.key))
        except LoaError:
            return CannotTell("E631")
        if found.get("id") == message_id(batch.key):
            return Found(Receipt(message_id(batch.key)))
        if answer.status == NOT_FOUND and self._clock.now() - sent_at < self.card.key_life:
            return Absent()
        return CannotTell("E631", final=answer.status == NOT_FOUND)

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:
        answer, found = self._state(receipt.platform_id)
        if answer.status == NOT_FOUND:
            return Told()
        if found.get("id") != receipt.platform_id:
            raise LoaError("E634", detail=f"HTTP {answer.status}")
        # The server forgets numbers some time after the end and then shows the beginning of their fingerprint.
        known = {name: number for number in numbers for name in (number, _fingerprint(number))}
        news = [
            self._news(receipt.platform_id, key, known[str(each["phoneNumber"])], FATES[str(each["state"])], each)
            for each in objects_in(found, "recipients")
            if str(each.get("phoneNumber")) in known and str(each.get("state")) in FATES
        ]
        return Told(receipts=tuple(news))

    def read_webhook(self, call: WebhookCall) -> Told:
        self._check_signed(call)
        found = object_of(call)
        event, payload = found.get("event"), object_in(found, "payload")
        if not isinstance(event, str):
            raise LoaError("E742", account=self._account.id)
        if event == RECEIVED:
            return _inbound(payload)
        if event not in EVENTS:  # of the phone itself, or of pictures
            return Told()
        sent_id = payload.get("messageId")
        if not isinstance(sent_id, str) or not sent_id:
            raise LoaError("E742", account=self._account.id)
        number = e164(payload.get("recipient") or payload.get("phoneNumber"))
        return Told(receipts=(self._news(sent_id, sent_id, number, EVENTS[event], payload),))

    def _call_for(self, batch: Batch) -> Call:
        body = {
            "id": message_id(batch.key),
            "deviceId": self._account.settings["device_id"],
            "textMessage": {"text": batch.text},
            "phoneNumbers": list(batch.numbers),
            "withDeliveryReport": True,
        }
        # Its tables of numbers lag behind ours; and one number that they lack would refuse the whole call.
        parts = {"json": body, "params": {"skipPhoneValidation": "true"}, "auth": self._login()}
        return Call("POST", f"{self._address}/messages", parts)

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        found, own = answer.json() or {}, message_id(batch.key)
        words = found.get("message")
        if answer.status in TAKEN and found.get("id") == own:
            return BatchAnswer(Done(Receipt(own)))
        if answer.status == CONFLICT and isinstance(words, str):  # also said of a number given twice: none is
            return BatchAnswer(Done(Receipt(own, details={"repeated": "yes"})))
        if answer.status == UNAVAILABLE and QUEUE_FULL in str(words):
            wait = self._named_wait(answer) or A_QUEUE
            return BatchAnswer(later(self._clock, wait, "E753", self._told(words), pause=True))
        if str(answer.status) in NOES and isinstance(words, str):
            return BatchAnswer(self._no(NOES, str(answer.status), words, batch.key))
        return BatchAnswer(self._doubt(answer, batch.key))

    def _login(self) -> tuple[str, str]:
        return self._account.settings["username"], self._account.secrets["password"]

    def _state(self, sent_id: str) -> tuple[Answer, dict[str, Any]]:
        answer = self._question(Call("GET", f"{self._address}/messages/{sent_id}", {"auth": self._login()}))
        return answer, (answer.json() or {}) if answer.status == OK else {}

    def _news(self, sent_id: str, key: str, number: str, fate: Fate, told: Mapping[str, Any]) -> ReceiptNews:
        """Of a long message one part is enough for "delivered"; the app does not tell more."""
        reason = self._told(kept(told.get("error") or told.get("reason") or "")) if fate is Fate.FAILED else ""
        code = "E750" if reason.startswith(OF_THE_PHONE) else "E748"
        return ReceiptNews(fate, key, sent_id, number, code=code if fate is Fate.FAILED else "", detail=reason)

    def _check_signed(self, call: WebhookCall) -> None:
        stamp, given = (call.headers.get(name, "") for name in ("x-timestamp", "x-signature"))
        secret = self._account.secrets["signing_key"].encode()
        right = hmac.new(secret, call.body + stamp.encode(errors="replace"), hashlib.sha256).hexdigest()
        signed = hmac.compare_digest(right.encode(), given.strip().lower().encode(errors="replace"))
        moment = whole_number(stamp)
        if not signed or moment is None or not self._fresh(moment):
            raise LoaError("E741", account=self._account.id)

    def _fresh(self, moment: int) -> bool:
        age = self._clock.now().timestamp() - moment
        return -AHEAD.total_seconds() <= age <= OLDEST.total_seconds()


def message_id(key: str) -> str:
    """The key itself, or its fingerprint where it is longer than the server takes: still one key, one sending."""
    if len(key) <= LONGEST_ID and key.isascii():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _fingerprint(number: str) -> str:
    return hashlib.sha256(number.encode()).hexdigest()[:16]


def _inbound(payload: Mapping[str, Any]) -> Told:
    """The app makes ``messageId`` of the words: the same words come again under the same one, at another moment."""
    number = e164(payload.get("sender") or payload.get("phoneNumber"))
    if not number:  # a service's name, a short number: nobody who could have opted out
        return Told()
    once = hashlib.sha256(f"{payload.get('messageId')} {payload.get('receivedAt')}".encode(errors="replace"))
    return Told(inbound=(Inbound(number, kept(payload.get("message") or ""), once.hexdigest()[:32]),))


HORN = Phone
