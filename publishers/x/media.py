"""Uploading to X: a picture in one call, a clip in pieces. Uploads are harmless to repeat."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from loa.delivery import Attachment, Refused
from publishers.common import halt
from publishers.http import Answer

PIECE = 2 * 1024 * 1024
LONGEST_ALT = 1000
MOST_CHECKS = 30
LONGEST_WAIT = 10.0
Ask = Callable[..., Answer]


class Uploader:
    """Gives an attachment's media id and media key. ``ask`` ends the sending by itself when a step fails."""

    def __init__(self, ask: Ask, wait: Callable[[float], None] = time.sleep) -> None:
        self._ask = ask
        self._wait = wait

    def upload(self, item: Attachment) -> tuple[str, str]:
        if len(item.alt_text) > LONGEST_ALT:
            halt(Refused("E613", f"alt {len(item.alt_text)} > {LONGEST_ALT}", "content"))
        media, key = self._clip(item) if item.kind == "clip" else self._picture(item)
        if item.alt_text:
            alt = {"alt_text": {"text": item.alt_text}}
            self._ask("POST", "/2/media/metadata", json={"id": media, "metadata": alt})
        return media, key

    def _picture(self, item: Attachment) -> tuple[str, str]:
        data = base64.b64encode(item.path.read_bytes()).decode()
        body = {"media": data, "media_category": "tweet_image", "media_type": item.media_type}
        return _ids(self._ask("POST", "/2/media/upload", json=body))

    def _clip(self, item: Attachment) -> tuple[str, str]:
        size = item.path.stat().st_size
        begin = {"media_type": item.media_type, "total_bytes": size, "media_category": "tweet_video"}
        media, _ = _ids(self._ask("POST", "/2/media/upload/initialize", json=begin))
        with item.path.open("rb") as film:
            for number, piece in enumerate(iter(lambda: film.read(PIECE), b"")):
                body = {"media": base64.b64encode(piece).decode(), "segment_index": number}
                self._ask("POST", f"/2/media/upload/{media}/append", json=body)
        return self._processed(self._ask("POST", f"/2/media/upload/{media}/finalize"))

    def _processed(self, answer: Answer) -> tuple[str, str]:
        """Wait until X has digested the clip: a post with a clip in processing is refused."""
        media, key = _ids(answer)
        for _ in range(MOST_CHECKS):
            progress = _data(answer).get("processing_info") or {}
            state = progress.get("state", "succeeded")
            if state == "succeeded":
                return media, key
            if state == "failed":
                halt(Refused("E609", str((progress.get("error") or {}).get("name", "failed")), "content"))
            self._wait(min(float(progress.get("check_after_secs", 1)), LONGEST_WAIT))
            answer = self._ask("GET", "/2/media/upload", params={"command": "STATUS", "media_id": media})
        return media, key


def _data(answer: Answer) -> dict[str, Any]:
    data = (answer.json() or {}).get("data")
    return data if isinstance(data, dict) else {}


def _ids(answer: Answer) -> tuple[str, str]:
    data = _data(answer)
    return str(data.get("id", "")), str(data.get("media_key", ""))
