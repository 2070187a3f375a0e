"""The imitation Zalo fetches the pictures of an article by itself, from this sandbox's own ``/media/`` only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.requests import Request

from loa.sandbox.faces.zalo_call import BAD, Refusal
from loa.sandbox.faces.zalo_uploads import Uploads
from loa.sandbox.media import media_type
from loa.sandbox.world import World

MAX_PICTURE = 1_000_000
PUBLIC_NAME = re.compile(r"/media/((?:[A-Za-z0-9._~%-]+/)*[A-Za-z0-9._~%-]+)")


class Fetcher:
    """Brings the media of a payload in."""

    def __init__(self, world: World, uploads: Uploads) -> None:
        self._world = world
        self._uploads = uploads

    def fetch(self, request: Request, payload: Mapping[str, Any]) -> tuple[str, ...] | None:
        """The SHA-256 of everything that the payload shows, in order; None when a picture cannot be had."""
        found: list[str] = []
        for kind, value in _media(payload):
            taken = self._uploads.clip(value) if kind == "clip" else self._picture(request, value)
            if taken is None:
                return None
            if taken not in found:
                found.append(taken)
        return tuple(found)

    def videos(self, payload: Mapping[str, Any]) -> dict[str, str]:
        """The clips of a payload: id → SHA-256."""
        return {value: self._uploads.clip(value) or "" for kind, value in _media(payload) if kind == "clip"}

    def _picture(self, request: Request, url: str) -> str | None:
        place = self._public(request, url)
        data = place.read_bytes() if place is not None and place.is_file() else b""
        kind = media_type(data)
        if kind not in {"image/jpeg", "image/png"} or len(data) >= MAX_PICTURE:
            return None
        return self._world.media.keep(data, kind)

    def _public(self, request: Request, url: str) -> Path | None:
        """The file behind an address of this sandbox's own ``/media/``; it fetches from nowhere else."""
        if not url.isascii() or " " in url:
            raise Refusal(BAD, "photo_url is invalid")
        parts = urlsplit(url)
        name = PUBLIC_NAME.fullmatch(parts.path)
        if name is None or parts.netloc != request.url.netloc or self._world.public is None:
            return None
        place = (self._world.public / unquote(name[1])).resolve()
        return place if place.is_relative_to(self._world.public.resolve()) else None


def _media(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every medium of a payload as (picture or clip, its address or id), in the order of the article."""
    if payload["type"] == "video":
        return [("clip", str(payload["video_id"])), ("picture", payload["avatar"])]
    cover = payload["cover"]
    first = ("picture", cover["photo_url"]) if cover["cover_type"] == "photo" else ("clip", str(cover["video_id"]))
    found = [first]
    for item in payload["body"]:
        if item["type"] == "image":
            found.append(("picture", item["url"]))
        elif item["type"] == "video" and item.get("video_id"):
            found += [("clip", str(item["video_id"])), ("picture", item["thumb"])]
    return found
