"""The horns: each knows one platform and the contract, nothing else. A channel is one line of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from loa.delivery import ChannelCard, Publisher, SignIn
from publishers import facebook, sms, x, zalo
from publishers.handoff import broadcast, letter, loudspeaker, paper, portal, tiktok, visit, youtube
from publishers.zalo.signin import SIGN_IN


class ChannelEntry(NamedTuple):
    """What the desk needs to know a channel and to build the horn of an account."""

    card: ChannelCard
    build: Callable[..., Publisher]
    """``build(account, clock, session=None, equipment=NO_EQUIPMENT)``."""
    sign_in: SignIn | None = None
    """For a channel whose tokens change with use; its horns are lent the keeper of their pair."""


REGISTRY: Mapping[str, ChannelEntry] = {
    "facebook": ChannelEntry(facebook.CARD, facebook.build),
    "zalo": ChannelEntry(zalo.CARD, zalo.build, SIGN_IN),
    "zalo-broadcast": ChannelEntry(zalo.CARD_BROADCAST, zalo.build_broadcast, SIGN_IN),
    "zbs": ChannelEntry(zalo.CARD_ZBS, zalo.build_zbs, SIGN_IN),
    "x": ChannelEntry(x.CARD, x.build),
    "sms": ChannelEntry(sms.CARD, sms.build),
    "youtube": ChannelEntry(youtube.CARD, youtube.build),
    "tiktok": ChannelEntry(tiktok.CARD, tiktok.build),
    "portal": ChannelEntry(portal.CARD, portal.build),
    "loudspeaker": ChannelEntry(loudspeaker.CARD, loudspeaker.build),
    "radio-tv": ChannelEntry(broadcast.CARD, broadcast.build),
    "print": ChannelEntry(paper.CARD, paper.build),
    "visit": ChannelEntry(visit.CARD, visit.build),
    "letter": ChannelEntry(letter.CARD, letter.build),
}
