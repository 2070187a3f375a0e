"""Zalo's negative error codes and what each means for a sending. HTTP is always 200; judged by code only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from loa.clock import Clock
from loa.delivery import AuthNeeded, Ending, Refused, Unknown
from publishers.common import later
from publishers.http import Answer, redact

OK = 200
TOO_MANY = 429
PROCESSING = -214
WAIT = {-32: timedelta(minutes=1), -234: timedelta(hours=1)}
FOR_A_PERSON = {
    "E605": (-216, -220),
    "E606": (-204, -205, -209, -212, -219, -221, -223, -224, -242, -320, -403),
    "E610": (-211, -321),
}
CONTENT = {"E607": (-201, -210, -233, -235, -248), "E609": (-200,)}


def code_of(answer: Answer) -> int | None:
    """The ``error`` of an answer; None when the answer cannot be read and everything is in doubt."""
    found = answer.json()
    code = (found or {}).get("error")
    return code if answer.status == OK and isinstance(code, int) else None


def words_of(answer: Answer, secrets: Mapping[str, str]) -> str:
    """Zalo's own words, fit for the book."""
    found = answer.json() or {}
    if "error" not in found:
        return f"HTTP {answer.status}"
    return f"{found['error']}: {redact(str(found.get('message', '')), secrets)}"


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str]) -> Ending:
    """How an answer that is no success ends the sending."""
    code, words = code_of(answer), words_of(answer, secrets)
    if answer.status == TOO_MANY:
        return later(clock, WAIT[-32], "E604", words, pause=True)
    if code is None:
        return Unknown("E603", words)
    if code in WAIT:
        return later(clock, WAIT[code], "E604", words, pause=True)
    for sentence, codes in FOR_A_PERSON.items():
        if code in codes:
            return AuthNeeded(sentence, words)
    for sentence, codes in CONTENT.items():
        if code in codes:
            return Refused(sentence, words, "content")
    return Unknown("E603", words)
