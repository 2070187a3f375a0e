"""Posts and photos: putting them out, listing them, reading one, changing its words, taking it down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.facebook_pages import Pages
from loa.sandbox.faces.graph import Refusal, done, gone, moment_of, page_of, select, truth
from loa.sandbox.faces.graph_call import Call
from loa.sandbox.faces.graph_things import (
    COMMENT_FIELDS,
    PHOTO_FIELDS,
    POST_FIELDS,
    VIDEO_FIELDS,
    Comment,
    Photo,
    Post,
    Thing,
    Video,
)
from loa.sandbox.media import media_type

MAX_PHOTO = 10_000_000
SOONEST = timedelta(minutes=10)
LATEST = timedelta(days=29)
USUAL_POST = ("created_time", "message", "id")
USUAL_VIDEO = ("description", "updated_time", "id")
FANS = 250


class Posts:
    """The edges ``feed`` and ``photos``, the lists, and the objects themselves."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def feed(self, call: Call) -> Response:
        """``POST /{page}/feed``."""
        page, message = call.object, call.values.get("message", "")
        link = call.values.get("link", "")
        photos = [self._pages.unused(photo, page) for photo in attached(call)]
        if not message and not link and not photos:
            raise Refusal(100, "(#100) One of message, link or attached_media is required.")
        if link and not link.startswith(("http://", "https://")):
            raise Refusal(100, "(#100) link is not a valid URL")
        due = self._due(call)
        if due is None and any(photo.temporary for photo in photos):
            raise Refusal(100, "(#100) A temporary photo may only go into a scheduled post")
        self._pages.refuse_repeat(page, message)
        published = truth(call.values.get("published", "true"))
        post = Post(f"{page}_{self._pages.new_id()}", page, message, self._pages.now(), photos, link, published, due)
        self._pages.publish(post)
        return JSONResponse({"id": post.id})

    def photo(self, call: Call) -> Response:
        """``POST /{page}/photos``."""
        if call.values.get("url"):
            raise Refusal(324, "(#324) This sandbox fetches nothing: send the file itself")
        if len(call.files) != 1 or media_type(data := call.files[0].data) not in {"image/jpeg", "image/png"}:
            raise Refusal(324, "(#324) Missing or invalid image file")
        if len(data) > MAX_PHOTO:
            raise Refusal(324, "(#324) Image file too large")
        sha256 = self._pages.world.media.keep(data, media_type(data) or "image/png")
        words = call.values.get("caption", "")
        photo = Photo(self._pages.new_id(), call.object, sha256, call.values.get("alt_text_custom", ""), self._now())
        photo.name, photo.temporary = words, truth(call.values.get("temporary", "false"))
        self._pages.photos[photo.id] = photo
        if not truth(call.values.get("published", "true")):
            return JSONResponse({"id": photo.id})
        post = Post(f"{call.object}_{self._pages.new_id()}", call.object, words, self._now(), [photo])
        self._pages.publish(post)
        return JSONResponse({"id": photo.id, "post_id": post.id})

    def published(self, call: Call) -> Response:
        """``GET /{page}/published_posts`` and ``/posts``."""
        return self._list(call, lambda post: post.published)

    def everything(self, call: Call) -> Response:
        """``GET /{page}/feed``: scheduled and unpublished posts too."""
        return self._list(call, lambda _: True)

    def scheduled(self, call: Call) -> Response:
        """``GET /{page}/scheduled_posts``."""
        return self._list(call, lambda post: post.due is not None)

    def reels(self, call: Call) -> Response:
        """``GET /{page}/video_reels``."""
        return self._clips(call, reel=True)

    def videos(self, call: Call) -> Response:
        """``GET /{page}/videos``."""
        return self._clips(call, reel=False)

    def one(self, call: Call) -> Response:
        """``GET /{id}``: a post, a photo, a clip, a comment, or the Page."""
        found = self._pages.find(call.object)
        if isinstance(found, Video):
            found.looks += 1 if found.finished else 0
            return JSONResponse(select(found.shown(self._now()), call, VIDEO_FIELDS, USUAL_VIDEO))
        if isinstance(found, Post):
            return JSONResponse(select(found.shown(), call, POST_FIELDS, USUAL_POST))
        if isinstance(found, Photo):
            return JSONResponse(select(found.shown(), call, PHOTO_FIELDS, ("created_time", "name")))
        if isinstance(found, Comment):
            return JSONResponse(select(found.shown(), call, COMMENT_FIELDS, USUAL_POST))
        return self._page(call)

    def change(self, call: Call) -> Response:
        """``POST /{post}`` with new words (``description`` for a clip)."""
        found = self._pages.get(call.object)
        words = call.values.get("description" if isinstance(found, Video) else "message", "")
        if not isinstance(found, Post | Video) or not words:
            raise Refusal(100, "(#100) Nothing to change")
        self._pages.revise(found, words)
        return done()

    def delete(self, call: Call) -> Response:
        """``DELETE /{id}``."""
        found: Thing = self._pages.get(call.object)
        self._pages.remove(found)
        return done()

    def _page(self, call: Call) -> Response:
        names, page = self._pages.world.names, call.object
        if "_" in page or page in self._pages.removed or (names and page not in names):
            raise gone(page)
        row = {"id": page, "name": names.get(page, f"Trang {page}"), "fan_count": FANS, "followers_count": FANS}
        row["link"] = f"https://www.facebook.com/{page}"
        return JSONResponse(select(row, call, frozenset(row), ("name",)))

    def _list(self, call: Call, wanted: Callable[[Post], bool]) -> Response:
        shown = [post.shown() for post in self._pages.of(call.object) if wanted(post)]
        return page_of(call, [select(row, call, POST_FIELDS, USUAL_POST) for row in shown])

    def _clips(self, call: Call, *, reel: bool) -> Response:
        own = [each for each in self._pages.videos.values() if each.page == call.object and each.reel is reel]
        shown = [each.shown(self._now()) for each in reversed(own) if each.finished]
        return page_of(call, [select(row, call, VIDEO_FIELDS, USUAL_VIDEO) for row in shown])

    def _due(self, call: Call) -> datetime | None:
        """The moment that a post is scheduled for; only unpublished, and inside Meta's window."""
        words = call.values.get("scheduled_publish_time", "")
        if not words:
            return None
        due = moment_of(words)
        if truth(call.values.get("published", "true")) or not SOONEST <= due - self._now() <= LATEST:
            raise Refusal(100, "(#100) The specified scheduled publish time is invalid.")
        return due

    def _now(self) -> datetime:
        return self._pages.now()


def attached(call: Call) -> list[str]:
    """Photo ids of ``attached_media``: a JSON array, or one form field each."""
    try:
        whole = json.loads(call.values.get("attached_media", "[]"))
        single = [json.loads(text) for name, text in call.values.items() if name.startswith("attached_media[")]
        return [str(item["media_fbid"]) for item in [*whole, *single]]
    except (ValueError, TypeError, KeyError):
        raise Refusal(100, "(#100) attached_media is malformed") from None
