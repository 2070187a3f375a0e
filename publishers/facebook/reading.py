"""Reading a Page back to decide a doubtful sending: by photo id, by video id, or by text and time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from loa.delivery import Absent, CannotTell, Found, LookUp, Message, Receipt
from publishers.facebook.clips import FIELDS, Clips, is_out, is_reel, post_of, publishing
from publishers.facebook.graph import SOON, Graph, Unreadable, rows_of
from publishers.facebook.table import id_of, post_id_of
from publishers.facebook.words import plain, words_of
from publishers.shapes import object_in
from publishers.their_time import not_after

SKEW = timedelta(minutes=2)
PAGES = 4
POST_FIELDS = "id,message,created_time,permalink_url,is_published,application"
CLIP_FIELDS = "id,description,created_time,updated_time"
CLIP_EDGES = ("videos", "video_reels")
"""Meta has begun to make a Reel of every video: a clip may stand on either list, or on both."""


class Reading:
    """Looks for a post on the Page."""

    def __init__(self, graph: Graph, clips: Clips) -> None:
        self._graph = graph
        self._clips = clips

    def look_up(self, message: Message, sent_at: datetime, hint: Mapping[str, str]) -> LookUp:
        try:
            if hint.get("photos"):
                return self._by_photo(hint["photos"].split(",")[0])
            if hint.get("video"):
                return self._by_video(message, hint["video"])
            if any(item.kind == "clip" for item in message.attachments):
                return self._clip_by_words(message, sent_at)
            return self._by_words(message, sent_at)
        except Unreadable as problem:
            return CannotTell(f"E631 {problem}")

    def _by_photo(self, photo: str) -> LookUp:
        story = self._one(photo, "id,page_story_id").get("page_story_id")
        if story and not post_id_of(story):
            raise Unreadable("page_story_id")
        return Found(self._receipt(story)) if story else Absent()

    def _by_video(self, message: Message, video: str) -> LookUp:
        found = self._one(video, f"id,{FIELDS}")
        stands = publishing(found).get("status")
        if not is_out(found) and stands == "not_started":
            return Absent()
        if not is_out(found) and not stands:
            raise Unreadable("no publishing_phase")
        return self._clip(message, found)

    def _by_words(self, message: Message, sent_at: datetime) -> LookUp:
        """Same words inside the window. Two of them: only a person can say which is which."""
        same = list(self._same("published_posts", POST_FIELDS, "message", message, sent_at))
        if len(same) > 1:
            return CannotTell("E632", final=True)
        return Found(self._receipt(same[0])) if same else Absent()

    def _clip_by_words(self, message: Message, sent_at: datetime) -> LookUp:
        same = {
            video for edge in CLIP_EDGES for video in self._same(edge, CLIP_FIELDS, "description", message, sent_at)
        }
        if len(same) > 1:
            return CannotTell("E632", final=True)
        return self._clip(message, self._one(same.pop(), f"id,{FIELDS}")) if same else Absent()

    def _clip(self, message: Message, found: Mapping[str, Any]) -> Found:
        """A clip that Meta has taken; one that is not out yet is asked after again."""
        video, clip = str(found["id"]), message.attachments[0]
        receipt = Receipt(video, self._clips.address(video, reel=is_reel(clip)), {"video": video, **post_of(found)})
        return Found(receipt, None if is_out(found) else self._graph.clock.now() + SOON)

    def _same(self, edge: str, fields: str, words: str, message: Message, sent_at: datetime) -> Iterator[str]:
        wanted = plain(words_of(message))
        for entry in self._newest(edge, fields, sent_at - SKEW):
            if plain(str(entry.get(words, ""))) == wanted:
                yield _named(entry)

    def _newest(self, edge: str, fields: str, since: datetime) -> Iterator[dict[str, Any]]:
        """Entries made at or after ``since``, by Meta's clock. A Page with more than we may page cannot be told."""
        cursor: dict[str, str] = {}
        begun = since
        for _ in range(PAGES):
            answer = self._graph.asked(f"{self._graph.page}/{edge}", fields=fields, limit="25", **cursor)
            found = answer.json() or {}
            since = not_after(begun, answer, self._graph.clock)
            made = [(entry, _made(entry)) for entry in rows_of(found)]
            yield from (entry for entry, moment in made if moment >= since)
            paging = object_in(found, "paging")
            # A pinned or backdated post may stand before newer ones: one old entry does not end the list.
            if not paging.get("next") or (made and made[-1][1] < since):
                return
            cursor = {"after": str(object_in(paging, "cursors").get("after", ""))}
        raise Unreadable("too many posts since then")

    def _one(self, thing: str, fields: str) -> dict[str, Any]:
        """One thing by its id; an answer about anything else tells nothing."""
        found = self._graph.read(thing, fields=fields)
        if str(found.get("id")) != thing:
            raise Unreadable("no id")
        return found

    def _receipt(self, post: str) -> Receipt:
        return Receipt(post, self._graph.address(post))


def _named(entry: Mapping[str, Any]) -> str:
    if found := post_id_of(entry.get("id")) or id_of(entry.get("id")):
        return found
    raise Unreadable("no id")


def _made(entry: Mapping[str, Any]) -> datetime:
    words = str(entry.get("created_time") or entry.get("updated_time") or "")
    try:
        return datetime.strptime(words, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        raise Unreadable(f"time {words[:30]!r}") from None
