"""Facebook Pages: posts, photos and Reels through the Graph API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, MediaRule, Publisher

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

CARD = ChannelCard(
    id="facebook",
    name_vi="Trang Facebook",
    name_en="Facebook Page",
    max_length=63206,
    measure=len,
    media=(
        MediaRule("picture", ("image/jpeg", "image/png"), max_count=10, max_bytes=10_000_000),
        MediaRule(
            "clip",
            ("video/mp4",),
            max_count=1,
            max_bytes=300_000_000,
            min_seconds=3,
            max_seconds=90,
            # a clip goes out as a Reel: 9:16, no smaller, at a steady rate, with a key frame every 2 to 5 seconds
            min_size=(540, 960),
            ratio=(0.555, 0.57),
            rates=(24, 60),
            video=("h264", "hevc", "vp9", "av1"),
            audio=("aac",),
            sample_rates=(48_000,),
            max_group=5,
        ),
    ),
    read_back="good",
    settle=timedelta(seconds=60),
    look_ups=(timedelta(seconds=60), timedelta(minutes=3), timedelta(minutes=10), timedelta(minutes=30)),
    rate_per_second=1.0,
    hashtags=True,
    account_settings=("page_id",),
    account_secrets=("page_token",),
    host_settings=(
        ("graph_host", "https://graph.facebook.com"),
        ("rupload_host", "https://rupload.facebook.com"),
        ("web_host", "https://www.facebook.com"),
        ("version", "v26.0"),
    ),
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,  # noqa: ARG001 - one signature for all channels
) -> Publisher:
    """The horn of one Page."""
    from publishers.facebook.page import Page  # noqa: PLC0415 - the card alone stays light

    return Page(account, clock, session)
