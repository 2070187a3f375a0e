"""What all channels by hand have in common: most of their cards, and how the horn of an account is built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, Action, ChannelCard, Equipment, Publisher
from publishers.handoff.task import Job

if TYPE_CHECKING:
    from publishers.http import Session

ALL_ACTIONS: frozenset[Action] = frozenset({"publish", "revise", "remove"})


def by_hand(channel: str, name_vi: str, name_en: str, *, lead: timedelta, **own: Any) -> ChannelCard:
    """The card of a channel whose packages lie on our own disk, where every one of them can be read back."""
    return ChannelCard(
        id=channel,
        name_vi=name_vi,
        name_en=name_en,
        lead=lead,
        measure=len,
        read_back="exact",
        settle=timedelta(0),
        look_ups=(timedelta(minutes=1), timedelta(minutes=10)),
        rate_per_second=20.0,
        actions=ALL_ACTIONS,
        **own,
    )


def builder(card: ChannelCard, job: Job) -> Callable[..., Publisher]:
    """The ``build`` of a channel by hand; see ``publishers.ChannelEntry``."""

    def build(
        account: Account,
        clock: Clock,
        session: Session | None = None,  # noqa: ARG001 - one signature for all channels
        equipment: Equipment = NO_EQUIPMENT,
    ) -> Publisher:
        from publishers.handoff.horn import HandOff  # noqa: PLC0415 - the card alone stays light

        return HandOff(card, job, account, clock, equipment)

    return build
