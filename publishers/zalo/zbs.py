"""ZBS template messages (once ZNS): an approved template with its values, to a phone number.

``tracking_id`` is our key. Zalo's documents name no question that finds a message by it, so that a lost answer goes
before a person; Zalo's own report and web hook carry the tracking id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loa.delivery import (
    AuthNeeded,
    CannotTell,
    Done,
    Ending,
    LookUp,
    Message,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from loa.text import nfc
from publishers.common import Halt, OneEach, with_effect
from publishers.http import Answer, InDoubt, NotSent
from publishers.shapes import whole_number
from publishers.zalo.cards import CARD_ZBS
from publishers.zalo.horn import OaHorn
from publishers.zalo.table import code_of, data_of, next_month, next_opening

SEND = "/message/template"
LONGEST_KEY = 48
DATA = "data."
NIGHT = -133
MONTH_USED = -1441
DAY_USED = (-144, -147, -160)
FOR_A_PERSON = {
    "E605": (-104, -124, -1241),
    "E606": (-101, -102, -103, -105, -117, -120, -1202, -125, -127, -135, -1351, -138, -145),
    "E610": (-115, -126, -136, -137),
}
CONTENT = (-109, -111, -112, -1121, -1122, -1124, -113, -116, -121, -122, -130, -131, -132, -146, -153)
READER = (-108, -114, -118, -119, -134, -139, -140, -141, -1471)
"""One number cannot be reached: nobody else is concerned."""


class TemplateMessages(OaHorn, OneEach):
    """The template messages of one OA."""

    card = CARD_ZBS

    def publish(self, message: Message) -> Ending:
        if not message.options.get("template"):
            return Refused("E612", "options → template", "content")
        try:
            answer = self._door.ask("POST", SEND, host="zbs_host", json=self._body(message))
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        except Halt as stopped:
            return stopped.ending
        return self._ending(answer, message)

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        return CannotTell("E631", final=True)

    def _body(self, message: Message) -> dict[str, Any]:
        given = {name: value for name, value in message.options.items() if name.startswith(DATA)}
        body: dict[str, Any] = {
            "phone": message.recipient.removeprefix("+"),
            "template_id": message.options["template"],
            "template_data": {name.removeprefix(DATA): nfc(value) for name, value in given.items()},
            "tracking_id": tracking_id(message.key),
        }
        mode = self._door.hosts["mode"]
        return body | {"mode": mode} if mode else body

    def _ending(self, answer: Answer, message: Message) -> Ending:
        code = code_of(answer)
        if code != 0:
            return self._no(answer, code)
        data = data_of(answer)
        number, quota = data.get("msg_id"), data.get("quota")
        if not number:
            return Unknown("E603", "no msg_id")
        details = {"tracking_id": tracking_id(message.key)}
        left = whole_number(str(quota.get("remainingQuota"))) if isinstance(quota, dict) else None
        if left is not None:
            details["remaining_today"] = str(left)
        return Done(Receipt(str(number), details=details))

    def _no(self, answer: Answer, code: int | None) -> Ending:
        words, now = self._door.words(answer), self._clock.now()
        if code == NIGHT:
            return RetryLater(next_opening(now), "E604", words, pause_account=True)
        if code in DAY_USED or code == MONTH_USED:
            at = next_month(now) if code == MONTH_USED else next_opening(now)
            return RetryLater(at, "E656", words, pause_account=True)
        for sentence, codes in FOR_A_PERSON.items():
            if code in codes:
                return AuthNeeded(sentence, words)
        if code in CONTENT:
            return Refused("E607", words, "content")
        return Refused("E618", words) if code in READER else self._door.ending(answer)


def tracking_id(key: str) -> str:
    """The key itself, or its fingerprint where it is longer than Zalo takes: still one key, one sending."""
    if len(key) <= LONGEST_KEY and key.isascii():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:LONGEST_KEY]
