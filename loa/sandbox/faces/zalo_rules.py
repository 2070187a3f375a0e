"""The Article API's own rules, as its documents and its refusals tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loa.sandbox.faces.zalo_call import BAD, Refusal
from loa.sandbox.faces.zalo_uploads import Uploads

LONGEST = {"title": 149, "author": 50, "description": 300}
"""A title of exactly 150 is refused, whatever the documents say."""
VIEWS = frozenset({"horizontal", "vertical", "square"})
SWITCH = frozenset({"show", "hide"})


def check(payload: Mapping[str, Any], uploads: Uploads) -> None:
    """Refuse a payload of ``create`` or ``update`` that Zalo would refuse."""
    kind = payload.get("type")
    if kind not in {"normal", "video"}:
        raise Refusal(BAD, "type is invalid")
    for name in ("title", "description") if kind == "video" else ("title", "author", "description"):
        value = payload.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= LONGEST[name]:
            raise Refusal(BAD, f"{name} is invalid")
    for name in ("status", "comment"):
        if payload.get(name, "show") not in SWITCH:
            raise Refusal(BAD, f"{name} is invalid")
    if kind == "video":
        _check_video(payload, uploads)
    else:
        _check_cover(payload.get("cover"), uploads)
        _check_body(payload.get("body"), uploads)


def _check_video(payload: Mapping[str, Any], uploads: Uploads) -> None:
    if uploads.clip(payload.get("video_id")) is None:
        raise Refusal(BAD, "video_id is invalid")
    if not isinstance(payload.get("avatar"), str):
        raise Refusal(BAD, "avatar is invalid")


def _check_cover(cover: object, uploads: Uploads) -> None:
    if not isinstance(cover, dict) or cover.get("status", "show") not in SWITCH:
        raise Refusal(BAD, "cover is invalid")
    is_photo = cover.get("cover_type") == "photo" and isinstance(cover.get("photo_url"), str)
    is_video = cover.get("cover_type") == "video" and cover.get("cover_view") in VIEWS
    if not is_photo and not (is_video and uploads.clip(cover.get("video_id"))):
        raise Refusal(BAD, "cover is invalid")


def _check_body(body: object, uploads: Uploads) -> None:
    if not isinstance(body, list) or not body:
        raise Refusal(BAD, "body is invalid")
    if not all(isinstance(item, dict) and _is_item(item, uploads) for item in body):
        raise Refusal(BAD, "body is invalid")


def _is_item(item: Mapping[str, Any], uploads: Uploads) -> bool:
    kind = item.get("type")
    if kind == "text":
        return _is_line(item.get("content"))
    if kind == "image":
        return _is_line(item.get("url"))
    if kind == "video":
        has_clip = uploads.clip(item.get("video_id")) is not None
        return (has_clip or _is_line(item.get("url"))) and _is_line(item.get("thumb"))
    return kind == "product" and bool(item.get("id"))


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\n" not in value
