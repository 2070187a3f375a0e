"""Zalo Official Account: articles, broadcasts of articles to followers, and template messages by phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, Equipment, Publisher
from publishers.zalo.cards import CARD, CARD_BROADCAST, CARD_ZBS

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

__all__ = ["CARD", "CARD_BROADCAST", "CARD_ZBS", "build", "build_broadcast", "build_zbs"]


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn of one Official Account. Zalo fetches pictures itself, hence the media host and its address."""
    from publishers.zalo.official import OfficialAccount  # noqa: PLC0415 - the card alone stays light

    return OfficialAccount(account, clock, session, equipment)


def build_broadcast(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn that sends an account's articles to its followers."""
    from publishers.zalo.broadcast import Broadcaster  # noqa: PLC0415 - the card alone stays light

    return Broadcaster(account, clock, session, equipment)


def build_zbs(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn that sends template messages to phone numbers."""
    from publishers.zalo.zbs import TemplateMessages  # noqa: PLC0415 - the card alone stays light

    return TemplateMessages(account, clock, session, equipment)
