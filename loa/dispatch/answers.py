"""From a named ending to what the book says of a sending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from loa.delivery import (
    AuthNeeded,
    ChannelCard,
    Done,
    Ending,
    Pending,
    Receipt,
    Refused,
    Rest,
    RetryLater,
    State,
    Unknown,
)
from loa.dispatch import reasons
from loa.store import AccountPause

WAITS_FOR, SHOWN_BY = "waits_for", "shown_by"
"""Words of a hint: a horn writes whom its post waits for, the desk writes who let it be shown."""

_MISSING = re.compile(r"(?:missing:|E\d{3}\b)\s*")
"""How a receipt says of an extra why it is not there."""
_EXTRAS = {"captions": "captions", "subtitles": "captions", "comment": "comment"}
_LACKS = {
    frozenset({"captions"}): reasons.WITHOUT_CAPTIONS,
    frozenset({"comment"}): reasons.WITHOUT_COMMENT,
    frozenset({"captions", "comment"}): reasons.WITHOUT_BOTH,
}


def values_of(ending: Ending, card: ChannelCard, sent_at: datetime, now: datetime) -> dict[str, Any]:
    """The columns of a sending after ``ending``."""
    match ending:
        case Done(receipt):
            known = {"platform_id": receipt.platform_id, "url": receipt.url, "done_at": now}
            known |= {"hint": dict(receipt.details)} if receipt.details else {}
            return known | {"state": State.DONE, "next_try": None, "code": "", "detail": ""}
        case Pending(receipt, check_at):
            known = {"platform_id": receipt.platform_id, "url": receipt.url, "hint": dict(receipt.details)}
            return known | {"state": State.PENDING, "next_try": check_at, "code": _why_pending(receipt, card)}
        case Refused(code, detail, scope):
            state = State.RETRY_LATER if scope == "account" else State.REFUSED
            again = now if scope == "account" else None
            return {"state": state, "next_try": again, "code": code, "detail": detail}
        case RetryLater(at, code, detail):
            return {"state": State.RETRY_LATER, "next_try": at, "code": code, "detail": detail}
        case AuthNeeded(code, detail):
            return {"state": State.RETRY_LATER, "next_try": now, "code": code, "detail": detail}
        case Unknown(code, detail, hint):
            return doubtful(card, sent_at) | {"code": code, "detail": detail, "hint": dict(hint)}
        case _:
            assert_never(ending)


def _why_pending(receipt: Receipt, card: ChannelCard) -> str:
    if waits_for_person(receipt.details):
        return reasons.TO_BE_SHOWN
    return reasons.IN_HAND if card.by_hand else ""


def waits_for_person(hint: Mapping[str, str]) -> bool:
    """Whether a post lies hidden on its platform until a person has looked at it and said yes."""
    return hint.get(WAITS_FOR) == "person" and not hint.get(SHOWN_BY)


def lack_of(details: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """What a post that is out lacks, by the details of its receipt: a code with its parameters; ``""`` for nothing."""
    if not details:
        return "", {}
    lacking = {
        name: _MISSING.sub("", details.get(name, ""), count=1)
        for name in _EXTRAS
        if _MISSING.match(details.get(name, ""))
    }
    if code := _LACKS.get(frozenset(_EXTRAS[name] for name in lacking)):
        return code, {"detail": "; ".join(filter(None, lacking.values())) or "–"}
    if noted := details.get("note"):
        return reasons.TAKEN_WITH_A_WORD, {"detail": noted}
    return "", {}


def doubtful(card: ChannelCard, sent_at: datetime) -> dict[str, Any]:
    """A sending that nobody can vouch for: it waits for its first look, which comes after the settle time."""
    first = card.look_ups[0] if card.look_ups else card.settle
    return {"state": State.UNKNOWN, "next_try": sent_at + max(first, card.settle), "look_ups": 0}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one question to a horn: how it ended, and whether the platform's meters ask for a rest."""

    ending: Ending
    rest: Rest | None = None

    def pauses(self, account_id: str) -> Iterator[AccountPause]:
        """Every pause that follows for the account."""
        if pause := _pause_of(self.ending, account_id):
            yield pause
        if self.rest:
            yield AccountPause(account_id, self.rest.until, self.rest.code, self.rest.detail)


def _pause_of(ending: Ending, account_id: str) -> AccountPause | None:
    """The pause that an ending asks for its whole account; without an end where a person must act."""
    match ending:
        case RetryLater(at, code, detail, pause_account=True):
            return AccountPause(account_id, at, code, detail)
        case AuthNeeded(code, detail) | Refused(code, detail, scope="account"):
            return AccountPause(account_id, None, code, detail)
        case _:
            return None
