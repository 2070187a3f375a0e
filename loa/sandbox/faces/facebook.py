"""An imitation of the Graph API for Pages: feed, photos, Reels, and reading back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import parameters
from loa.sandbox.faces.graph import (
    Photo,
    Post,
    Refusal,
    Video,
    attached,
    check_version,
    graph_time,
    page_of,
    shown_post,
    throttled,
    token_expired,
    upload_error,
)
from loa.sandbox.journal import Effect
from loa.sandbox.media import media_type
from loa.sandbox.world import World

NAME = "facebook"
REPEAT_WINDOW = timedelta(hours=1)
PHOTO_LIFE = timedelta(hours=24)
REEL_DAY = timedelta(hours=24)
REELS_A_DAY = 30
MAX_PHOTO = 10_000_000
PROCESSING = timedelta(seconds=20)


class Facebook:
    """All Pages of this sandbox."""

    name = NAME
    answers = {"429": throttled, "token_expired": token_expired}  # noqa: RUF012 - read only, one for all

    def __init__(self, world: World) -> None:
        self._world = world
        self._posts: dict[str, Post] = {}
        self._photos: dict[str, Photo] = {}
        self._videos: dict[str, Video] = {}

    def routes(self) -> list[Route]:
        base = f"/{NAME}/{{version}}/{{object}}"
        return [
            Route(f"/{NAME}/rupload/video-upload/{{version}}/{{object}}", self._door(self._bytes), methods=["POST"]),
            Route(f"{base}/feed", self._door(self._feed), methods=["POST"]),
            Route(f"{base}/photos", self._door(self._photo), methods=["POST"]),
            Route(f"{base}/video_reels", self._door(self._reel), methods=["POST"]),
            Route(f"{base}/published_posts", self._door(self._published), methods=["GET"]),
            Route(f"{base}/feed", self._door(self._published), methods=["GET"]),
            Route(f"{base}/video_reels", self._door(self._reels), methods=["GET"]),
            Route(base, self._door(self._one), methods=["GET"]),
            Route(base, self._door(self._delete), methods=["DELETE"]),
        ]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public."""
        extra, made = effect.extra, effect.moment
        if effect.kind == "reel":
            sha256 = effect.media_sha256[0]
            self._videos[effect.id] = Video(effect.id, effect.account, sha256, effect.text, made, extra["post_id"])
            return
        each = zip(extra["photos"], effect.media_sha256, extra["alt"], strict=True)
        photos = [Photo(number, effect.account, sha256, alt, made, effect.id) for number, sha256, alt in each]
        self._photos |= {photo.id: photo for photo in photos}
        self._posts[effect.id] = Post(effect.id, effect.account, effect.text, made, photos)

    def _door(self, work: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                check_version(request.path_params["version"])
                return await work(request)
            except Refusal as refusal:
                return refusal.answer

        return answer

    def _admit(self, request: Request, values: dict[str, str], account: str) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        given = token if scheme in {"Bearer", "OAuth"} else values.get("access_token", "")
        if not self._world.admits(given, account):
            raise Refusal(190, "Invalid OAuth access token.", subcode=467, status=401)

    async def _feed(self, request: Request) -> Response:
        page = request.path_params["object"]
        values, _ = await parameters(request)
        self._admit(request, values, page)
        message = values.get("message", "")
        photos = [self._unused(photo, page) for photo in attached(values)]
        if not message and not values.get("link") and not photos:
            raise Refusal(100, "(#100) One of message, link or attached_media is required.")
        self._refuse_repeat(page, message)
        return JSONResponse({"id": self._publish(page, message, photos, values.get("link", "")).id})

    def _publish(self, page: str, message: str, photos: list[Photo], link: str) -> Post:
        post = Post(f"{page}_{self._id()}", page, message, self._now(), photos)
        self._posts[post.id] = post
        for photo in photos:
            photo.story = post.id
        self._world.journal.append(
            NAME,
            page,
            "photo_post" if photos else "post",
            post.id,
            text=message,
            media_sha256=tuple(photo.sha256 for photo in photos),
            extra={"link": link, "photos": [photo.id for photo in photos], "alt": [photo.alt for photo in photos]},
        )
        return post

    def _refuse_repeat(self, page: str, message: str) -> None:
        last = next((post for post in reversed(self._posts.values()) if post.page == page), None)
        if last and message and last.message == message and self._now() - last.made < REPEAT_WINDOW:
            raise Refusal(506, "(#506) Duplicate status message")

    def _unused(self, photo_id: str, page: str) -> Photo:
        photo = self._photos.get(photo_id)
        if photo is None or photo.page != page or photo.story or self._now() - photo.made > PHOTO_LIFE:
            raise Refusal(100, f"(#100) Invalid media_fbid {photo_id}")
        return photo

    async def _photo(self, request: Request) -> Response:
        page = request.path_params["object"]
        values, files = await parameters(request)
        self._admit(request, values, page)
        if len(files) != 1 or media_type(files[0]) not in {"image/jpeg", "image/png", "image/gif"}:
            raise Refusal(324, "(#324) Missing or invalid image file")
        if len(files[0]) > MAX_PHOTO:
            raise Refusal(324, "(#324) Image file too large")
        sha256 = self._world.media.keep(files[0], media_type(files[0]) or "image/png")
        photo = Photo(self._id(), page, sha256, values.get("alt_text_custom", ""), self._now())
        self._photos[photo.id] = photo
        if values.get("published", "true") == "false":
            return JSONResponse({"id": photo.id})
        return JSONResponse({"id": photo.id, "post_id": self._publish(page, values.get("caption", ""), [photo], "").id})

    async def _reel(self, request: Request) -> Response:
        page = request.path_params["object"]
        values, _ = await parameters(request)
        self._admit(request, values, page)
        if values.get("upload_phase") == "start":
            return self._start(request, page)
        if values.get("upload_phase") == "finish":
            return self._finish(page, values)
        raise Refusal(100, "(#100) upload_phase must be start or finish")

    def _start(self, request: Request, page: str) -> Response:
        day = [video for video in self._videos.values() if video.page == page and video.finished]
        if sum(self._now() - (video.finished or self._now()) < REEL_DAY for video in day) >= REELS_A_DAY:
            raise Refusal(613, "(#613) 30 reels in 24 hours", subcode=1996)
        video = Video(self._id(), page)
        self._videos[video.id] = video
        version = request.path_params["version"]
        url = f"{request.base_url}{NAME}/rupload/video-upload/{version}/{video.id}"
        return JSONResponse({"video_id": video.id, "upload_url": url})

    async def _bytes(self, request: Request) -> Response:
        video = self._videos.get(request.path_params["object"])
        if video is None:
            raise Refusal(100, "unknown video", status=404)
        self._admit(request, {}, video.page)
        data = await request.body()
        if request.headers.get("offset") != "0":
            return upload_error("ParameterValidationError", "Offset not convertible")
        if request.headers.get("file_size") != str(len(data)):
            return upload_error("PartialRequestError", "Partial request (did not match length of file)")
        if media_type(data) != "video/mp4":
            return upload_error("ProcessingFailedError", "Request processing failed")
        video.sha256 = self._world.media.keep(data, "video/mp4")
        return JSONResponse({"success": True})

    def _finish(self, page: str, values: dict[str, str]) -> Response:
        video = self._videos.get(values.get("video_id", ""))
        if video is None or video.page != page or not video.sha256:
            raise Refusal(100, "(#100) video_id is not an uploaded video")
        if values.get("video_state") != "PUBLISHED":
            raise Refusal(100, "(#100) this sandbox takes video_state=PUBLISHED only")
        if video.finished is None:
            video.finished, video.description = self._now(), values.get("description", "")
            video.post = f"{page}_{self._id()}"
            self._world.journal.append(
                NAME,
                page,
                "reel",
                video.id,
                title=values.get("title", ""),
                text=video.description,
                media_sha256=(video.sha256,),
                extra={"post_id": video.post},
            )
        return JSONResponse({"success": True})

    async def _published(self, request: Request) -> Response:
        page = request.path_params["object"]
        self._admit(request, dict(request.query_params), page)
        mine = [post for post in reversed(self._posts.values()) if post.page == page]
        return page_of(request, [shown_post(post) for post in mine])

    async def _reels(self, request: Request) -> Response:
        page = request.path_params["object"]
        self._admit(request, dict(request.query_params), page)
        mine = [video for video in reversed(self._videos.values()) if video.page == page and video.finished]
        rows = [
            {"id": video.id, "description": video.description, "updated_time": graph_time(video.finished)}
            for video in mine
        ]
        return page_of(request, rows)

    async def _one(self, request: Request) -> Response:
        wanted = request.path_params["object"]
        found = self._posts.get(wanted) or self._photos.get(wanted) or self._videos.get(wanted)
        self._admit(request, dict(request.query_params), found.page if found else wanted)
        if isinstance(found, Post):
            return JSONResponse(shown_post(found))
        if isinstance(found, Photo):
            story = {"page_story_id": found.story} if found.story else {}
            return JSONResponse({"id": found.id, "alt_text_custom": found.alt, **story})
        if isinstance(found, Video):
            return JSONResponse(self._shown_video(found))
        if "_" in wanted or (wanted not in self._world.names and self._world.names):
            raise Refusal(100, "Object does not exist or cannot be loaded", subcode=33)
        return JSONResponse({"id": wanted, "name": self._world.names.get(wanted, f"Trang {wanted}")})

    def _shown_video(self, video: Video) -> dict[str, Any]:
        """Published after the second look or 20 seconds of processing, whichever comes first."""
        video.looks += 1 if video.finished else 0
        done = video.finished is not None and (video.looks > 1 or self._now() - video.finished >= PROCESSING)
        waiting = {"status": "in_progress" if video.finished else "not_started"}
        publishing = {"status": "complete", "publish_status": "published"} if done else waiting
        status = {
            "video_status": "ready" if done else "processing" if video.finished else "uploading",
            "uploading_phase": {"status": "complete" if video.sha256 else "not_started"},
            "processing_phase": {"status": "complete"} if done else waiting,
            "publishing_phase": publishing,
        }
        post = {"post_id": video.post, "permalink_url": f"/reel/{video.id}"} if done else {}
        return {"id": video.id, "status": status, "published": done, "description": video.description, **post}

    async def _delete(self, request: Request) -> Response:
        post = self._posts.get(request.path_params["object"])
        self._admit(request, dict(request.query_params), post.page if post else "")
        if post is None:
            raise Refusal(100, "Object does not exist", subcode=33)
        del self._posts[post.id]
        return JSONResponse({"success": True})

    def _id(self) -> str:
        return str(122_100_000_000_000_000 + self._world.number())

    def _now(self) -> datetime:
        return self._world.clock.now()
