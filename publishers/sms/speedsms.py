"""SpeedSMS.vn: lists of numbers in one call, and no memory of a sender's key: a lost answer is never sent again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loa.delivery import (
    Batch,
    BatchAnswer,
    Done,
    Ending,
    Fate,
    Finding,
    Inbound,
    Receipt,
    ReceiptNews,
    Refused,
    Told,
    WebhookCall,
)
from loa.errors import LoaError
from publishers.http import Answer
from publishers.shapes import object_in, objects_in, whole_number
from publishers.sms.cards import SPEEDSMS
from publishers.sms.horn import Call, SmsHorn, Table
from publishers.sms.reading import bare, e164, kept, object_of

SEND, STATUS, USER = "/index.php/sms/send", "/index.php/sms/status/", "/index.php/user/info"
BRANDNAME_TYPE = 3
TAKEN = "00"
BAD_NUMBERS = "105"
NOES: Table = {
    "007": ("account", "E606"),
    "008": ("account", "E608"),
    "009": ("account", "E606"),
    "101": ("content", "E607"),
    BAD_NUMBERS: ("row", "E618"),
    "110": ("content", "E746"),
    "113": ("content", "E613"),
    "300": ("account", "E610"),
}
"""Code → for whom it is a no, and the code of our sentence. 500 ("try again") does not say that nothing was sent."""
OK, STRANGER = 200, (401, 403)
FAILED_FROM = 64
CITIZENS = ("sms", "incoming")
"""How a citizen's text is named; programs of third parties know both, the gateway's page leaves it open."""


class SpeedSms(SmsHorn):
    """One registered sender name."""

    card = SPEEDSMS
    host = "speedsms_host"

    def _call_for(self, batch: Batch) -> Call:
        body = {
            "to": [bare(number) for number in batch.numbers],
            "content": batch.text,
            "sms_type": BRANDNAME_TYPE,
            "sender": self._account.settings["brandname"],
        }
        return Call("POST", self._address + SEND, {"json": body, "auth": self._pass()})

    def _pass(self) -> tuple[str, str]:
        return self._account.secrets["access_token"], "x"

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        found = answer.json() or {}
        code = str(found.get("code", ""))
        bad = self._bad_numbers(batch, found)
        nothing_taken = found.get("status") == "error" and code == BAD_NUMBERS and not found.get("data")
        if nothing_taken and 0 < len(bad) < len(batch.numbers):
            return self._without(batch, bad)
        return BatchAnswer(self._ending(answer, found, code, batch.key), bad)

    def _without(self, batch: Batch, bad: Mapping[str, Refused]) -> BatchAnswer:
        """Nothing of the call was taken because of some numbers: the others go at once, without those."""
        rest = self.submit(replace(batch, numbers=tuple(each for each in batch.numbers if each not in bad)))
        return BatchAnswer(rest.ending, {**bad, **rest.refused})

    def _bad_numbers(self, batch: Batch, found: Mapping[str, Any]) -> dict[str, Refused]:
        """The numbers of the call that the gateway calls invalid, in whatever spelling it gives them back."""
        named = [*_list(found, "invalidPhone"), *_list(object_in(found, "data"), "invalidPhone")]
        bad = {e164(each) for each in named}
        return {number: Refused("E618", BAD_NUMBERS) for number in batch.numbers if number in bad}

    def _ending(self, answer: Answer, found: Mapping[str, Any], code: str, key: str) -> Ending:
        if answer.status in STRANGER:
            return self._no({code: ("account", "E605")}, code, f"HTTP {answer.status}", key)
        if answer.status != OK or not code:
            return self._doubt(answer, key)
        number = whole_number(str(object_in(found, "data").get("tranId", "")))
        if found.get("status") == "success" and code == TAKEN and number is not None:
            return Done(Receipt(str(number), details={"code": code}))
        if found.get("status") != "error" or found.get("data"):
            return self._doubt(answer, key)
        return self._no(NOES, code, str(found.get("message", "")), key)

    def _standing_call(self) -> Call:
        return Call("GET", self._address + USER, {"auth": self._pass()})

    def _standing(self, answer: Answer) -> Finding | None:
        if answer.status in STRANGER:
            return Finding("stop", "E605", f"HTTP {answer.status}")
        found = answer.json() or {}
        balance = found.get("balance", object_in(found, "data").get("balance"))
        return None if balance is None else Finding("ok", "E690", f"{self._left(balance)} đ")

    def ask(self, receipt: Receipt, key: str, numbers: tuple[str, ...]) -> Told:
        if whole_number(receipt.platform_id) is None:
            return Told()
        answer = self._question(Call("GET", self._address + STATUS + receipt.platform_id, {"auth": self._pass()}))
        found = answer.json()
        if answer.status != OK or found is None or found.get("status") != "success":
            raise LoaError("E634", detail=f"HTTP {answer.status}")
        told = [_news(each, receipt.platform_id, key) for each in objects_in(found, "data")]
        return Told(tuple(each for each in told if each.number in numbers))

    def read_webhook(self, call: WebhookCall) -> Told:
        """No signature: only the secret path speaks for the caller."""
        found = object_of(call)
        number = e164(found.get("phone"))
        if found.get("type") == "report" and whole_number(str(found.get("tranId"))) is not None and number:
            return Told(receipts=(_news(found, str(found["tranId"])),))
        if found.get("type") in CITIZENS and number and isinstance(found.get("content"), str):
            # no id is documented: where none is told, the call itself is the name
            name = str(found.get("tranId") or hashlib.sha256(call.body).hexdigest()[:32])
            return Told(inbound=(Inbound(number, kept(found["content"]), kept(name)),))
        raise LoaError("E742")


def _news(found: Mapping[str, Any], call_id: str, key: str = "") -> ReceiptNews:
    """0: delivered; 1 to 63: not yet; from 64: never."""
    status = whole_number(str(found.get("status")))
    fate, code = Fate.NOTHING, ""
    if status == 0:
        fate = Fate.DELIVERED
    elif status is not None:
        fate, code = (Fate.FAILED, "E748") if status >= FAILED_FROM else (Fate.BUFFERED, "")
    return ReceiptNews(fate, key, call_id, e164(found.get("phone")), code=code, detail=f"{status}" if code else "")


def _list(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []


HORN = SpeedSms
