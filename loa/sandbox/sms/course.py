"""What becomes of a message: worked out from the seed, the number and the text alone, whenever somebody asks.

The same seed and the same calls give the same courses, in whatever order the calls come and however often the sandbox
is started again. The last four digits of a number may choose (rule ``magic``):

====  ==================================================================
0000  no handset: undeliverable
0001  handset off: buffered, expired after 48 hours
0002  number blocked by its owner
0003  the last receipt comes twice
0004  the receipt comes before the answer to the call
0005  delivered, and no receipt ever tells
0006  taken, then the connection breaks before the answer
0007  HTTP 500 and nothing taken; the same call again goes through
0008  the last receipt comes before the first
0009  with another carrier than its prefix says
====  ==================================================================
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from loa.sandbox.sms.order import Call, Message, Reason, State

UNDELIVERABLE, EXPIRED, BLOCKED, TWICE, EARLY, SILENT, DROPS, STUMBLES, DISORDER = (f"{n:04}" for n in range(9))
MAGIC_DIGITS: Mapping[str, tuple[str, str]] = {
    UNDELIVERABLE: ("không tới được máy", "undeliverable"),
    EXPIRED: ("máy tắt, hết hạn sau 48 giờ", "handset off, expires after 48 hours"),
    BLOCKED: ("chủ máy chặn tin", "number blocked"),
    TWICE: ("biên nhận cuối đến hai lần", "the last receipt comes twice"),
    EARLY: ("biên nhận đến trước câu trả lời", "the receipt comes before the answer"),
    SILENT: ("đã tới máy, không có biên nhận", "delivered, no receipt ever"),
    DROPS: ("đã nhận rồi đứt kết nối", "taken, then the connection breaks"),
    STUMBLES: ("HTTP 500, gọi lại thì được", "HTTP 500, then fine"),
    DISORDER: ("biên nhận cuối đến trước biên nhận đầu", "receipts in the wrong order"),
    "0009": ("đã chuyển mạng giữ số", "ported to another carrier"),
}
"""Last four digits → what happens, Vietnamese and English."""

_HOUR, _DAY = 3600.0, 86400.0
EXPIRY = 2 * _DAY
_SPREAD = 0.55
_LONGEST_QUICK = 600.0
"""Seconds: who waits longer was out of reach at first."""
_MOMENT = 0.001
Draws = tuple[float, ...]


class Step(NamedTuple):
    """One piece of news, ``after`` seconds from the moment that the call was taken."""

    after: float
    state: State
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """All news of one message, in the order in which it is told, and what the handset has."""

    steps: tuple[Step, ...]
    arrives: float | None
    """When the handset has it, in seconds; None: never."""
    lost: int | None = None
    """The place (0…) of a part that never arrives."""
    state: tuple[Step, ...] = ()
    """The true order of things, for those who ask instead of being told. Empty: as in ``steps``."""


def draws_of(seed: int, *parts: str) -> Draws:
    """Eight numbers from 0 to 1 that depend on nothing but these words."""
    made = hashlib.blake2b("\0".join(parts).encode(), digest_size=32, key=str(seed).encode()).digest()
    return tuple(each / 2**32 for each in struct.unpack("<8I", made))


def course_of(message: Message, seed: int, *, hasty: float = 0.0) -> Course:
    """The course of one message. ``hasty``: the share of messages whose gateway tells the end before the beginning."""
    call, place = message.call, message.place
    rules = call.rules
    draws = draws_of(seed, message.number, call.order.key, call.text)
    magic = message.number[-4:] if rules.magic else ""
    begun, waiting = _approval(call)
    if begun is None:
        return Course(waiting, None)
    accepted = begun + 0.2 + draws[0]
    if reason := call.rejected.get(place):
        return Course((*waiting, Step(accepted, "rejected", reason)), None)
    taken = (*waiting, Step(accepted, "accepted"))
    ending, lost = _ending(message, draws, magic, accepted)
    arrives = ending[-1].after if ending[-1].state == "delivered" or lost is not None else None
    true = (*taken, *ending)
    if magic == SILENT or draws[3] < rules.silent:
        return Course((), arrives, lost, state=true)
    return Course(_as_told(true, draws, magic, max(rules.disorder, hasty), rules.duplicates), arrives, lost, state=true)


def state_at(course: Course, seconds: float) -> Step:
    """The latest news ``seconds`` after the call was taken, as a gateway knows it that is asked."""
    known = [step for step in (course.state or course.steps) if step.after <= seconds]
    return known[-1] if known else Step(0.0, "queued")


def _approval(call: Call) -> tuple[float | None, tuple[Step, ...]]:
    """When the carriers get it (None: never), and what is told before."""
    rules = call.rules
    if not (call.order.advertising and rules.approval_seconds):
        return 0.0, ()
    asked = Step(0.0, "approval")
    if not rules.approved:
        return None, (asked, Step(rules.approval_seconds, "rejected", "not_approved"))
    return rules.approval_seconds, (asked, Step(rules.approval_seconds, "queued"))


def _ending(message: Message, draws: Draws, magic: str, accepted: float) -> tuple[tuple[Step, ...], int | None]:
    """What the handset's side tells, and the part that got lost."""
    rules, parts = message.call.rules, len(message.call.parts)
    delay = accepted + _delay(message, draws)
    out_of_reach = Step(accepted + 5, "buffered")
    unlucky = not magic.startswith("000") and draws[4] < rules.undelivered
    if magic == UNDELIVERABLE or (unlucky and draws[4] < rules.undelivered / 2):
        return (Step(delay, "failed", "undeliverable"),), None
    if magic == EXPIRED or unlucky:
        return (out_of_reach, Step(EXPIRY, "expired", "expired")), None
    if parts > 1 and draws[5] < rules.lost_part:
        return (Step(delay, "failed", "part_lost"),), int(draws[6] * parts)
    ending = Step(delay, "delivered")
    return ((out_of_reach, ending) if delay > accepted + _LONGEST_QUICK else (ending,)), None


def _delay(message: Message, draws: Draws) -> float:
    """Half of all have it after ``median_seconds``; a few after hours, and fewer after more than two days."""
    rules, share = message.call.rules, draws[1]
    if share < rules.very_late:
        return 2 * _DAY + draws[2] * 10 * _HOUR
    if share < rules.very_late + rules.late:
        return _HOUR + draws[2] * 7 * _HOUR
    odds = draws[2] / (1 - draws[2])
    return float(min(_LONGEST_QUICK, rules.median_seconds * odds**_SPREAD))


def _as_told(true: tuple[Step, ...], draws: Draws, magic: str, disorder: float, duplicates: float) -> tuple[Step, ...]:
    """The same news as it reaches the application: swapped, repeated or before its time."""
    if magic == EARLY:
        return tuple(Step(0.0, state, reason) for _, state, reason in true)
    *before, last = true
    if before and (magic == DISORDER or draws[6] < disorder):
        late = before.pop()
        true = (*before, last, Step(last.after + 1 + draws[7] * 5, late.state, late.reason))
    if magic == TWICE or draws[7] < duplicates:
        true = (*true, Step(true[-1].after + _MOMENT + draws[6] * 30, last.state, last.reason))
    return true


def moment_of(call: Call, step: Step) -> float:
    """When a step is due, as seconds since 1970."""
    return (call.at + timedelta(seconds=step.after)).timestamp()
