"""X's media: one call or pieces, processing, alt texts and subtitles; everything is forgotten after a day."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.x_call import Call
from loa.sandbox.faces.x_problems import Refusal, invalid
from loa.sandbox.media import media_type
from loa.sandbox.world import World

MEDIA_LIFE = 86_400
MAX_ALT = 1000
MAX_SEGMENT = 999
PICTURE, GIF, CLIP, TEXT = "tweet_image", "tweet_gif", "tweet_video", "subtitles"
CATEGORIES: Mapping[str, tuple[str, int, tuple[str, ...]]] = {
    PICTURE: ("3", 5_000_000, ("image/jpeg", "image/png", "image/webp", "image/gif")),
    GIF: ("16", 15_000_000, ("image/gif",)),
    CLIP: ("13", 512_000_000, ("video/mp4",)),
    "amplify_video": ("13", 512_000_000, ("video/mp4",)),
    TEXT: ("29", 1_000_000, ("text/srt", "text/vtt")),
}
"""Category → the first part of its media key, most bytes, and the types that belong to it."""
CLIPS = frozenset({CLIP, "amplify_video"})
TARGETS = {"TweetVideo": CLIP, "AmplifyVideo": "amplify_video"}


@dataclass
class Media:
    """An upload; in pieces until it is finalized."""

    id: str
    account: str
    category: str
    made: datetime
    type: str = ""
    total: int = 0
    pieces: dict[int, bytes] = field(default_factory=dict)
    sha256: str = ""
    looks: int = 0
    digested: bool = False
    alt: str = ""
    subtitles: dict[str, str] = field(default_factory=dict)
    """Language code → SHA-256 of the track."""

    @property
    def key(self) -> str:
        return f"{CATEGORIES[self.category][0]}_{self.id}"


class Library:
    """The uploads of all accounts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._media: dict[str, Media] = {}

    def for_post(self, media_id: str, account: str) -> Media:
        """An upload that a post may carry."""
        media = self._media.get(media_id)
        if media is None or media.account != account or not media.digested or not self._alive(media):
            raise invalid("media.media_ids", media_id, "Your media IDs are invalid.")
        if media.category == TEXT:
            raise invalid("media.media_ids", media_id, "Subtitles cannot be posted.")
        return media

    def upload(self, call: Call) -> Response:
        """One call for the whole file, or the older form with a command."""
        command = call.values.get("command", "").upper()
        if command == "INIT":
            return self.initialize(call)
        if command in {"APPEND", "FINALIZE"}:
            return self.append(call) if command == "APPEND" else self.finalize(call)
        media = self._made(call, len(_bytes(call)))
        self._finish(media, _bytes(call))
        return JSONResponse({"data": self._shown(media)})

    def initialize(self, call: Call) -> Response:
        size = call.values.get("total_bytes", "")
        if not size.isdecimal() or int(size) == 0:
            raise invalid("total_bytes", size, "total_bytes is missing.")
        media = self._made(call, int(size))
        if media.type not in CATEGORIES[media.category][2]:
            raise invalid("media_type", media.type, "The media type does not belong to the category.")
        return JSONResponse({"data": _named(media)})

    def append(self, call: Call) -> Response:
        media = self._mine(call)
        index = call.values.get("segment_index", "")
        if not index.isdecimal() or int(index) > MAX_SEGMENT or media.sha256:
            raise invalid("segment_index", index, "segment_index is not in range.")
        media.pieces[int(index)] = _bytes(call)
        return JSONResponse({"data": {"expires_at": int(media.made.timestamp()) + MEDIA_LIFE}})

    def finalize(self, call: Call) -> Response:
        media = self._mine(call)
        data = b"".join(media.pieces[number] for number in sorted(media.pieces))
        if sorted(media.pieces) != list(range(len(media.pieces))) or len(data) != media.total or media.sha256:
            raise invalid("id", media.id, "Segments do not add up to total bytes.")
        self._finish(media, data)
        return JSONResponse({"data": self._shown(media)})

    def status(self, call: Call) -> Response:
        if call.values.get("command", "STATUS") != "STATUS":
            raise invalid("command", call.values["command"], "command is not STATUS.")
        media = self._mine(call)
        if not media.sha256:
            raise invalid("media_id", media.id, "The upload is not finalized.")
        media.looks += 1
        media.digested = media.digested or media.looks > 1
        return JSONResponse({"data": self._shown(media)})

    def metadata(self, call: Call) -> Response:
        media = self._mine(call)
        given = call.json.get("metadata") or {}
        alt = (given.get("alt_text") or {}).get("text", "")
        if not isinstance(alt, str) or len(alt) > MAX_ALT:
            raise invalid("metadata.alt_text.text", len(alt), f"alt text is longer than {MAX_ALT}.")
        media.alt = alt
        return JSONResponse({"data": {"id": media.id, "associated_metadata": given}})

    def subtitles(self, call: Call) -> Response:
        clip, given = self._mine(call), call.json.get("subtitles") or {}
        track = self._media.get(str(given.get("id", "")))
        target = str(call.json.get("media_category", ""))
        if clip.category not in CLIPS or TARGETS.get(target) != clip.category:
            raise invalid("media_category", target, "Subtitles belong to a video.")
        if track is None or track.account != call.account or track.category != TEXT or not track.sha256:
            raise invalid("subtitles.id", given.get("id"), "The subtitles were not uploaded.")
        clip.subtitles[str(given.get("language_code", ""))] = track.sha256
        return JSONResponse({"data": {"id": clip.id, "media_category": target, "associated_subtitles": given}})

    def _made(self, call: Call, size: int) -> Media:
        category = call.values.get("media_category", "")
        if category not in CATEGORIES:
            raise invalid("media_category", category, "The media category is unknown.")
        if not 0 < size <= CATEGORIES[category][1]:
            raise invalid("total_bytes", size, f"File size exceeds {CATEGORIES[category][1]} bytes.")
        media = Media(call.new_id(), call.account, category, self._world.clock.now())
        media.type, media.total = call.values.get("media_type", ""), size
        self._media[media.id] = media
        return media

    def _finish(self, media: Media, data: bytes) -> None:
        """Look at the bytes, not at the name; clips are digested in steps."""
        kind = _text_type(data) if media.category == TEXT else media_type(data)
        if kind not in CATEGORIES[media.category][2] or (media.type and media.type != kind):
            raise invalid("media", media.type, "media type unrecognized.")
        media.sha256 = hashlib.sha256(data).hexdigest()
        media.total = len(data)
        media.pieces.clear()
        stored = media_type(data)
        if media.category != TEXT and stored:
            self._world.media.keep(data, stored)
        # Under a simulated clock nobody waits: the clip is digested at once, which X does for short ones too.
        media.digested = media.category not in CLIPS or self._world.simulated

    def _mine(self, call: Call) -> Media:
        number = call.path.get("id") or call.values.get("media_id") or str(call.json.get("id", ""))
        media = self._media.get(number)
        if media is None or media.account != call.account or not self._alive(media):
            raise Refusal(404, "The media was not found.", "resource-not-found")
        return media

    def _alive(self, media: Media) -> bool:
        return self._world.clock.now() - media.made < timedelta(seconds=MEDIA_LIFE)

    def _shown(self, media: Media) -> dict[str, Any]:
        progress: dict[str, Any] = {}
        if media.category in CLIPS and not (media.digested and self._world.simulated):
            state = "succeeded" if media.digested else ("in_progress" if media.looks else "pending")
            progress = {
                "processing_info": {"state": state, "check_after_secs": 1, "progress_percent": media.looks * 50}
            }
        return _named(media) | {"size": media.total} | progress


def _named(media: Media) -> dict[str, Any]:
    return {"id": media.id, "media_key": media.key, "expires_after_secs": MEDIA_LIFE}


def _bytes(call: Call) -> bytes:
    """A file part of a form, or base64 in JSON."""
    if call.files:
        return call.files[0]
    try:
        return base64.b64decode(call.values.get("media", ""), validate=True)
    except binascii.Error:
        raise invalid("media", "", "media is not base64.") from None


def _text_type(data: bytes) -> str | None:
    lines = data.decode("utf-8", "replace").lstrip("\ufeff").split("\n")
    if lines[0].startswith("WEBVTT"):
        return "text/vtt"
    return "text/srt" if any("-->" in line for line in lines[:3]) else None
