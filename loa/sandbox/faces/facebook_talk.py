"""What hangs on a post: its comments, a clip's captions, and the figures of both."""

from __future__ import annotations

import hashlib
import re
from zlib import crc32

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.facebook_pages import Pages
from loa.sandbox.faces.graph import Refusal, done, page_of, select
from loa.sandbox.faces.graph_call import Call
from loa.sandbox.faces.graph_things import COMMENT_FIELDS, Comment, Photo, Video

MAX_CAPTIONS = 200 * 1024
SRT_NAME = re.compile(r".+\.([a-z]{2}_[A-Z]{2})\.srt")
SRT_TIMES = re.compile(r"^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}", re.MULTILINE)
REACTIONS = ("like", "love", "wow", "haha", "sorry", "anger")
POST_METRICS = frozenset(
    {
        "post_media_view",
        "post_total_media_view_unique",
        "post_clicks",
        "post_clicks_by_type",
        "post_reactions_by_type_total",
        "post_activity_by_action_type",
        "post_video_views",
        *(f"post_reactions_{name}_total" for name in REACTIONS),
    }
)
REEL_METRICS = frozenset({"post_media_view", "post_total_media_view_unique", "post_video_views", "post_clicks"}) | {
    "blue_reels_play_count",
    "post_video_avg_time_watched",
    "post_video_social_actions",
}


class Talk:
    """The edges ``comments``, ``captions``, ``insights`` and ``video_insights``."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def comment(self, call: Call) -> Response:
        """``POST /{post}/comments``."""
        target = self._pages.get(call.object)
        words = call.values.get("message", "")
        if not words or isinstance(target, Photo):
            raise Refusal(100, "(#100) message is required")
        number = self._pages.new_id()
        comment = Comment(f"{target.id.rpartition('_')[2]}_{number}", target.page, target.id, words, self._pages.now())
        self._pages.say(comment)
        return JSONResponse({"id": comment.id})

    def comments(self, call: Call) -> Response:
        """``GET /{post}/comments``: oldest first, unless asked otherwise."""
        target = self._pages.get(call.object)
        own = [each.shown() for each in self._pages.comments.values() if each.target == target.id]
        rows = own[::-1] if call.values.get("order") == "reverse_chronological" else own
        return page_of(call, [select(row, call, COMMENT_FIELDS, ("created_time", "from", "message")) for row in rows])

    def captions(self, call: Call) -> Response:
        """``POST /{video}/captions``: an SRT file whose name carries its locale."""
        video = self._video(call)
        part = next((each for each in call.files if each.name == "captions_file"), None)
        if part is None:
            raise Refusal(387, "(#387) There was a problem uploading your captions file.")
        found = SRT_NAME.fullmatch(part.filename)
        if found is None:
            raise Refusal(386, "(#386) The captions file has an incorrect file name.")
        if len(part.data) > MAX_CAPTIONS or not SRT_TIMES.search(part.data.decode("utf-8", "replace")):
            raise Refusal(385, "(#385) The captions file you selected is in a format that we don't support.")
        if found[1] in video.captions:
            raise Refusal(482, "(#482) The video already has captions for the specified locale.")
        video.captions[found[1]] = hashlib.sha256(part.data).hexdigest()
        return done()

    def list_captions(self, call: Call) -> Response:
        """``GET /{video}/captions``."""
        video = self._video(call)
        rows = [{"locale": locale, "locale_name": locale, "is_default": False} for locale in video.captions]
        return JSONResponse({"data": rows})

    def insights(self, call: Call) -> Response:
        """``GET /{post}/insights``."""
        return self._figures(call, POST_METRICS)

    def video_insights(self, call: Call) -> Response:
        """``GET /{video}/video_insights``."""
        self._video(call)
        return self._figures(call, REEL_METRICS)

    def _figures(self, call: Call, known: frozenset[str]) -> Response:
        """One bad metric fails the whole question."""
        target = self._pages.get(call.object)
        names = names_in(call.values.get("metric", ""))
        if not names:
            raise Refusal(3001, "(#3001) No metric was specified to be fetched.", subcode=1504028)
        if any(name not in known for name in names):
            raise Refusal(100, "(#100) The value must be a valid insights metric")
        rows = [
            {
                "id": f"{target.id}/insights/{name}/lifetime",
                "name": name,
                "period": "lifetime",
                "title": name,
                "description": name,
                "values": [{"value": _value(target.id, name)}],
            }
            for name in names
        ]
        return JSONResponse({"data": rows, "paging": {}})

    def _video(self, call: Call) -> Video:
        found = self._pages.get(call.object)
        if not isinstance(found, Video):
            raise Refusal(100, "(#100) This object is no video")
        return found


def names_in(words: str) -> list[str]:
    """A list in either of its forms: with commas, or as JSON."""
    return [name for name in re.split(r"[\[\],\s\"]+", words) if name]


def _value(target: str, name: str) -> int | dict[str, int]:
    """Some figure, always the same for the same thing."""
    figure = crc32(f"{target} {name}".encode()) % 900 + 100
    return {"like": figure, "love": figure // 10} if name.endswith(("_by_type_total", "_type")) else figure
