"""eSMS.vn, API V4. ``RequestId`` is the key of the sending: the gateway refuses a second one for 24 hours."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    Account,
    AuthNeeded,
    CannotTell,
    Done,
    Ending,
    Finding,
    LookUp,
    Message,
    Receipt,
    Refused,
    Unknown,
)
from loa.text import nfc, sms_count
from publishers.common import Horn, check_account, content_problem, hosts_of, later, with_effect
from publishers.http import Answer, InDoubt, NotSent, Session, call, new_session, redact
from publishers.shapes import whole_number
from publishers.sms import CARD

SEND = "/MainService.svc/json/SendMultipleMessage_V4_post_json/"
CARE_MESSAGE = "2"
LONGEST_KEY = 50
ACCEPTED = "100"
SAME_REQUEST = "124"
IN_PROCESS = "199"
ENDINGS: dict[str, tuple[str, str]] = {
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
    "146": ("content", "E607"),
    "177": ("row", "E619"),
}
"""CodeResult → for whom it is a no, and the code of our sentence. HTTP is 200 for all of them."""
TOO_MANY = 429
LONGEST_WAIT = 24 * 3600
OK = 200


class Brandname(Horn):
    """One registered sender name."""

    card = CARD

    def __init__(self, account: Account, clock: Clock, session: Session | None = None) -> None:
        check_account(account, CARD)
        self._account = account
        self._clock = clock
        self._session = session or new_session()
        self._url = hosts_of(account, CARD)["api_host"] + SEND

    def preflight(self) -> list[Finding]:
        """The gateway's documents name no question that sends nothing: the first real answer will tell."""
        return [Finding("ok", "E691", self._account.settings["brandname"])]

    def publish(self, message: Message) -> Ending:
        text = nfc(message.text)
        if refusal := content_problem(CARD, message, text):
            return refusal
        try:
            answer = call(self._session, "POST", self._url, json=self._body(message, text))
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {"key": message.key})
        return self._ending(answer, message.key)

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """Nothing to read by key; the desk may send again with the same key (``read_back="key"``)."""
        return CannotTell("E633", final=True)

    def _body(self, message: Message, text: str) -> dict[str, str]:
        return {
            "ApiKey": self._account.secrets["api_key"],
            "SecretKey": self._account.secrets["secret_key"],
            "Phone": f"0{message.recipient.removeprefix('+84')}",
            "Content": text,
            "Brandname": self._account.settings["brandname"],
            "SmsType": CARE_MESSAGE,
            "IsUnicode": "1" if sms_count(text).encoding == "ucs2" else "0",
            "Sandbox": "0",
            "RequestId": _request_id(message.key),
        }

    def _ending(self, answer: Answer, key: str) -> Ending:
        found = answer.json()
        if answer.status == TOO_MANY:
            return later(self._clock, _wait(answer), "E604", f"HTTP {TOO_MANY}", pause=True)
        code = str((found or {}).get("CodeResult", ""))
        if answer.status != OK or found is None or not code:
            return Unknown("E603", f"HTTP {answer.status}", {"key": key})
        if code in {ACCEPTED, SAME_REQUEST}:
            return Done(Receipt(str(found.get("SMSID") or key), details={"code": code}))
        return self._no(code, found, key)

    def _no(self, code: str, found: Mapping[str, Any], key: str) -> Ending:
        words = redact(str(found.get("ErrorMessage", "")), self._account.secrets)
        detail = f"{code}: {words}"
        whom, sentence = ENDINGS.get(code, ("doubt", "E602" if code == IN_PROCESS else "E603"))
        if whom == "account":
            return AuthNeeded(sentence, detail)
        if whom == "doubt":
            return Unknown(sentence, detail, {"key": key})
        return Refused(sentence, detail, "content" if whom == "content" else "row")


def _request_id(key: str) -> str:
    """The key itself, or its fingerprint where it is longer than the gateway takes: still one key, one sending."""
    if len(key) <= LONGEST_KEY and key.isascii():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _wait(answer: Answer) -> timedelta:
    named = whole_number(answer.headers.get("retry-after", ""))
    return timedelta(seconds=60 if named is None else min(named, LONGEST_WAIT))
