"""What the courier brings: a receipt of one message, of a whole call, or a citizen's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from loa.sandbox.sms.course import EXPIRY, moment_of
from loa.sandbox.sms.order import Call, Inbound, Message, State, Told, WebCall

if TYPE_CHECKING:
    from loa.sandbox.sms.engine import Engine

WHOLE_AFTER = (120.0, EXPIRY + 60)
"""When a gateway tells of a whole call: soon, and once more when everything has expired; seconds."""


@dataclass(slots=True)
class PerMessage:
    """The receipts of one message, one after another. ``alone``: only this one."""

    engine: Engine
    message: Message
    index: int
    alone: bool = False

    @property
    def retries(self) -> Sequence[float]:
        return () if self.alone else _waits(self.engine, self.message.call.order.face)

    def dress(self) -> WebCall | None:
        call = self.message.call
        _, state, reason = step = self.engine.steps(self.message)[self.index]
        at = call.at + timedelta(seconds=step.after)
        return self.engine.face_of(call.order.face).receipt(Told(call, self.message, state, at, reason))

    def then(self) -> tuple[float, PerMessage] | None:
        steps = self.engine.steps(self.message)
        if self.alone or self.index + 1 >= len(steps):
            return None
        following = PerMessage(self.engine, self.message, self.index + 1)
        return moment_of(self.message.call, steps[following.index]), following

    def done(self) -> None:
        self.engine.told(self.message.call, self.message.place, self.index + 1)


@dataclass(slots=True)
class WholeCall:
    """The receipts of a call as a whole: totals without numbers."""

    engine: Engine
    call: Call
    index: int

    @property
    def retries(self) -> Sequence[float]:
        return _waits(self.engine, self.call.order.face)

    def first(self) -> list[tuple[float, WholeCall]]:
        """The errand with its moment; nothing when all is told."""
        waits = self.call.rules.approval_seconds if self.call.order.advertising else 0.0
        if self.index >= len(WHOLE_AFTER):
            return []
        return [((self.call.at + timedelta(seconds=waits + WHOLE_AFTER[self.index])).timestamp(), self)]

    def dress(self) -> WebCall | None:
        waits = self.call.rules.approval_seconds if self.call.order.advertising else 0.0
        at = self.call.at + timedelta(seconds=waits + WHOLE_AFTER[self.index])
        totals = self.engine.totals(self.call, at)
        state: State = max(totals, key=lambda name: totals[name], default="accepted")
        return self.engine.face_of(self.call.order.face).receipt(Told(self.call, None, state, at, totals=totals))

    def then(self) -> tuple[float, WholeCall] | None:
        following = WholeCall(self.engine, self.call, self.index + 1).first()
        return following[0] if following else None

    def done(self) -> None:
        self.engine.told(self.call, -1, self.index + 1)


@dataclass(slots=True)
class Reply:
    """A citizen's text on its way to the application."""

    engine: Engine
    inbound: Inbound
    url: str

    @property
    def retries(self) -> Sequence[float]:
        return _waits(self.engine, self.inbound.face)

    def dress(self) -> WebCall | None:
        return self.engine.face_of(self.inbound.face).inbound(self.inbound, self.url)

    def then(self) -> None:
        """Nothing follows a text."""

    def done(self) -> None:
        """A text that was under way when the sandbox died is not brought again."""


def _waits(engine: Engine, face: str) -> Sequence[float]:
    return [each.total_seconds() for each in engine.face_of(face).retries]
