"""SMS through a brandname gateway. One gateway for now (eSMS); the account's ``gateway`` setting will choose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, Publisher
from loa.text import sms_count

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need


def _parts(text: str) -> int:
    return sms_count(text).parts


CARD = ChannelCard(
    id="sms",
    name_vi="Tin nhắn SMS",
    name_en="SMS",
    max_length=3,
    measure=_parts,
    media=(),
    read_back="key",
    settle=timedelta(seconds=30),
    look_ups=(timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1)),
    rate_per_second=20.0,
    hours=("07:00", "21:59"),
    to_recipients=True,
    account_settings=("brandname",),
    account_secrets=("api_key", "secret_key"),
    host_settings=(("api_host", "https://rest.esms.vn"),),
    # eSMS blocks a repeated RequestId for 24 hours; an hour is left for clocks that disagree.
    key_life=timedelta(hours=23),
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,  # noqa: ARG001 - one signature for all channels
) -> Publisher:
    """The horn of one brandname."""
    from publishers.sms.esms import Brandname  # noqa: PLC0415 - the card alone stays light

    return Brandname(account, clock, session)
