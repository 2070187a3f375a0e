"""The symbol of each channel, of those in ``static/icons.svg``."""

from __future__ import annotations

_SYMBOLS = {
    "facebook": "facebook",
    "zalo": "zalo",
    "zalo-broadcast": "zalo",
    "x": "x",
    "sms": "sms",
    "youtube": "video",
    "tiktok": "video",
    "print": "paper",
    "letter": "paper",
    "loudspeaker": "loudspeaker",
}


def icon_of(channel: str) -> str:
    """The name of the symbol; a task for a person where the channel has none of its own."""
    return _SYMBOLS.get(channel, "task")
