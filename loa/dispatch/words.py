"""The states in people's words, for every page, report and screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from loa.delivery import Action, State
from loa.messages import Lang

Tone = Literal["good", "busy", "wait", "bad", "quiet"]

STATE_NAMES: Mapping[State, tuple[str, str, Tone]] = {
    State.PLANNED: ("chưa dựng", "not rendered", "wait"),
    State.AWAITING: ("chờ duyệt", "awaiting approval", "wait"),
    State.APPROVED: ("đã duyệt", "approved", "busy"),
    State.DUE: ("đến hạn", "due", "busy"),
    State.SENDING: ("đang gửi", "sending", "busy"),
    State.PENDING: ("nền tảng đang xử lý", "pending", "busy"),
    State.DONE: ("đã phát", "done", "good"),
    State.REFUSED: ("bị từ chối", "refused", "bad"),
    State.RETRY_LATER: ("sẽ thử lại", "retry later", "busy"),
    State.UNKNOWN: ("chưa rõ kết quả", "unknown", "bad"),
    State.HUMAN: ("chờ người quyết định", "a person must decide", "bad"),
    State.MISSED: ("bỏ lỡ", "missed", "bad"),
    State.HELD: ("đang giữ lại", "held", "wait"),
    State.CANCELLED: ("đã hủy", "cancelled", "quiet"),
}


ACTION_NAMES: Mapping[Action, tuple[str, str]] = {
    "remove": ("Gỡ bài", "Take down"),
    "revise": ("Đính chính", "Correction"),
}


ROLE_NAMES: Mapping[str, tuple[str, str]] = {
    "author": ("góp ý", "remarks"),
    "reviewer": ("duyệt", "approves"),
    "publisher": ("dừng, gỡ, quyết định", "stops, takes down, decides"),
    "admin": ("quản trị", "administers"),
}


def role_name(role: str, lang: Lang = "vi") -> str:
    """What somebody may do, as people say it."""
    return ROLE_NAMES[role][lang == "en"]


def state_name(state: State, lang: Lang = "vi") -> str:
    """A state as people say it."""
    vi, en, _ = STATE_NAMES[state]
    return en if lang == "en" else vi


def action_title(action: Action, title: str, lang: Lang = "vi") -> str:
    """The title of an item, and before it what is done to its post."""
    vi, en = ACTION_NAMES.get(action, ("", ""))
    name = en if lang == "en" else vi
    return f"{name}: {title}" if name else title


def tone(state: State) -> Tone:
    """How a state is to be taken: done, on its way, waiting for a person's approval, in trouble, or put aside."""
    return STATE_NAMES[state][2]


_CHANNELS: Mapping[str, tuple[str, str]] = {
    "zalo-broadcast": ("Zalo (gửi bài)", "Zalo broadcast"),
    "youtube": ("YouTube", "YouTube"),
    "tiktok": ("TikTok", "TikTok"),
    "portal": ("Cổng thông tin", "Portal"),
    "loudspeaker": ("Loa truyền thanh", "Loudspeakers"),
    "radio-tv": ("Phát thanh, truyền hình", "Radio, television"),
    "print": ("In ấn, niêm yết", "Print"),
    "visit": ("Đến từng nhà", "Door to door"),
    "letter": ("Công văn", "Letters"),
}
"""Short names that the id alone does not give."""


def channel_name(channel: str, lang: Lang = "vi") -> str:
    """A channel as a heading: Facebook, Zalo, X, SMS, Loa truyền thanh."""
    if channel in _CHANNELS:
        return _CHANNELS[channel][lang == "en"]
    return channel.upper() if len(channel) <= len("sms") else channel.capitalize()
