"""A horn that says what the test wants, in place of every account's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from loa.delivery import Absent, ChannelCard, Done, Ending, Finding, LookUp, Message, Receipt, Rest
from loa.dispatch import Service

from .conftest import Stage


@dataclass
class Puppet:
    """Each answer is a function of the message; what it was asked is kept."""

    card: ChannelCard
    on_publish: Callable[[Message], Ending] = lambda message: Done(Receipt(f"id-{message.key[:8]}"))
    on_follow_up: Callable[[Receipt], Ending] = Done
    on_look_up: Callable[[Message], LookUp] = lambda _: Absent()
    on_rest: Callable[[], Rest | None] = lambda: None
    sent: list[Message] = field(default_factory=list)
    followed: list[Receipt] = field(default_factory=list)

    def preflight(self) -> list[Finding]:
        return []

    def publish(self, message: Message) -> Ending:
        self.sent.append(message)
        return self.on_publish(message)

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - the signature of the contract
        self.followed.append(receipt)
        return self.on_follow_up(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the same
        return self.on_look_up(message)

    def rest(self) -> Rest | None:
        return self.on_rest()

    def insights(self, receipt: Receipt) -> Mapping[str, int]:  # noqa: ARG002 - the same
        return {}


def play(stage: Stage, **answers: Callable[..., Any]) -> Puppet:
    """Let a puppet speak for all accounts of the stage, with answers by name (``publish``, ``follow_up`` …)."""
    puppet = Puppet(stage.desk.cards["facebook"], **{f"on_{name}": answer for name, answer in answers.items()})
    stage.desk = replace(stage.desk, publisher_of=lambda _account: puppet)
    stage.service = Service(stage.desk, "test", 1)
    return puppet
