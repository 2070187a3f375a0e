"""The horns: each knows one platform and the contract, nothing else. A channel is one line of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from loa.delivery import ChannelCard, Publisher
from publishers import facebook, sms, x, zalo


class ChannelEntry(NamedTuple):
    """What the desk needs to know a channel and to build the horn of an account."""

    card: ChannelCard
    build: Callable[..., Publisher]
    """``build(account, clock, session=None, equipment=NO_EQUIPMENT)``."""


REGISTRY: Mapping[str, ChannelEntry] = {
    "facebook": ChannelEntry(facebook.CARD, facebook.build),
    "zalo": ChannelEntry(zalo.CARD, zalo.build),
    "x": ChannelEntry(x.CARD, x.build),
    "sms": ChannelEntry(sms.CARD, sms.build),
}
