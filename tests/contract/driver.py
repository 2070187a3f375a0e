"""The desk's rules in miniature: what is done after each ending, so that a horn can be driven to its end.

Written apart from loa.dispatch on purpose: it is the oracle of how the contract is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from loa.clock import SimulatedClock
from loa.delivery import (
    Absent,
    AuthNeeded,
    Done,
    Ending,
    Found,
    LookUp,
    Message,
    Pending,
    Publisher,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)

MOST_STEPS = 60


@dataclass
class Course:
    """What happened to one message: the ending of each sending, every look, and how it ended."""

    endings: list[Ending] = field(default_factory=list)
    looks: list[LookUp] = field(default_factory=list)
    last: Ending | None = None
    """None: nobody but a person can tell."""


def carry_through(publisher: Publisher, message: Message, clock: SimulatedClock) -> Course:
    """Publish, follow up, look up and publish again until the message has its end."""
    course = Course()

    def published() -> tuple[datetime, Ending]:
        moment = clock.now()
        course.endings.append(publisher.publish(message))
        return moment, course.endings[-1]

    sent_at, ending = published()
    for _ in range(MOST_STEPS):
        match ending:
            case Done() | Refused():
                course.last = ending
                return course
            case Pending(receipt, check_at):
                _move(clock, check_at)
                ending = _followed(publisher, message, receipt, clock)
            case RetryLater(at, _, _):
                _move(clock, at)
                sent_at, ending = published()
            case AuthNeeded():  # a person has put it right
                clock.advance(timedelta(minutes=10))
                sent_at, ending = published()
            case Unknown():
                found = _looked_up(publisher, message, clock, sent_at, ending, course)
                if found is None:
                    return course
                if isinstance(found, Found):
                    ending = Pending(found.receipt, found.check_at) if found.check_at else Done(found.receipt)
                else:
                    sent_at, ending = published()
    raise AssertionError(f"no end after {MOST_STEPS} steps: {ending}")


def published_at_last(publisher: Publisher, message: Message, clock: SimulatedClock) -> tuple[datetime, Ending]:
    """When the message really left, and the ending; a horn that must wait (a clip in processing) is waited for."""
    for _ in range(MOST_STEPS):
        sent_at, ending = clock.now(), publisher.publish(message)
        if not isinstance(ending, RetryLater):
            return sent_at, ending
        _move(clock, ending.at)
    raise AssertionError(f"it never left: {ending}")


def _followed(publisher: Publisher, message: Message, receipt: Receipt, clock: SimulatedClock) -> Ending:
    """What keeps us from asking does not make a taken message be sent again."""
    ending = publisher.follow_up(message, receipt)
    if isinstance(ending, Unknown | RetryLater | AuthNeeded):
        return Pending(receipt, clock.now() + timedelta(minutes=1))
    return ending


def _looked_up(
    publisher: Publisher,
    message: Message,
    clock: SimulatedClock,
    sent_at: datetime,
    doubt: Unknown,
    course: Course,
) -> LookUp | None:
    card = publisher.card
    if card.read_back == "none":
        return None
    if card.read_back == "key":
        clock.advance(card.settle)
        return Absent()
    for wait in card.look_ups:
        _move(clock, sent_at + max(wait, card.settle) + timedelta(seconds=1))
        found = publisher.look_up(message, sent_at, doubt.hint)
        course.looks.append(found)
        if isinstance(found, Found | Absent):
            return found
    return None


def _move(clock: SimulatedClock, moment: datetime) -> None:
    clock.move_to(max(moment, clock.now()))


def numbered(message: Message, number: int, *, titled: bool) -> Message:
    """A message of its own: other words, another key, and another title where the channel shows one."""
    text = f"{message.text} Tin số {number}."
    title = f"{message.title} – tin số {number}" if titled else message.title
    return replace(message, key=f"khoa-{number}", text=text, title=title)
