"""Reading a Page back to decide a doubtful sending: by photo id, by video id, or by text and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loa.clock import Clock
from loa.delivery import Absent, CannotTell, Found, LookUp, Message, Receipt
from loa.text import nfc
from publishers.http import Answer

SKEW = timedelta(minutes=2)
PAGES = 4
OK = 200
POST_FIELDS = "id,message,created_time,permalink_url,is_published,application"


class _Unreadable(Exception):  # noqa: N818 - a named outcome
    pass


class Reading:
    """One look at a Page. ``graph`` asks the Graph API and gives its answer."""

    def __init__(self, graph: Callable[..., Answer], page: str, web_host: str, clock: Clock) -> None:
        self._graph = graph
        self._page = page
        self._web = web_host
        self._clock = clock

    def look_up(self, message: Message, text: str, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        try:
            if hint.get("photos"):
                return self._by_photo(hint["photos"].split(",")[0])
            if hint.get("video"):
                return self._by_video(hint["video"])
            if any(item.kind == "clip" for item in message.attachments):
                return self._by_words("video_reels", "id,description,created_time,updated_time", text, sent_at)
            return self._by_words("published_posts", POST_FIELDS, text, sent_at)
        except _Unreadable as problem:
            return CannotTell(f"E631 {problem}")

    def _by_photo(self, photo: str) -> LookUp:
        found = self._ask(photo, {"fields": "id,page_story_id"})
        story = found.get("page_story_id")
        return Found(self._receipt(story)) if isinstance(story, str) and story else Absent()

    def _by_video(self, video: str) -> LookUp:
        found = self._ask(video, {"fields": "id,status,published,post_id"})
        phase = (found.get("status") or {}).get("publishing_phase") or {}
        if phase.get("status") in {None, "not_started"} and found.get("published") is not True:
            return Absent()
        return Found(self._reel(video))

    def _by_words(self, edge: str, fields: str, text: str, sent_at: datetime) -> LookUp:
        """Same words inside the window. Two of them: only a person can say which is which."""
        wanted = _plain(text)
        since = sent_at - SKEW
        same = [
            post
            for post in self._newest(edge, fields, since)
            if _plain(str(post.get("message", post.get("description", "")))) == wanted
        ]
        if len(same) > 1:
            return CannotTell("E632", final=True)
        receipt = self._reel if edge == "video_reels" else self._receipt
        return Found(receipt(str(same[0]["id"]))) if same else Absent()

    def _newest(self, edge: str, fields: str, since: datetime) -> Iterator[dict[str, Any]]:
        """Entries made at or after ``since``. A Page with more than we may page through cannot be told."""
        cursor: dict[str, str] = {}
        for _ in range(PAGES):
            found = self._ask(f"{self._page}/{edge}", {"fields": fields, "limit": "25", **cursor})
            entries = found.get("data")
            if not isinstance(entries, list):
                raise _Unreadable("no data")
            for entry in entries:
                if _made(entry) < since:
                    return
                yield entry
            paging = found.get("paging") or {}
            if not paging.get("next"):
                return
            cursor = {"after": str((paging.get("cursors") or {}).get("after", ""))}
        raise _Unreadable("too many posts since then")

    def _ask(self, path: str, params: dict[str, str]) -> dict[str, Any]:
        answer = self._graph("GET", path, params=params)
        found = answer.json()
        if answer.status != OK or found is None or "error" in found:
            raise _Unreadable(f"HTTP {answer.status}")
        return found

    def _receipt(self, post: str) -> Receipt:
        return Receipt(post, f"{self._web}/{post}")

    def _reel(self, video: str) -> Receipt:
        return Receipt(video, f"{self._web}/reel/{video}", {"video": video})


def _plain(text: str) -> str:
    return nfc(text).replace("\r\n", "\n").rstrip()


def _made(entry: Mapping[str, Any]) -> datetime:
    words = str(entry.get("created_time") or entry.get("updated_time") or "")
    try:
        return datetime.strptime(words, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        raise _Unreadable(f"time {words[:30]!r}") from None
