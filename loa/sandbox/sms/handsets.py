"""What the fake handsets show: messages put together from their parts, what is missing, and what citizens answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from loa.sandbox.sms.course import state_at
from loa.sandbox.sms.engine import Engine
from loa.sandbox.sms.order import Inbound, Message, Reason, State, Udh
from loa.text import masked

Mark = Literal["waiting", "taken", "delivered", "failed"]
MARKS: dict[State, Mark] = {
    "approval": "waiting",
    "queued": "waiting",
    "accepted": "taken",
    "buffered": "taken",
    "delivered": "delivered",
    "failed": "failed",
    "expired": "failed",
    "rejected": "failed",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message; ``there``: whether the handset has it."""

    text: str
    there: bool


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on a handset. ``mine``: the citizen wrote it."""

    id: str
    at: datetime
    gateway: str
    sender: str
    parts: tuple[Part, ...]
    unicode: bool
    mark: Mark
    state: State
    reason: Reason | None = None
    mine: bool = False

    @property
    def text(self) -> str:
        """What the handset shows: the parts that it has."""
        return "".join(part.text for part in self.parts if part.there)

    @property
    def whole(self) -> str:
        """What was sent, whether it is there or not."""
        return "".join(part.text for part in self.parts)

    @property
    def missing(self) -> bool:
        """Some parts are there, and some are not."""
        return any(part.there for part in self.parts) and not all(part.there for part in self.parts)


@dataclass(frozen=True, slots=True)
class Handset:
    """One handset with its messages, oldest first. The number is masked; ``id`` is its keyed fingerprint."""

    id: str
    number: str
    carrier: str
    bubbles: tuple[Bubble, ...]
    earlier: bool
    """There is more than is shown."""
    heard: bool
    """The gateway of its newest message brings answers."""


def handsets(engine: Engine, most: int, most_bubbles: int) -> list[Handset]:
    """The handsets where something happened last, newest first."""
    return [_handset(engine, number, newest, most_bubbles) for number, newest in engine.handsets(most)]


def _handset(engine: Engine, number: str, newest: Message | Inbound, most: int) -> Handset:
    shown: list[Bubble] = []
    rest: Message | Inbound | None = None
    for each in _backwards(newest):
        bubble = _bubble(engine, each)
        joined = _joined(bubble, shown, each)
        if joined is None and len(shown) == most:
            rest = each
            break
        if joined is None:
            shown.append(bubble)
        else:
            shown[joined] = _with(shown[joined], bubble)
    return Handset(
        engine.fingerprint(number),
        masked(number),
        engine.carrier(number),
        tuple(reversed(shown)),
        earlier=rest is not None,
        heard=engine.hears(newest),
    )


def _backwards(newest: Message | Inbound) -> Iterator[Message | Inbound]:
    each: Message | Inbound | None = newest
    while each is not None:
        yield each
        each = each.earlier


def _bubble(engine: Engine, each: Message | Inbound) -> Bubble:
    if isinstance(each, Inbound):
        whole = (Part(each.text, there=True),)
        return Bubble(
            each.id,
            each.at,
            each.face,
            each.sender,
            whole,
            unicode=False,
            mark="delivered",
            state="delivered",
            mine=True,
        )
    call = each.call
    course = engine.course(each)
    seconds = (engine.clock.now() - call.at).total_seconds()
    now = state_at(course, seconds)
    there = course.arrives is not None and course.arrives <= seconds
    parts = [Part(text, there and place != course.lost) for place, text in enumerate(call.parts)]
    return Bubble(
        each.id,
        call.at + timedelta(seconds=course.arrives if there and course.arrives else 0),
        call.order.face,
        call.order.sender,
        tuple(_spread(parts, call.order.udh)),
        call.unicode,
        MARKS[now.state],
        now.state,
        now.reason,
    )


def _written(each: Inbound) -> Bubble:
    """What the citizen wrote."""
    whole = (Part(each.text, there=True),)
    kept = (each.id, each.at, each.face, each.sender, whole)
    return Bubble(*kept, unicode=False, mark="delivered", state="delivered", mine=True)


def _spread(parts: list[Part], udh: Udh | None) -> list[Part]:
    """A part that the application cut itself, in its place among those that are still missing."""
    if udh is None or len(parts) != 1:
        return parts
    missing = [Part("", there=False)] * udh.of
    return [*missing[: udh.place - 1], *parts, *missing[udh.place :]]


def _joined(bubble: Bubble, shown: list[Bubble], each: Message | Inbound) -> int | None:
    """Where the other parts of this message are already."""
    if isinstance(each, Inbound) or each.call.order.udh is None:
        return None
    same = (bubble.sender, len(bubble.parts))
    places = (
        place
        for place, other in enumerate(shown)
        if (other.sender, len(other.parts)) == same
        and not other.mine
        and not any(a.text and b.text for a, b in zip(other.parts, bubble.parts, strict=True))
    )
    return next(places, None)


def _with(first: Bubble, second: Bubble) -> Bubble:
    parts = tuple(a if a.text else b for a, b in zip(first.parts, second.parts, strict=True))
    worst = first if first.mark == "failed" else second
    return Bubble(
        first.id, first.at, first.gateway, first.sender, parts, first.unicode, worst.mark, worst.state, worst.reason
    )
