"""What the cards of all channels by hand have in common."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from loa.delivery import Action, ChannelCard

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
