"""eSMS.vn, API V4. ``RequestId`` is the key of a call: the gateway refuses a second one for 24 hours.

Its status pages take the API keys in the address (GET only), where logs would keep them: it is not asked for
receipts, they come by webhook.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from loa.delivery import Batch, BatchAnswer, Done, Ending, Fate, Finding, Receipt, ReceiptNews, Told, WebhookCall
from loa.errors import LoaError
from publishers.http import Answer
from publishers.shapes import whole_number
from publishers.sms.cards import ADVERTISING, ESMS
from publishers.sms.horn import Call, SmsHorn, Table, counted
from publishers.sms.reading import e164, form_of, local

CARE = "/MainService.svc/json/SendMultipleMessage_V4_post_json/"
BALANCE = "/MainService.svc/json/GetBalance_json"
ADS = "/MainService.svc/json/SendMultipleSMSBrandname_json/"
ADS_TYPE, CARE_TYPE = "1", "2"
LONGEST_KEY = 50
ACCEPTED = "100"
SAME_REQUEST = "124"
NOES: Table = {
    "99": ("row", "E618"),
    "108": ("row", "E618"),
    "101": ("account", "E605"),
    "103": ("account", "E610"),
    "102": ("account", "E606"),
    "104": ("account", "E606"),
    "118": ("account", "E606"),
    "140": ("account", "E606"),
    "300": ("account", "E606"),
    "301": ("account", "E606"),
    "107": ("row", "E659"),
    "120": ("row", "E659"),
    "146": ("content", "E607"),
    "177": ("row", "E619"),
    "199": ("doubt", "E602"),
}
"""CodeResult → for whom it is a no, and the code of our sentence. HTTP is 200 for all of them."""
OK = 200
REJECTED, SENT, HANDED_OVER = "4", "5", "7"


class Esms(SmsHorn):
    """One registered sender name."""

    card = ESMS
    host = "esms_host"

    def _call_for(self, batch: Batch) -> Call:
        body: dict[str, Any] = {
            **self._keys(),
            "Content": batch.text,
            "Brandname": self._account.settings["brandname"],
            "Sandbox": "0",
            "RequestId": request_id(batch.key),
        }
        if self._webhook_url:
            body["CallbackUrl"] = self._webhook_url
        if batch.options.get("class") == ADVERTISING:
            body |= {"SmsType": ADS_TYPE, "Phones": [local(number) for number in batch.numbers]}
            return Call("POST", self._address + ADS, {"json": body})
        [number] = batch.numbers
        unicode = "1" if counted(batch.text).encoding == "ucs2" else "0"
        body |= {"SmsType": CARE_TYPE, "Phone": local(number), "IsUnicode": unicode}
        return Call("POST", self._address + CARE, {"json": body})

    def _keys(self) -> dict[str, str]:
        return {"ApiKey": self._account.secrets["api_key"], "SecretKey": self._account.secrets["secret_key"]}

    def _standing_call(self) -> Call:
        return Call("POST", self._address + BALANCE, {"json": self._keys()})

    def _standing(self, answer: Answer) -> Finding | None:
        found = answer.json() or {}
        code = str(found.get("CodeResponse", ""))
        if answer.status != OK or not code:
            return None
        if code == ACCEPTED:
            return Finding("ok", "E690", f"{self._left(found.get('Balance'))} đ")
        return Finding(
            "stop", NOES.get(code, ("account", "E606"))[1], self._told(f"{code}: {found.get('ErrorMessage')}")
        )

    def _answered(self, batch: Batch, answer: Answer) -> BatchAnswer:
        return BatchAnswer(self._ending(answer, batch.key))

    def _ending(self, answer: Answer, key: str) -> Ending:
        found = answer.json()
        code = str((found or {}).get("CodeResult", ""))
        if answer.status != OK or found is None or not code:
            return self._doubt(answer, key)
        if code in {ACCEPTED, SAME_REQUEST}:
            return Done(Receipt(str(found.get("SMSID") or key), details={"code": code}))
        return self._no(NOES, code, str(found.get("ErrorMessage", "")), key)

    def read_webhook(self, call: WebhookCall) -> Told:
        """No signature: only the secret path speaks for the caller. Names of fields vary in case."""
        given = form_of(call)
        if not given.get("smsid") or not given.get("sendstatus"):
            raise LoaError("E742")
        to_many = given.get("typeid") == ADS_TYPE or _count(given, "totalreceiver") > 1
        return Told(receipts=((_news_of_list if to_many else _news_of_one)(given),))


def _news_of_one(given: Mapping[str, str]) -> ReceiptNews:
    """Status 5 says that sending is over, not that it went well: only the counts tell."""
    fate, code = Fate.NOTHING, ""
    if _count(given, "sendsuccess"):
        fate = Fate.DELIVERED
    elif _count(given, "sendfailed") or given["sendstatus"] == REJECTED:
        fate, code = Fate.FAILED, "E748"
    elif given["sendstatus"] in {SENT, HANDED_OVER}:
        fate = Fate.ACCEPTED
    return ReceiptNews(
        fate,
        key=given.get("requestid", ""),
        platform_id=given["smsid"],
        number=e164(given.get("phonenumber", "")),
        code=code,
        detail=f"SendStatus {given['sendstatus'][:8]}" if code else "",
    )


def _news_of_list(given: Mapping[str, str]) -> ReceiptNews:
    """Advertising is reported as a whole: how many, never who. A list that people there reject failed for everybody."""
    failed = _count(given, "totalreceiver") if given["sendstatus"] == REJECTED else 0
    totals = {
        Fate.DELIVERED: _count(given, "sendsuccess"),
        Fate.FAILED: max(failed, _count(given, "sendfailed")),
    }
    return ReceiptNews(Fate.NOTHING, key=given.get("requestid", ""), platform_id=given["smsid"], totals=totals)


def _count(given: Mapping[str, str], name: str) -> int:
    return whole_number(given.get(name, "")) or 0


def request_id(key: str) -> str:
    """The key itself, or its fingerprint where it is longer than the gateway takes: still one key, one sending."""
    if len(key) <= LONGEST_KEY and key.isascii():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:40]


HORN = Esms
