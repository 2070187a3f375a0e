"""An imitation of the X API v2: media, posts with t.co addresses, and a user's timeline."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.journal import Effect
from loa.sandbox.media import media_type
from loa.sandbox.world import World
from loa.text import nfc, x_length

NAME = "x"
REPEAT_WINDOW = timedelta(hours=24)
RATE_WINDOW = timedelta(minutes=15)
MEDIA_LIFE = 86_400
MAX_WEIGHT = 280
MAX_PICTURE = 5_000_000
MAX_PICTURES = 4
MAX_ALT = 1000
TOKEN = re.compile(r'oauth_token="([^"]+)"')
LINK = re.compile(r"https?://\S+|\b(?:[a-z0-9-]+\.)+vn\b[^\s]*", re.IGNORECASE)
Work = Callable[[Request, str, Mapping[str, Any]], Response]


class Refusal(Exception):  # noqa: N818 - the platform's no
    """A problem document."""

    def __init__(self, status: int, detail: str, kind: str = "about:blank") -> None:
        super().__init__(detail)
        self.answer = problem(status, detail, kind)


@dataclass
class Media:
    """An upload; a clip in pieces until it is finalized."""

    id: str
    account: str
    category: str
    total: int = 0
    pieces: dict[int, bytes] = field(default_factory=dict)
    sha256: str = ""
    alt: str = ""
    looks: int = 0
    used: bool = False

    @property
    def key(self) -> str:
        return f"{'13' if self.category == 'tweet_video' else '3'}_{self.id}"


@dataclass
class Tweet:
    """A post on a timeline."""

    id: str
    account: str
    text: str
    made: datetime
    media: list[Media]


def problem(status: int, detail: str, kind: str = "about:blank") -> Response:
    """X's form of a no."""
    return JSONResponse({"detail": detail, "type": kind, "title": detail, "status": status}, status_code=status)


class X:
    """All X accounts of this sandbox; the token says which one speaks."""

    name = NAME

    def __init__(self, world: World) -> None:
        self._world = world
        self._tweets: list[Tweet] = []
        self._media: dict[str, Media] = {}
        self.answers: dict[str, Callable[[], Response]] = {
            "429": self._throttled,
            "token_expired": lambda: problem(401, "Unauthorized"),
        }

    def routes(self) -> list[Route]:
        base = f"/{NAME}/2"
        works: tuple[tuple[str, str, Work], ...] = (
            ("POST", "/tweets", self._post),
            ("DELETE", "/tweets/{id}", self._delete),
            ("GET", "/users/me", self._me),
            ("GET", "/users/{id}/tweets", self._timeline),
            ("POST", "/media/upload", self._picture),
            ("GET", "/media/upload", self._status),
            ("POST", "/media/upload/initialize", self._initialize),
            ("POST", "/media/upload/{id}/append", self._append),
            ("POST", "/media/upload/{id}/finalize", self._finalize),
            ("POST", "/media/metadata", self._metadata),
        )
        return [Route(base + path, self._door(work), methods=[method]) for method, path, work in works]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public."""
        each = zip(effect.extra["media_keys"], effect.media_sha256, strict=True)
        media = [Media(key.partition("_")[2], effect.account, _category(key), sha256=sha256) for key, sha256 in each]
        self._tweets.append(Tweet(effect.id, effect.account, effect.text, effect.moment, media))

    def _door(self, work: Work) -> Callable[[Request], Any]:
        async def door(request: Request) -> Response:
            token = TOKEN.search(request.headers.get("authorization", ""))
            account = self._world.owner(token[1]) if token else None
            if account is None:
                return problem(401, "Unauthorized")
            try:
                return work(request, account, await json_object(request))
            except Refusal as refusal:
                return refusal.answer

        return door

    def _post(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        text = nfc(str(given.get("text", ""))).strip()
        media = [self._ready(each, account) for each in (given.get("media") or {}).get("media_ids", [])]
        if not text and not media:
            raise Refusal(400, "text is missing", "https://api.x.com/2/problems/invalid-request")
        if x_length(text) > MAX_WEIGHT:
            raise Refusal(403, "Your Tweet text is too long.", "https://api.x.com/2/problems/client-forbidden")
        clips = sum(each.category == "tweet_video" for each in media)
        if len(media) > MAX_PICTURES or (clips and len(media) > 1):
            raise Refusal(400, "too many media", "https://api.x.com/2/problems/invalid-request")
        self._refuse_repeat(account, text)
        tweet = self._publish(account, text, media)
        return JSONResponse({"data": {"id": tweet.id, "text": _shortened(tweet)[0]}}, status_code=201)

    def _refuse_repeat(self, account: str, text: str) -> None:
        since = self._world.clock.now() - REPEAT_WINDOW
        if any(each.account == account and each.text == text and each.made > since for each in self._tweets):
            raise Refusal(403, "You are not allowed to create a Tweet with duplicate content.")

    def _publish(self, account: str, text: str, media: list[Media]) -> Tweet:
        tweet = Tweet(self._id(), account, text, self._world.clock.now(), media)
        self._tweets.append(tweet)
        for each in media:
            each.used = True
        self._world.journal.append(
            NAME,
            account,
            "tweet",
            tweet.id,
            text=text,
            media_sha256=tuple(each.sha256 for each in media),
            extra={
                "alt": [each.alt for each in media],
                "media_keys": [each.key for each in media],
                "weight": x_length(text),
            },
        )
        return tweet

    def _ready(self, media_id: object, account: str) -> Media:
        media = self._media.get(str(media_id))
        if media is None or media.account != account or not media.sha256 or media.used:
            raise Refusal(400, "Your media IDs are invalid.", "https://api.x.com/2/problems/invalid-request")
        return media

    def _picture(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        data = _decoded(given)
        kind = media_type(data)
        if kind is None or kind == "video/mp4" or len(data) > MAX_PICTURE:
            raise Refusal(400, "media type unrecognized", "https://api.x.com/2/problems/invalid-request")
        media = Media(self._id(), account, "tweet_image", sha256=self._world.media.keep(data, kind))
        self._media[media.id] = media
        return JSONResponse({"data": _shown(media)})

    def _initialize(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        if given.get("media_category") != "tweet_video" or given.get("media_type") != "video/mp4":
            raise Refusal(400, "media_category", "https://api.x.com/2/problems/invalid-request")
        media = Media(self._id(), account, "tweet_video", total=int(given.get("total_bytes", 0)))
        self._media[media.id] = media
        return JSONResponse({"data": _shown(media)})

    def _append(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:
        media = self._mine(request.path_params["id"], account)
        media.pieces[int(given.get("segment_index", -1))] = _decoded(given)
        return JSONResponse({"data": {"expires_at": int(self._world.clock.now().timestamp()) + MEDIA_LIFE}})

    def _finalize(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        media = self._mine(request.path_params["id"], account)
        data = b"".join(media.pieces[number] for number in sorted(media.pieces))
        if len(data) != media.total or media_type(data) != "video/mp4":
            raise Refusal(400, "segments do not add up", "https://api.x.com/2/problems/invalid-request")
        media.sha256 = self._world.media.keep(data, "video/mp4")
        media.pieces.clear()
        # Under a simulated clock nobody waits: the clip is digested at once, which X does for short ones too.
        waiting = {} if self._world.simulated else {"processing_info": {"state": "pending", "check_after_secs": 1}}
        return JSONResponse({"data": _shown(media) | {"size": media.total} | waiting})

    def _status(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        media = self._mine(request.query_params.get("media_id", ""), account)
        media.looks += 1
        state = "succeeded" if media.looks > 1 else "in_progress"
        return JSONResponse({"data": _shown(media) | {"processing_info": {"state": state, "check_after_secs": 1}}})

    def _metadata(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        media = self._mine(str(given.get("id", "")), account)
        alt = str((((given.get("metadata") or {}).get("alt_text")) or {}).get("text", ""))
        if len(alt) > MAX_ALT:
            raise Refusal(400, "alt_text", "https://api.x.com/2/problems/invalid-request")
        media.alt = alt
        return JSONResponse({"data": {"id": media.id}})

    def _timeline(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        asked = request.query_params
        since = datetime.fromisoformat(asked.get("start_time", "2006-01-01T00:00:00Z")).astimezone(UTC)
        mine = [each for each in reversed(self._tweets) if each.account == account and each.made >= since]
        start, size = int(asked.get("pagination_token", "0")), int(asked.get("max_results", "10"))
        rows = [_row(each) for each in mine[start : start + size]]
        meta: dict[str, Any] = {"result_count": len(rows)}
        if start + size < len(mine):
            meta["next_token"] = str(start + size)
        return JSONResponse({"meta": meta, **({"data": rows} if rows else {})})

    def _me(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        name = self._world.names.get(account, account)
        return JSONResponse({"data": {"id": account, "name": name, "username": account}})

    def _delete(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        wanted = request.path_params["id"]
        self._tweets = [each for each in self._tweets if each.id != wanted or each.account != account]
        return JSONResponse({"data": {"deleted": True}})

    def _mine(self, media_id: str, account: str) -> Media:
        media = self._media.get(media_id)
        if media is None or media.account != account:
            raise Refusal(404, "media", "https://api.x.com/2/problems/resource-not-found")
        return media

    def _throttled(self) -> Response:
        reset = int((self._world.clock.now() + RATE_WINDOW).timestamp())
        answer = problem(429, "Too Many Requests")
        answer.headers["x-rate-limit-reset"] = str(reset)
        return answer

    def _id(self) -> str:
        return str(1_990_000_000_000_000_000 + self._world.number())


def _decoded(given: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(str(given.get("media", "")), validate=True)
    except binascii.Error:
        raise Refusal(400, "media", "https://api.x.com/2/problems/invalid-request") from None


def _category(key: str) -> str:
    return "tweet_video" if key.startswith("13_") else "tweet_image"


def _shown(media: Media) -> dict[str, Any]:
    return {"id": media.id, "media_key": media.key, "expires_after_secs": MEDIA_LIFE}


def _row(tweet: Tweet) -> dict[str, Any]:
    text, urls = _shortened(tweet)
    known: dict[str, Any] = {"id": tweet.id, "text": text, "created_at": f"{tweet.made:%Y-%m-%dT%H:%M:%S.000Z}"}
    if urls:
        known["entities"] = {"urls": urls}
    if tweet.media:
        known["attachments"] = {"media_keys": [each.key for each in tweet.media]}
    return known


def _shortened(tweet: Tweet) -> tuple[str, list[dict[str, str]]]:
    """The text as X gives it back: addresses become t.co, media add one, and ``& < >`` are escaped."""
    urls: list[dict[str, str]] = []

    def shorten(found: re.Match[str]) -> str:
        real = found[0] if found[0].startswith("http") else f"http://{found[0]}"
        urls.append({"url": f"https://t.co/{tweet.id[-6:]}{len(urls)}", "expanded_url": real})
        return urls[-1]["url"]

    text = html.escape(LINK.sub(shorten, tweet.text), quote=False)
    if tweet.media:
        kind = "video" if tweet.media[0].category == "tweet_video" else "photo"
        page = f"https://x.com/i/status/{tweet.id}/{kind}/1"
        urls.append({"url": f"https://t.co/m{tweet.id[-6:]}", "expanded_url": page, "media_key": tweet.media[0].key})
        text = f"{text} {urls[-1]['url']}".strip()
    return text, urls
