"""Graph API error codes and what each means for a sending. Judged by code, never by text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from loa.clock import Clock
from loa.delivery import AuthNeeded, Ending, Refused, RetryLater, Unknown
from publishers.common import later
from publishers.http import Answer, redact

TOKEN = frozenset({102, 190})
PERMISSION = frozenset({3, 10, *range(200, 300)})
SLOW_DOWN = {4: 15, 17: 15, 32: 15, 341: 120, 613: 60, 80001: 60}
"""Code → minutes of silence when the answer names none."""
MEDIA = frozenset({324, 382, 385, 386, 387, 389})
TRY_AGAIN = {6000: 5, 6001: 5, 1609005: 10}
BLOCKED = frozenset({368})
PARAMETER = frozenset({100})
REPEATED = 506
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class GraphError:
    """What the error object says, fit for the book."""

    code: int
    subcode: int
    transient: bool
    detail: str


def error_of(answer: Answer, secrets: Mapping[str, str]) -> GraphError | None:
    """The error object of an answer; None when there is none that can be read."""
    found = (answer.json() or {}).get("error")
    if not isinstance(found, dict) or not isinstance(found.get("code"), int):
        return None
    subcode = found.get("error_subcode")
    subcode = subcode if isinstance(subcode, int) else 0
    words = redact(str(found.get("error_user_msg") or found.get("message") or ""), secrets)
    trace = redact(str(found.get("fbtrace_id") or ""), secrets)
    detail = f"{found['code']}/{subcode}: {words} [{trace}]"
    return GraphError(found["code"], subcode, found.get("is_transient") is True, detail)


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str], hint: Mapping[str, str]) -> Ending:
    """How a call that did not succeed ends the sending, when its effect would be public."""
    error = error_of(answer, secrets)
    if error is None or answer.status >= SERVER_ERROR or error.transient:
        return Unknown("E603", error.detail if error else f"HTTP {answer.status}", hint)
    doubt = Unknown("E611" if error.code == REPEATED else "E603", error.detail, hint)
    return _waiting(error, answer, clock) or _final(error) or doubt


def _waiting(error: GraphError, answer: Answer, clock: Clock) -> RetryLater | None:
    if error.code in SLOW_DOWN:
        minutes = _minutes_named(answer) or SLOW_DOWN[error.code]
        return later(clock, timedelta(minutes=minutes), "E604", error.detail, pause=True)
    if error.code in TRY_AGAIN:
        return later(clock, timedelta(minutes=TRY_AGAIN[error.code]), "E604", error.detail)
    return None


def _final(error: GraphError) -> Ending | None:
    for codes, sentence in ((TOKEN, "E605"), (PERMISSION, "E606"), (BLOCKED, "E608")):
        if error.code in codes:
            return AuthNeeded(sentence, error.detail)
    for codes, sentence in ((MEDIA, "E609"), (PARAMETER, "E607")):
        if error.code in codes:
            return Refused(sentence, error.detail, "content")
    return None


def _minutes_named(answer: Answer) -> int:
    """The longest ``estimated_time_to_regain_access`` (minutes) of the business use case header."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        return max(int(use.get("estimated_time_to_regain_access", 0)) for uses in usage.values() for use in uses)
    except (ValueError, AttributeError, TypeError):
        return 0
