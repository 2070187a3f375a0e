"""Which small picture stands for a delivery or an asset, and which symbol for a channel."""

from __future__ import annotations

from loa.dispatch import AttachmentView, DeliveryView


def small_picture(each: AttachmentView | None, width: int = 160) -> str:
    """The address of a small picture of an asset; empty where it has none."""
    if each is None:
        return ""
    source = each.preview or (each.path if each.kind == "picture" else None)
    return f"/thumb/{each.sha256}/{width}" if source is not None and source.is_file() else ""


def first_picture(view: DeliveryView, width: int = 160) -> str:
    """The address of the small picture that a delivery is known by; empty where it has none."""
    return next(filter(None, (small_picture(each, width) for each in (*view.attachments, *view.besides))), "")


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
    "radio-tv": "loudspeaker",
}


def channel_icon(channel: str) -> str:
    """The symbol in ``static/icons.svg`` that stands for a channel; a task where it has none of its own."""
    return _SYMBOLS.get(channel, "task")
