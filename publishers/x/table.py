"""What X's HTTP codes and problem types mean for a sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import AuthNeeded, Ending, Refused, Rest, RetryLater, Unknown
from publishers.common import later, repeated
from publishers.http import Answer, redact
from publishers.shapes import object_in, objects_in, whole_number

GOOD = range(200, 300)
BAD_REQUEST, UNAUTHORIZED, PAYMENT, FORBIDDEN, TOO_MANY, SERVER = 400, 401, 402, 403, 429, 500
PROBLEMS = "https://api.x.com/2/problems/"
NO_TYPE = "about:blank"
SLOW = timedelta(minutes=15)
MOST = timedelta(days=1)
LOW = 0.05
"""The share of the window's calls below which an account rests."""


def data_of(answer: Answer) -> dict[str, Any]:
    """The object under ``data``; empty where there is none."""
    return object_in(answer.json() or {}, "data")


def errors_of(answer: Answer) -> list[dict[str, Any]]:
    """The objects under ``errors``, which may stand beside ``data``."""
    return objects_in(answer.json() or {}, "errors")


def is_missing(answer: Answer) -> bool:
    """Whether X says that the thing is not (any more) there: by the type of a problem, for a 404 may be a proxy's."""
    types = [_type(answer), *(str(each.get("type", "")) for each in errors_of(answer))]
    return any(each.endswith("/resource-not-found") for each in types)


def detail_of(answer: Answer, secrets: Mapping[str, str]) -> str:
    """X's own words, fit for the book."""
    return f"HTTP {answer.status}: {redact(_words(answer.json() or {}), secrets)}"


def note_of(answer: Answer, secrets: Mapping[str, str]) -> str:
    """What X complains of although it took the post; empty for nothing."""
    return redact("; ".join(filter(None, map(_words, errors_of(answer)))), secrets)


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str], hint: Mapping[str, str]) -> Ending:
    """How a post ends whose answer is no success."""
    if answer.status == FORBIDDEN and _type(answer) == NO_TYPE:
        # A duplicate has no code of its own, only a 403 without a problem type: read back, then decide.
        return repeated(detail_of(answer, secrets), hint)
    return step_ending(answer, clock, secrets) or Unknown("E603", detail_of(answer, secrets), hint)


def step_ending(answer: Answer, clock: Clock, secrets: Mapping[str, str]) -> Ending | None:
    """How an answer that is no success ends what was asked; None when it does not tell."""
    detail = detail_of(answer, secrets)
    if answer.status == PAYMENT or _type(answer).endswith("/usage-capped"):
        return AuthNeeded("E610", detail)
    if answer.status == TOO_MANY:
        return _slow_down(answer, clock, detail)
    if answer.status == UNAUTHORIZED:
        return AuthNeeded("E605", detail)
    if answer.status == FORBIDDEN:
        return AuthNeeded("E606", detail)
    if answer.status == BAD_REQUEST:
        return Refused("E607", detail, "content")
    # A 4xx without X's own type may come from a machine in between, which tells nothing of what was asked.
    own = BAD_REQUEST < answer.status < SERVER and _type(answer).startswith(PROBLEMS)
    return Refused("E607", detail) if own else None


class Meter:
    """The platform's count of an account's posts, as the last answer told it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rest: Rest | None = None

    def read(self, answer: Answer) -> None:
        """At most a twentieth of the window left: rest until it begins anew."""
        limit, left = (whole_number(answer.headers.get(f"x-rate-limit-{name}", "")) for name in ("limit", "remaining"))
        until = _reset(answer, self._clock)
        self._rest = None
        if until and limit is not None and left is not None and left <= limit * LOW:
            self._rest = Rest(until, "E604", f"{left}/{limit}")

    def rest(self) -> Rest | None:
        return self._rest if self._rest and self._clock.now() < self._rest.until else None


def _type(answer: Answer) -> str:
    return str((answer.json() or {}).get("type", NO_TYPE))


def _words(found: Mapping[str, Any]) -> str:
    return str(found.get("detail") or found.get("message") or found.get("title") or "")


def _slow_down(answer: Answer, clock: Clock, detail: str) -> RetryLater:
    if until := _reset(answer, clock):
        return RetryLater(until, "E604", detail, pause_account=True)
    return later(clock, SLOW, "E604", detail, pause=True)


def _reset(answer: Answer, clock: Clock) -> datetime | None:
    """``x-rate-limit-reset`` is in epoch seconds; a moment that makes no sense is not believed."""
    named = whole_number(answer.headers.get("x-rate-limit-reset", ""))
    now = clock.now()
    if named is None or not now.timestamp() < named <= (now + MOST).timestamp():
        return None
    return datetime.fromtimestamp(named, tz=UTC)
