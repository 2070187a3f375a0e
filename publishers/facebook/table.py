"""Graph API error codes and what each means for a sending. Judged by code, never by text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import AuthNeeded, Ending, Refused, RetryLater, Unknown
from publishers.common import later, repeated
from publishers.facebook.usage import minutes_to_wait
from publishers.http import Answer, redact
from publishers.shapes import read_object

TOKEN = frozenset({102, 190})
PERMISSION = frozenset({3, 10, *range(200, 300)})
SLOW_DOWN = {4: 15, 17: 15, 32: 15, 341: 120, 613: 60, 80001: 60}
"""Code → minutes of silence when the answer names none."""
MEDIA = frozenset({324, 382, *range(385, 390), 6000, 6001})
CLIP = frozenset({1363040, 1363127, 1363128, 1363129})
"""Sub-codes of a Reel's aspect, resolution, duration and frame rate."""
UPLOAD_TROUBLE = frozenset({6000, 6001})
"""Media errors that are worth one more upload of the same file."""
LINK_PREVIEW = 1609005
"""Meta could not read the link just now. Once more later, then without the preview."""
PREVIEW_WAIT = timedelta(minutes=10)
DOWN = frozenset({1, 2})
BLOCKED = frozenset({368})
PARAMETER = frozenset({100})
REPEATED = 506
GONE = (100, 33)
CAPTIONS_THERE = 482
LOST_PLACE = 1363037
TOO_MANY_REQUESTS = 429
OK = 200
ID = re.compile(r"[1-9][0-9]{0,39}")


@dataclass(frozen=True, slots=True)
class GraphError:
    """What the error object says, fit for the book."""

    code: int
    subcode: int
    transient: bool
    detail: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def passes(self) -> bool:
        """Meta's own trouble, which passes: what did no harm may be asked again in a moment."""
        return self.transient or self.code in DOWN


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
    return GraphError(found["code"], subcode, found.get("is_transient") is True, detail, _data(found))


def succeeded(answer: Answer) -> bool:
    """A JSON object without an error; a 200 with plain text or with an error inside is no success."""
    found = answer.json()
    return answer.status == OK and found is not None and "error" not in found


def id_of(value: object) -> str:
    """An id of Meta's, which is a string of digits; empty for anything else."""
    return value if isinstance(value, str) and ID.fullmatch(value) else ""


def post_id_of(value: object) -> str:
    """The id of a post: the Page's and its own, with ``_`` between them; empty for anything else."""
    page, _, post = value.partition("_") if isinstance(value, str) else ("", "", "")
    return f"{page}_{post}" if id_of(page) and id_of(post) else ""


def is_gone(answer: Answer, secrets: Mapping[str, str]) -> bool:
    """Whether Meta says that the thing does not exist (any more)."""
    error = error_of(answer, secrets)
    return error is not None and (error.code, error.subcode) == GONE


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str], hint: Mapping[str, str]) -> Ending:
    """How a call that did not succeed ends the sending, when its effect would be public."""
    error = error_of(answer, secrets)
    if error is None and answer.status == TOO_MANY_REQUESTS:
        return later(clock, timedelta(minutes=SLOW_DOWN[4]), "E604", "HTTP 429", pause=True)
    if error is None:
        return Unknown("E603", f"HTTP {answer.status}", hint)
    # A limit is certain, and Meta marks it transient too: the code decides first.
    if waiting := _waiting(error, answer, clock):
        return waiting
    if error.passes:
        return Unknown("E603", error.detail, hint)
    if error.code == REPEATED:
        return repeated(error.detail, hint)
    return _final(error) or Unknown("E603", error.detail, hint)


def _waiting(error: GraphError, answer: Answer, clock: Clock) -> RetryLater | None:
    if error.code in SLOW_DOWN:
        minutes = minutes_to_wait(answer.headers) or SLOW_DOWN[error.code]
        return later(clock, timedelta(minutes=minutes), "E604", error.detail, pause=True)
    if error.code == LINK_PREVIEW:
        return later(clock, PREVIEW_WAIT, "E604", error.detail)
    return None


def _final(error: GraphError) -> Ending | None:
    for codes, sentence in ((TOKEN, "E605"), (PERMISSION, "E606"), (BLOCKED, "E608")):
        if error.code in codes:
            return AuthNeeded(sentence, error.detail)
    if error.code in MEDIA or error.subcode in CLIP:
        return Refused("E609", error.detail, "content")
    return Refused("E607", error.detail, "content") if error.code in PARAMETER else None


def _data(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """``error_data``: an object, or a JSON string of one."""
    data = found.get("error_data")
    if isinstance(data, str):
        return read_object(data) or {}
    return data if isinstance(data, dict) else {}
