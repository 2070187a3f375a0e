"""Zalo's negative error codes and what each means for a sending. HTTP is always 200; judged by code only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from loa.clock import DEFAULT_ZONE, Clock
from loa.delivery import AuthNeeded, Ending, Refused, RetryLater, Unknown
from publishers.common import SOON, later
from publishers.http import Answer, redact

OK = 200
TOO_MANY = 429
RATE = -32
NIGHT = -234
PROCESSING = -214
NO_SUCH = -201
OUT_OF_QUOTA = -211
DEAD_TOKEN = frozenset({-216, -220})
DEAD_AT = {"zbs_host": DEAD_TOKEN | {-124}}
"""Hosts that say it in another way. Only such a no is certain enough for the same call once more."""
OPENS = 6
"""The hour, Vietnamese time, at which Zalo takes messages again."""
FOR_A_PERSON = {
    "E605": (-202, *sorted(DEAD_TOKEN), -242),
    "E606": (-204, -205, -207, -208, -209, -212, -215, -219, -221, -223, -224, -240, -320, -403),
    "E610": (OUT_OF_QUOTA, -321),
}
CONTENT = {"E607": (NO_SUCH, -210, -233, -235, -248), "E609": (-200,)}
READER = (-213, -217, -218, -227, -230, -231, -232, -244, -305, -311)
"""One person cannot be reached: nobody else is concerned."""


def code_of(answer: Answer) -> int | None:
    """The ``error`` of an answer; None when the answer cannot be read and everything is in doubt."""
    found = answer.json()
    code = (found or {}).get("error")
    return code if answer.status == OK and isinstance(code, int) else None


def data_of(answer: Answer) -> dict[str, object]:
    """The ``data`` of an answer; an empty one where there is none."""
    data = (answer.json() or {}).get("data")
    return data if isinstance(data, dict) else {}


def words_of(answer: Answer, secrets: Mapping[str, str]) -> str:
    """Zalo's own words, fit for the book."""
    found = answer.json() or {}
    if "error" not in found:
        return f"HTTP {answer.status}"
    return redact(f"{found['error']}: {found.get('message', '')}", secrets)


def ending_of(answer: Answer, clock: Clock, secrets: Mapping[str, str]) -> Ending:
    """How an answer that is no success ends the sending."""
    code, words = code_of(answer), words_of(answer, secrets)
    if answer.status == TOO_MANY or code == RATE:
        return later(clock, SOON, "E604", words, pause=True)
    if code == NIGHT:
        return RetryLater(next_opening(clock.now()), "E604", words, pause_account=True)
    for sentence, codes in FOR_A_PERSON.items():
        if code in codes:
            return AuthNeeded(sentence, words)
    for sentence, codes in CONTENT.items():
        if code in codes:
            return Refused(sentence, words, "content")
    return Refused("E661", words) if code in READER else Unknown("E603", words)


def unseen_ending(answer: Answer, clock: Clock, secrets: Mapping[str, str]) -> Ending:
    """The same for a step that citizens cannot see: what is in doubt there may simply be done again."""
    ending = ending_of(answer, clock, secrets)
    return later(clock, SOON, ending.code, ending.detail) if isinstance(ending, Unknown) else ending


def next_opening(now: datetime) -> datetime:
    """The next 06:00 in Viet Nam."""
    local = now.astimezone(DEFAULT_ZONE)
    today = local.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    opens = today if today > local else today + timedelta(days=1)
    return opens.astimezone(now.tzinfo)


def next_month(now: datetime) -> datetime:
    """06:00 on the first day of the next month in Viet Nam: quotas count anew, and messages go out again."""
    local = now.astimezone(DEFAULT_ZONE).replace(day=1, hour=OPENS, minute=0, second=0, microsecond=0)
    first = (local + timedelta(days=32)).replace(day=1)
    return first.astimezone(now.tzinfo)
