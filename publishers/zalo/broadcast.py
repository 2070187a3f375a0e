"""Sending articles to an account's followers. Nothing of it can be read back: in doubt, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loa.clock import Clock
from loa.delivery import (
    NO_EQUIPMENT,
    Account,
    CannotTell,
    Done,
    Ending,
    Equipment,
    Finding,
    LookUp,
    Message,
    Receipt,
    Refused,
    RetryLater,
    Unknown,
)
from loa.errors import LoaError
from publishers.common import Halt, with_effect
from publishers.http import Answer, InDoubt, NotSent, Session
from publishers.zalo import health
from publishers.zalo.cards import CARD_BROADCAST
from publishers.zalo.door import Door
from publishers.zalo.horn import OaHorn
from publishers.zalo.table import OUT_OF_QUOTA, code_of, data_of, next_month
from publishers.zalo.targets import BadTarget, target

MOST = CARD_BROADCAST.most_references
MOST_A_MONTH = 1000
MODERATION = "moderation_minutes"
"""How long Zalo looks at a broadcast before followers get it."""


class Broadcaster(OaHorn):
    """The broadcasts of one OA."""

    card = CARD_BROADCAST

    def __init__(
        self,
        account: Account,
        clock: Clock,
        session: Session | None = None,
        equipment: Equipment = NO_EQUIPMENT,
    ) -> None:
        super().__init__(account, clock, session, equipment)
        self._moderation = {MODERATION: str(self._door.number(MODERATION, 60 * 24))}
        _check_package(self._door)

    def preflight(self) -> list[Finding]:
        found = super().preflight()
        if any(each.level == "stop" for each in found):
            return found
        return [*found, *health.quota(self._door)]

    def publish(self, message: Message) -> Ending:
        articles = message.references
        if not 1 <= len(articles) <= MOST:
            return Refused("E660", str(len(articles)), "content")
        try:
            body = _body(articles, target(message.options))
        except BadTarget as error:
            return Refused("E659", str(error), "content")
        try:
            answer = self._door.ask("POST", "/v2.0/oa/message", json=body)
        except (NotSent, InDoubt) as error:
            return with_effect(self._clock, error, {})
        except Halt as stopped:
            return stopped.ending
        return self._ending(answer)

    def follow_up(self, message: Message, receipt: Receipt) -> Ending:  # noqa: ARG002 - nothing is ever pending here
        return Done(receipt)

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:  # noqa: ARG002 - the signature of the contract
        """Zalo shows no list of broadcasts; with one to four of them a month, nothing is sent again on a guess."""
        return CannotTell("E631", final=True)

    def _ending(self, answer: Answer) -> Ending:
        code = code_of(answer)
        if code == OUT_OF_QUOTA:
            return RetryLater(next_month(self._clock.now()), "E656", self._door.words(answer), pause_account=True)
        if code != 0:
            return self._door.ending(answer)
        number = data_of(answer).get("message_id")
        return Done(Receipt(str(number), details=self._moderation)) if number else Unknown("E603", "no message_id")


def _check_package(door: Door) -> None:
    """Raises LoaError E659 for a package of which nobody has written how many broadcasts it allows."""
    package = door.account.settings["package"]
    if f"broadcasts_{package}" not in door.hosts:
        raise LoaError("E659", detail=f"package: {package}")
    door.number(f"broadcasts_{package}", MOST_A_MONTH)


def _body(articles: tuple[str, ...], aimed: Mapping[str, str]) -> dict[str, Any]:
    elements = [{"media_type": "article", "attachment_id": each} for each in articles]
    payload = {"template_type": "media", "elements": elements}
    recipient = {"target": dict(aimed)}
    return {"recipient": recipient, "message": {"attachment": {"type": "template", "payload": payload}}}
