"""An article as Zalo's interface wants it, from a message and the addresses of its media."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loa.delivery import Attachment, Message, Refused
from loa.text import nfc, shorten
from publishers.common import whole_text
from publishers.zalo.cards import CARD, YES

AUTHOR = 50
PIXELS = {True: "horizontal", False: "vertical"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One medium as Zalo can have it: a picture's address, or a clip's id at Zalo."""

    item: Attachment
    url: str = ""
    video_id: str = ""


def option_problem(message: Message) -> Refused | None:
    """An option with a value that the channel does not know, or a video article without its two media."""
    for option in CARD.options:
        value = message.options.get(option.name, "")
        if value and option.accepted and value not in option.accepted:
            return Refused("E659", f"{option.name}: {value}", "content")
    link = message.options.get("tracking_link", "")
    if link and not link.startswith("https://"):
        return Refused("E659", f"tracking_link: {link}", "content")
    kinds = {item.kind for item in message.attachments}
    if kind_of(message) == "video" and kinds != {"picture", "clip"} and message.attachments:
        return Refused("E659", "article: video (picture + clip)", "content")
    return None


def kind_of(message: Message) -> str:
    """``normal`` or ``video``."""
    return message.options.get("article", "") or "normal"


def hidden_first(message: Message, *, by_default: bool) -> bool:
    """Whether a person must say yes before citizens see the article; the campaign's word goes before the account's."""
    wanted = message.options.get("hidden_first", "")
    return wanted in YES if wanted else by_default


def article(message: Message, author: str, shown: Sequence[Shown], status: str) -> dict[str, Any]:
    """The whole payload of create and update. ``status``: show or hide."""
    made = _video(message, shown) if kind_of(message) == "video" else _normal(message, author, shown)
    options = message.options
    made |= {"status": status, "comment": options.get("comments") or "show"}
    if link := options.get("tracking_link"):
        made["tracking_link"] = link
    return made


def _normal(message: Message, author: str, shown: Sequence[Shown]) -> dict[str, Any]:
    first, *rest = shown
    pictures = [each.url for each in shown if each.url]
    return {
        "type": "normal",
        "title": nfc(message.title),
        "author": shorten(author, AUTHOR),
        "cover": {**_cover(first), "status": message.options.get("cover") or "show"},
        "description": description(message),
        "body": [*texts(message), *(_body_item(each, pictures) for each in rest)],
    }


def _video(message: Message, shown: Sequence[Shown]) -> dict[str, Any]:
    return {
        "type": "video",
        "title": nfc(message.title),
        "description": description(message),
        "video_id": next(each.video_id for each in shown if each.video_id),
        "avatar": next(each.url for each in shown if each.url),
    }


def _cover(first: Shown) -> dict[str, str]:
    if first.url:
        return {"cover_type": "photo", "photo_url": first.url}
    width, height = first.item.width, first.item.height
    view = "square" if width == height else PIXELS[width > height]
    return {"cover_type": "video", "cover_view": view, "video_id": first.video_id}


def _body_item(each: Shown, pictures: Sequence[str]) -> dict[str, str]:
    if each.url:
        return {"type": "image", "url": each.url, "caption": each.item.alt_text}
    # A clip that is not the cover follows a picture, which is the cover: its still.
    return {"type": "video", "video_id": each.video_id, "thumb": pictures[0]}


def texts(message: Message) -> list[dict[str, str]]:
    """One text item a paragraph: Zalo takes no line breaks inside one."""
    return [{"type": "text", "content": line} for line in _paragraphs(message)]


def description(message: Message) -> str:
    """The summary, else the beginning of the text."""
    return shorten(nfc(message.summary or " ".join(_paragraphs(message))), CARD.max_summary)


def _paragraphs(message: Message) -> list[str]:
    return [line.strip() for line in whole_text(message).split("\n") if line.strip()]


def with_media_of(old: Mapping[str, Any], message: Message, author: str, status: str) -> dict[str, Any]:
    """Other words for an article whose pictures and clips stay as they are."""
    made: dict[str, Any] = {"type": old.get("type"), "title": nfc(message.title), "description": description(message)}
    if made["type"] == "video":
        made |= {name: old.get(name) for name in ("video_id", "avatar")}
    else:
        kept = [each for each in old.get("body") or [] if isinstance(each, dict) and each.get("type") != "text"]
        made |= {"author": shorten(author, AUTHOR), "cover": old.get("cover"), "body": [*texts(message), *kept]}
    if link := message.options.get("tracking_link") or old.get("tracking_link"):
        made["tracking_link"] = link
    return made | {"status": status, "comment": message.options.get("comments") or old.get("comment") or "show"}
