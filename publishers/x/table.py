"""What X's HTTP codes and problem types mean for a sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from loa.clock import Clock
from loa.delivery import AuthNeeded, Ending, Refused, RetryLater, Unknown
from publishers.common import later
from publishers.http import Answer, redact

BAD_REQUEST, UNAUTHORIZED, PAYMENT, FORBIDDEN, TIMED_OUT, TOO_MANY, SERVER = 400, 401, 402, 403, 408, 429, 500
NO_TYPE = "about:blank"
SLOW = timedelta(minutes=15)
MOST = timedelta(days=1)


def detail_of(answer: Answer, secrets: Mapping[str, str]) -> str:
    """X's own words, fit for the book."""
    found = answer.json() or {}
    words = str(found.get("detail") or found.get("title") or "")
    return f"HTTP {answer.status}: {redact(words, secrets)}"


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str], hint: Mapping[str, str]) -> Ending:
    """How an answer that is no success ends the sending, when its effect would be public."""
    detail = detail_of(answer, secrets)
    kind = str((answer.json() or {}).get("type", NO_TYPE))
    if answer.status == PAYMENT or kind.endswith("/usage-capped"):
        return AuthNeeded("E610", detail)
    if answer.status == TOO_MANY:
        return _slow_down(answer, clock, detail)
    if answer.status == UNAUTHORIZED:
        return AuthNeeded("E605", detail)
    if answer.status == FORBIDDEN:
        # A duplicate has no code of its own, only a 403 without a problem type: read back, then decide.
        return Unknown("E611", detail, hint) if kind == NO_TYPE else AuthNeeded("E606", detail)
    if BAD_REQUEST <= answer.status < SERVER and answer.status != TIMED_OUT:
        return Refused("E607", detail, "content" if answer.status == BAD_REQUEST else "row")
    return Unknown("E603", detail, hint)


def _slow_down(answer: Answer, clock: Clock, detail: str) -> RetryLater:
    """``x-rate-limit-reset`` is in epoch seconds; a moment that makes no sense is not believed."""
    named = answer.headers.get("x-rate-limit-reset", "")
    now = clock.now()
    if named.isdigit() and now < (at := datetime.fromtimestamp(int(named), tz=UTC)) <= now + MOST:
        return RetryLater(at, "E604", detail, pause_account=True)
    return later(clock, SLOW, "E604", detail, pause=True)
