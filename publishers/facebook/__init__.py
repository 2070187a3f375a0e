"""Facebook Pages: posts, photos, videos and Reels through the Graph API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loa.clock import Clock
from loa.delivery import NO_EQUIPMENT, Account, ChannelCard, Equipment, MediaRule, Option, Publisher

if TYPE_CHECKING:
    from publishers.http import Session  # requests costs a fifth of a second that a card does not need

REEL = MediaRule(
    "clip",
    ("video/mp4",),
    max_count=1,
    max_bytes=300_000_000,
    min_seconds=3,
    max_seconds=90,
    # 9:16, no smaller, at a steady rate, with a key frame every 2 to 5 seconds
    min_size=(540, 960),
    ratio=(0.555, 0.57),
    rates=(24, 60),
    video=("h264", "hevc", "vp9", "av1"),
    audio=("aac",),
    sample_rates=(48_000,),
    max_group=5,
)
VIDEO = MediaRule(
    "clip",
    ("video/mp4",),
    max_count=1,
    # Meta is said to take 10 GB and 4 hours; a clip of a campaign is read from this machine's disk.
    max_bytes=1_000_000_000,
    min_seconds=1,
    max_seconds=14_400,
    video=("h264", "hevc", "vp9", "av1"),
    audio=("aac",),
)
CARD = ChannelCard(
    id="facebook",
    name_vi="Trang Facebook",
    name_en="Facebook Page",
    max_length=63206,
    measure=len,
    media=(
        MediaRule("picture", ("image/jpeg", "image/png"), max_count=10, max_bytes=10_000_000),
        REEL,
        VIDEO,
    ),
    read_back="good",
    settle=timedelta(seconds=60),
    look_ups=(timedelta(seconds=60), timedelta(minutes=3), timedelta(minutes=10), timedelta(minutes=30)),
    rate_per_second=1.0,
    hashtags=True,
    account_settings=("page_id",),
    account_secrets=("page_token",),
    optional_secrets=("app_secret",),
    host_settings=(
        ("graph_host", "https://graph.facebook.com"),
        ("video_host", "https://graph-video.facebook.com"),
        ("rupload_host", "https://rupload.facebook.com"),
        ("web_host", "https://www.facebook.com"),
        ("version", "v26.0"),
        ("caption_locale", "vi_VN"),
        ("slow_at", "80"),
        ("stop_at", "95"),
        ("transient_wait", "1"),
        ("timed_proof", "no"),
        ("needed_permissions", "pages_show_list,pages_read_engagement,pages_manage_posts"),
        ("wanted_permissions", "pages_read_user_content,pages_manage_engagement,read_insights,publish_video"),
        (
            "insight_metrics",
            "post_media_view,post_total_media_view_unique,post_clicks,post_reactions_by_type_total",
        ),
        ("reel_metrics", "blue_reels_play_count,post_video_avg_time_watched,post_video_social_actions"),
    ),
    options=(
        Option(
            "link_in_comment",
            "Đặt đường dẫn ở bình luận đầu tiên thay vì trong bài",
            "Put the link into the first comment instead of the text",
            ("có", "không", "yes", "no"),
        ),
    ),
    actions=frozenset({"publish", "revise", "remove"}),
    # Meta gives no figure; many Pages of one application at the same moment are what it takes for abuse (368).
    stagger=timedelta(seconds=5),
)


def build(
    account: Account,
    clock: Clock,
    session: Session | None = None,
    equipment: Equipment = NO_EQUIPMENT,  # noqa: ARG001 - the same call for every channel
) -> Publisher:
    """The horn of one Page."""
    from publishers.facebook.page import Page  # noqa: PLC0415 - the card alone stays light

    return Page(account, clock, session)
