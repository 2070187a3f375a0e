"""The cards of the three channels of an Official Account: articles, broadcasts, template messages by phone.

Nothing here may import the network: a card costs nothing. What is only known from third parties or from memory
stands among the settings; the pages in docs/channels name the mark of each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from loa.delivery import ChannelCard, MediaRule, Option
from publishers.shapes import whole_number
from publishers.zalo.targets import AGES, PHONES, BadTarget, target

OA_SETTINGS = ("oa_id", "app_id")
OA_SECRETS = ("app_secret",)
OA_TOKEN = ("access_token",)
"""Only where another program of the office renews the token; without it Loa logs in and renews by itself."""
MEDIA_SECRETS = ("media_user", "media_password", "media_key", "media_secret")
YES = ("yes", "có")
YES_OR_NO = (*YES, "no", "không")
SHOWN = ("show", "hide")
MEGABYTE = 1_000_000
OA_HOST = ("api_host", "https://openapi.zalo.me")
OA_LOGIN = (
    ("oauth_host", "https://oauth.zaloapp.com"),
    ("access_hours", "25"),
    ("refresh_days", "90"),
    ("keep_alive_days", "7"),
)
BROADCASTS = (("broadcasts_basic", "1"), ("broadcasts_advanced", "4"), ("moderation_minutes", "30"))
METERS = (("rest_below_percent", "5"), ("appsecret_proof", "no"))

CARD = ChannelCard(
    id="zalo",
    name_vi="Zalo OA",
    name_en="Zalo Official Account",
    max_length=20_000,
    measure=len,
    media=(
        MediaRule("picture", ("image/jpeg", "image/png"), max_count=10, max_bytes=1 * MEGABYTE),
        MediaRule("clip", ("video/mp4",), max_count=1, max_bytes=50 * MEGABYTE),
    ),
    read_back="good",
    settle=timedelta(minutes=2),
    look_ups=(timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)),
    rate_per_second=1.0,
    needs_title=True,
    needs_picture=True,
    mixes_kinds=True,
    # The documents say 150 and 300; exactly 150 was refused in practice.
    max_title=140,
    max_summary=250,
    account_settings=OA_SETTINGS,
    account_secrets=OA_SECRETS,
    optional_secrets=(*OA_TOKEN, *MEDIA_SECRETS),
    host_settings=(
        OA_HOST,
        *OA_LOGIN,
        *METERS,
        ("video_life_minutes", "60"),
        ("media_host", "folder"),
        ("media_base_url", ""),
        ("media_upload_url", ""),
        ("media_endpoint", ""),
        ("media_bucket", ""),
        ("media_region", ""),
        ("web_host", ""),
    ),
    options=(
        Option(
            "hidden_first",
            "Tạo bài ở dạng ẩn, chờ người phụ trách xem trên Zalo rồi mới hiện",
            "Make the article hidden; it is shown after a person has said yes",
            YES_OR_NO,
        ),
        Option("article", "Kiểu bài: normal (bài viết) hoặc video", "Kind of article", ("normal", "video")),
        Option("cover", "Hiện hay ẩn ảnh bìa bên trong bài", "Show or hide the cover inside the article", SHOWN),
        Option("comments", "Mở hay tắt bình luận", "Open or close comments", SHOWN),
        Option("tracking_link", "Địa chỉ https để đếm người đọc", "An https address that counts readers"),
    ),
    actions=frozenset({"publish", "revise", "remove"}),
    stagger=timedelta(seconds=1),
)


def _broadcasts(settings: Mapping[str, str], channel: Mapping[str, str]) -> int | None:
    """How many broadcasts the package of an OA allows in a month; None where the package is not told.

    A line that is no number allows none: the plan is stopped at check, and the horn says which line it is.
    """
    package = settings.get("package", "")
    most = channel.get(f"broadcasts_{package}") if package else None
    return (whole_number(most) or 0) if most is not None else None


def _aims(option: str) -> Callable[[str], bool]:
    """Whether every word of an option names readers, as the broadcast itself will judge it."""

    def takes(value: str) -> bool:
        try:
            target({option: value})
        except BadTarget:
            return False
        return True

    return takes


CARD_BROADCAST = ChannelCard(
    id="zalo-broadcast",
    name_vi="Zalo OA (gửi bài tới người quan tâm)",
    name_en="Zalo OA broadcast",
    max_length=20_000,
    measure=len,
    media=(),
    read_back="none",
    settle=timedelta(minutes=2),
    look_ups=(timedelta(minutes=2),),
    rate_per_second=1.0,
    hours=("06:00", "21:59"),
    account_settings=(*OA_SETTINGS, "package"),
    account_secrets=OA_SECRETS,
    optional_secrets=OA_TOKEN,
    host_settings=(OA_HOST, *OA_LOGIN, *METERS, *BROADCASTS),
    options=(
        Option("articles", "Mã các tin có bài cần gửi, cách nhau bằng dấu phẩy; bỏ trống = bài của tin này", "Items"),
        Option("ages", "Độ tuổi, cách nhau bằng dấu phẩy", "Ages", tuple(AGES), _aims("ages")),
        Option("gender", "Giới tính", "Gender", ("tất cả", "nam", "nữ"), _aims("gender")),
        Option("locations", "Miền", "Regions", ("bắc", "trung", "nam"), _aims("locations")),
        Option("cities", "Tỉnh, thành phố (63 tỉnh cũ)", "Provinces before July 2025", takes=_aims("cities")),
        Option("platform", "Loại máy", "Kind of phone", tuple(PHONES), _aims("platform")),
    ),
    refers_to="zalo",
    most_references=5,
    monthly_quota=_broadcasts,
)

CARD_ZBS = ChannelCard(
    id="zbs",
    name_vi="Tin nhắn mẫu Zalo (ZBS)",
    name_en="ZBS template message",
    max_length=2_000,
    measure=len,
    media=(),
    read_back="none",
    settle=timedelta(minutes=2),
    look_ups=(timedelta(minutes=2),),
    rate_per_second=10.0,
    hours=("06:00", "21:59"),
    to_recipients=True,
    account_settings=OA_SETTINGS,
    account_secrets=OA_SECRETS,
    optional_secrets=OA_TOKEN,
    host_settings=(("zbs_host", "https://business.openapi.zalo.me"), OA_HOST, *OA_LOGIN, *METERS, ("mode", "")),
    options=(
        Option("template", "Mã mẫu tin đã được Zalo duyệt", "Id of the approved template"),
        Option("data.*", "Giá trị của mẫu: data.<tên tham số>", "Values of the template: data.<parameter>"),
    ),
)
