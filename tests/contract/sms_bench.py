"""A gateway's horn and its face in the sandbox, the desk's rules for calls in miniature, and a door for reports.

Written apart from loa.dispatch on purpose, like the driver of single messages: it is how the contract is meant.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from support.planted import phone
from support.sms_gateways import TEXT, account_of

from loa.clock import SimulatedClock
from loa.delivery import (
    Absent,
    Account,
    AuthNeeded,
    Batch,
    BatchAnswer,
    Done,
    Equipment,
    Fate,
    Found,
    Receipt,
    Refused,
    RetryLater,
    Told,
    Unknown,
)
from loa.sandbox import Fault, FaultKind, Sandbox, overrides, read_journal
from loa.sandbox.app import SMS_FACES
from publishers import REGISTRY, sms

FACES = sorted(face.name for face in SMS_FACES)
"""Gateways with a face in the sandbox."""
ROUTES = {
    "esms": "*/SendMultipleMessage_V4_post_json/",
    "speedsms": "*/sms/send",
    "kannel": "*/sendsms",
    "smsgate": "*/messages",
    "twilio": "*/Messages.json",
    "infobip": "*/sms/3/messages",
}
"""The one route that makes messages."""
IDEMPOTENT = {gateway for gateway, card in sms.GATEWAYS.items() if card.read_back == "key"}
MOST_STEPS = 30
SOME = 4


@dataclass
class SmsBench:
    """One gateway on the bench."""

    gateway: str
    sandbox: Sandbox
    clock: SimulatedClock
    door: str = ""
    hosts: dict[str, str] = field(default_factory=dict)

    @property
    def account(self) -> Account:
        plain = account_of(self.gateway)
        hosts = overrides(self.sandbox.url)["sms"] | self.hosts
        return Account(plain.id, plain.channel, plain.name, plain.settings, hosts, plain.secrets)

    def horn(self, session: Any = None) -> Any:
        equipment = Equipment(webhook_url=self.door)
        return REGISTRY["sms"].build(self.account, self.clock, session=session, equipment=equipment)

    def batch(self, number: int = 0, size: int = 0) -> Batch:
        """A call of its own: another key, other words, as many numbers as the gateway takes, or four."""
        most = min(SOME, sms.GATEWAYS[self.gateway].bulk({}).most)  # type: ignore[misc]  # every gateway has it
        numbers = tuple(f"+84{phone(place)[1:]}" for place in range(10, 10 + (size or most)))
        return Batch(f"{number:032x}", f"{TEXT} Tin số {number}.", numbers)

    def spoil(self, kind: FaultKind, **values: Any) -> None:
        route = {"route": ROUTES[self.gateway], "method": "POST"}
        self.sandbox.play([Fault(face=self.gateway, kind=kind, **(route | {"seconds": 0.02} | values))])

    def seen(self, text: str | None = None) -> Counter[str]:
        """How often each handset got a message (with these words)."""
        effects = read_journal(self.sandbox.journal)
        return Counter(each.recipient_hmac for each in effects if text is None or each.text == text)

    def once_each(self, batch: Batch) -> bool:
        """Whether each number of a call has got it exactly once."""
        seen = self.seen(batch.text)
        return len(seen) == len(batch.numbers) and set(seen.values()) == {1}


@dataclass
class Course:
    """What happened to one call, and how it ended; ``last`` is None where only a person, or a report, can tell."""

    answers: list[BatchAnswer] = field(default_factory=list)
    last: BatchAnswer | None = None
    doubtful: bool = False


def carry_call(horn: Any, batch: Batch, clock: SimulatedClock) -> Course:
    """Submit, wait, look up and submit again as the contract has it, until the call has its end."""
    course = Course()
    for _ in range(MOST_STEPS):
        sent_at = clock.now()
        answer = horn.submit(batch)
        course.answers.append(answer)
        match answer.ending:
            case Done() | Refused():
                course.last = answer
                return course
            case RetryLater(at, _, _):
                _move(clock, at)
            case AuthNeeded():  # a person has put it right
                clock.advance(timedelta(minutes=10))
            case Unknown():
                course.doubtful = True
                found = _looked_up(horn, batch, clock, sent_at, answer.ending)
                if isinstance(found, Receipt):
                    course.last = BatchAnswer(Done(found))
                if found is not Absent:
                    return course
    raise AssertionError(f"no end after {MOST_STEPS} steps: {course.answers[-1]}")


def _looked_up(
    horn: Any, batch: Batch, clock: SimulatedClock, sent_at: datetime, doubt: Unknown
) -> Receipt | type[Absent] | None:
    """What a doubtful call turns out to be; ``Absent``: it may be made again."""
    if horn.card.read_back == "none":
        return None
    if horn.card.read_back == "key":
        clock.advance(horn.card.settle)
        return Absent
    for wait in horn.card.look_ups:
        _move(clock, sent_at + max(wait, horn.card.settle) + timedelta(seconds=1))
        match horn.look_up_batch(batch, sent_at, doubt.hint):
            case Found(receipt):
                return receipt
            case Absent():
                return Absent
    return None


def _move(clock: SimulatedClock, moment: datetime) -> None:
    clock.move_to(max(moment, clock.now()))


def fates_by(told: list[Told], batch: Batch) -> dict[str, Fate]:
    """The highest fate that reports tell of each number of a call."""
    known = dict.fromkeys(batch.numbers, Fate.NOTHING)
    for news in (each for one in told for each in one.receipts):
        number = news.number or (batch.numbers[news.place - 1] if news.place else batch.numbers[0])
        known[number] = max(known[number], news.fate)
    return known


def journal_holds_no(path: Path, numbers: tuple[str, ...]) -> bool:
    """Whether none of the numbers stands in clear in what the sandbox has written."""
    words = json.dumps(path.read_text())
    return not any(number[3:] in words for number in numbers)
