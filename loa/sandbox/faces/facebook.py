"""An imitation of the Graph API for Pages: posts, photos, videos, Reels, comments, captions, figures and tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.sandbox.faces.facebook_clips import Clips
from loa.sandbox.faces.facebook_meter import Usage
from loa.sandbox.faces.facebook_pages import NAME, Pages
from loa.sandbox.faces.facebook_posts import Posts
from loa.sandbox.faces.facebook_talk import Talk
from loa.sandbox.faces.facebook_tokens import Tokens
from loa.sandbox.faces.graph import (
    Refusal,
    check_version,
    graph_error,
    still_processing,
    throttled,
    throttled_613,
    token_expired,
    transient,
)
from loa.sandbox.faces.graph_call import Call, read_call
from loa.sandbox.journal import Effect
from loa.sandbox.world import World

METHODS = ["GET", "POST", "DELETE"]
Work = Callable[[Call], Response]


class Facebook:
    """All Pages of this sandbox."""

    name = NAME

    def __init__(self, world: World) -> None:
        self._pages = Pages(world)
        self._tokens = Tokens(self._pages)
        self._usage = Usage()
        clips = Clips(self._pages)
        self._bytes = clips.bytes
        self._own = self._nobodys()
        self._work = self._edges(Posts(self._pages), clips, Talk(self._pages))
        self.answers: dict[str, Callable[[], Response]] = {
            "429": throttled,
            "token_expired": token_expired,
            "slow_verify": still_processing,
            "throttled_613": throttled_613,
            "transient": transient,
            "wrong_offset": clips.lost_place,
        }

    def routes(self) -> list[Route]:
        base = f"/{NAME}/{{version}}/{{object}}"
        upload = f"/{NAME}/rupload/video-upload/{{version}}/{{object}}"
        return [
            Route(upload, self._door(self._upload), methods=["POST"]),
            Route(f"{base}/{{edge}}", self._door(self._answer), methods=METHODS),
            Route(base, self._door(self._answer), methods=METHODS),
        ]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public."""
        self._pages.remember(effect)

    def _nobodys(self) -> dict[tuple[str, str, str], Work]:
        """What belongs to no Page: (verb, object, edge)."""
        tokens = self._tokens
        return {
            ("GET", "debug_token", ""): tokens.debug,
            ("GET", "me", ""): tokens.me,
            ("GET", "me", "accounts"): tokens.accounts,
            ("GET", "me", "permissions"): tokens.permissions,
        }

    def _edges(self, posts: Posts, clips: Clips, talk: Talk) -> dict[tuple[str, str], Work]:
        """(verb, edge) → what answers it; the empty edge is the object itself."""
        return {
            ("POST", "feed"): posts.feed,
            ("POST", "photos"): posts.photo,
            ("POST", "videos"): clips.video,
            ("POST", "video_reels"): clips.reel,
            ("POST", "captions"): talk.captions,
            ("POST", "comments"): talk.comment,
            ("POST", ""): posts.change,
            ("DELETE", ""): posts.delete,
            ("GET", ""): posts.one,
            ("GET", "published_posts"): posts.published,
            ("GET", "posts"): posts.published,
            ("GET", "feed"): posts.everything,
            ("GET", "scheduled_posts"): posts.scheduled,
            ("GET", "video_reels"): posts.reels,
            ("GET", "videos"): posts.videos,
            ("GET", "captions"): talk.list_captions,
            ("GET", "comments"): talk.comments,
            ("GET", "insights"): talk.insights,
            ("GET", "video_insights"): talk.video_insights,
        }

    def _door(self, work: Work) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            call = await read_call(request)
            try:
                check_version(call.version)
                return work(call)
            except Refusal as refusal:
                return refusal.answer

        return answer

    def _answer(self, call: Call) -> Response:
        """Whose Page it is, whether the token may, whether calls are left, and then the work."""
        if own := self._own.get((call.method, call.object, call.edge)):
            return own(call)
        self._pages.ripen()
        page, now = self._pages.owner(call.object), self._pages.now()
        self._tokens.admit(call, page)
        answer = self._usage.refusal(page, call.token, now)
        if answer is None:
            self._usage.count(page, now)
            answer = self._done(call)
        return self._usage.mark(answer, page, call.token, now)

    def _done(self, call: Call) -> Response:
        work = self._work.get((call.method, call.edge))
        if work is None:
            return graph_error(2500, f"Unknown path components: /{call.edge}")
        try:
            return work(call)
        except Refusal as refusal:
            return refusal.answer

    def _upload(self, call: Call) -> Response:
        self._tokens.admit_bytes(call, self._pages.owner(call.object))
        return self._bytes(call)
