"""SMS: one channel, several gateways. The account's setting ``gateway`` chooses; eSMS where it is not named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, Publisher
from loa.errors import LoaError
from publishers.sms.cards import ESMS, KANNEL, SPEEDSMS
from publishers.sms.cards_more import CARDS as MORE

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

DEFAULT = "esms"
GATEWAYS: Mapping[str, ChannelCard] = {DEFAULT: ESMS, "speedsms": SPEEDSMS, "kannel": KANNEL, **MORE}
"""The name of a gateway is also that of its module here, whose ``HORN`` is the class of its horn."""
CARD = replace(ESMS, name_vi="Tin nhắn SMS", name_en="SMS", variants=GATEWAYS)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn of one account, for the gateway that it names.

    Raises:
        LoaError: E659 there is no such gateway; E620, E621 a setting or a secret is missing.
    """
    name = account.settings.get("gateway") or DEFAULT
    if name not in GATEWAYS:
        raise LoaError("E659", detail=f"gateway: {name}")
    horn: Publisher = import_module(f"{__name__}.{name}").HORN(account, clock, session, equipment)
    return horn
