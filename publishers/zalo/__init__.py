"""Zalo Official Account: articles ("bài viết") with a cover picture."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, MediaRule, Publisher

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

CARD = ChannelCard(
    id="zalo",
    name_vi="Zalo OA",
    name_en="Zalo Official Account",
    max_length=20_000,
    measure=len,
    media=(MediaRule("picture", ("image/jpeg", "image/png"), max_count=10, max_bytes=1_000_000),),
    read_back="good",
    settle=timedelta(minutes=2),
    look_ups=(timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)),
    rate_per_second=1.0,
    needs_title=True,
    needs_picture=True,
    # The documents say 150 and 300; exactly 150 was refused in practice.
    max_title=140,
    max_summary=250,
    account_settings=("oa_id",),
    account_secrets=("access_token",),
    host_settings=(("api_host", "https://openapi.zalo.me"), ("media_base_url", ""), ("web_host", "")),
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn of one Official Account. Zalo fetches pictures itself, hence the public folder and its address."""
    from publishers.zalo.official import OfficialAccount  # noqa: PLC0415 - the card alone stays light

    return OfficialAccount(account, clock, session, equipment)
