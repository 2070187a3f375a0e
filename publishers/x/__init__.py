"""X: posts with pictures or a clip, through tweepy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, MediaRule, Publisher
from loa.text import x_length
from publishers.x.price import PRICES, price_of_post

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

CARD = ChannelCard(
    id="x",
    name_vi="X",
    name_en="X",
    max_length=280,
    measure=x_length,
    media=(
        # X takes moving GIFs too, as a kind of clip; a campaign's clips are MP4.
        MediaRule("picture", ("image/jpeg", "image/png", "image/webp"), max_count=4, max_bytes=5_000_000),
        MediaRule(
            "clip",
            ("video/mp4",),
            max_count=1,
            max_bytes=512_000_000,
            min_seconds=0.5,
            max_seconds=140,
            min_size=(32, 32),
            max_size=(1024, 1280),
            ratio=(1 / 3, 3),
            rates=(1, 60),
            video=("h264",),
            audio=("aac",),
            untried=("size",),
        ),
    ),
    read_back="good",
    settle=timedelta(seconds=60),
    look_ups=(timedelta(seconds=60), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1)),
    # 100 posts in 15 minutes for a user.
    rate_per_second=0.1,
    hashtags=True,
    account_settings=("user_id",),
    account_secrets=("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    host_settings=(
        ("api_host", "https://api.x.com"),
        ("web_host", "https://x.com"),
        *PRICES,
        # X is renaming tweet to post everywhere; the day the old name is dropped, this becomes "post.fields".
        ("fields_name", "tweet.fields"),
        ("insight_fields", "public_metrics"),
        ("subtitle_language", "VI"),
        ("subtitle_name", "Tiếng Việt"),
    ),
    actions=frozenset({"publish", "remove"}),
    price=price_of_post,
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,
) -> Publisher:
    """The horn of one X account."""
    from publishers.x.timeline import Timeline  # noqa: PLC0415 - the card alone stays light

    return Timeline(account, clock, session, equipment.memory)
