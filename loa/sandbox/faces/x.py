"""An imitation of the X API v2: media, posts with t.co addresses, and a user's timeline."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zlib import crc32

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.x_call import Call, call_of
from loa.sandbox.faces.x_media import CLIP, PICTURE, Library, Media
from loa.sandbox.faces.x_posts import Tweet, check_set, checked, created, includes_of, look_of, row_of
from loa.sandbox.faces.x_problems import WINDOW, Doorman, Refusal, Windows, invalid, missing, problem
from loa.sandbox.journal import Effect
from loa.sandbox.world import World
from loa.text import x_length

NAME = "x"
REPEAT_WINDOW = timedelta(hours=24)
FIRST_ID = 10**18
FIRST_MOMENT = 1_288_834_974_657
"""Milliseconds since 1970 at which X's ids begin; a whole id is the milliseconds since then and 22 bits of count."""
PAGE_SIZES = range(5, 101)
DEFAULT_PAGE = 10
_LISTING = (
    "max_results pagination_token start_time end_time since_id until_id exclude tweet.fields post.fields expansions "
    "user.fields media.fields poll.fields place.fields"
)


class Work(NamedTuple):
    """A route: its calls per quarter of an hour and account where X's pages tell, and what it does."""

    method: str
    path: str
    limit: int
    answer: Callable[[Call], Response]


class X:
    """All X accounts of this sandbox; the token says which one speaks."""

    name = NAME

    def __init__(self, world: World) -> None:
        self._world = world
        self._tweets: list[Tweet] = []
        self._library = Library(world)
        self._windows = Windows(world.clock)
        self._doorman = Doorman()
        self.answers: dict[str, Callable[[], Response]] = {
            "429": self._throttled,
            "token_expired": lambda: problem(401, "Unauthorized"),
            "slow_verify": _still_processing,
        }

    def routes(self) -> list[Route]:
        library = self._library
        works = (
            Work("POST", "/tweets", 100, self._post),
            Work("DELETE", "/tweets/{id}", 50, self._delete),
            Work("GET", "/tweets/{id}", 0, self._one),
            Work("GET", "/users/me", 75, self._me),
            Work("GET", "/users/{id}/tweets", 900, self._timeline),
            Work("POST", "/media/upload", 500, library.upload),
            Work("GET", "/media/upload", 0, library.status),
            Work("POST", "/media/upload/initialize", 1875, library.initialize),
            Work("POST", "/media/upload/{id}/append", 1875, library.append),
            Work("POST", "/media/upload/{id}/finalize", 1875, library.finalize),
            Work("POST", "/media/metadata", 500, library.metadata),
            Work("POST", "/media/subtitles", 0, library.subtitles),
        )
        return [Route(f"/{NAME}/2{work.path}", self._door(work), methods=[work.method]) for work in works]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public; what was taken down stays down."""
        if effect.kind == "remove":
            self._tweets = [each for each in self._tweets if each.id != effect.extra["target"]]
            return
        each = zip(effect.extra["media_keys"], effect.extra["alt"], effect.media_sha256, strict=True)
        media = [_remembered(effect, key, alt, sha256) for key, alt, sha256 in each]
        self._tweets.append(Tweet(effect.id, effect.account, effect.text, effect.moment, media))

    def _door(self, work: Work) -> Callable[[Request], Any]:
        async def door(request: Request) -> Response:
            token = self._doorman.token(request)
            account = self._world.owner(token) if token else None
            if account is None:
                return problem(401, "Unauthorized")
            meters: dict[str, str] = {}
            try:
                if work.limit:
                    meters = self._windows.take(account, f"{work.method} {work.path}", work.limit)
                answer = work.answer(await call_of(request, account, self._id))
            except Refusal as refusal:
                answer = refusal.answer
            answer.headers.update(meters)
            return answer

        return door

    def _post(self, call: Call) -> Response:
        text, ids = checked(call.json)
        media = [self._library.for_post(number, call.account) for number in ids]
        check_set(media)
        self._refuse_repeat(call.account, text)
        reply = str((call.json.get("reply") or {}).get("in_reply_to_tweet_id", ""))
        tweet = Tweet(self._id(), call.account, text, self._world.clock.now(), media, reply)
        self._tweets.append(tweet)
        extra = {
            "alt": [each.alt for each in media],
            "media_keys": [each.key for each in media],
            "subtitles": [each.subtitles for each in media],
            "weight": x_length(text),
        }
        shas = tuple(each.sha256 for each in media)
        self._world.journal.append(NAME, call.account, "tweet", tweet.id, text=text, media_sha256=shas, extra=extra)
        return JSONResponse({"data": created(tweet)}, status_code=201)

    def _refuse_repeat(self, account: str, text: str) -> None:
        since = self._world.clock.now() - REPEAT_WINDOW
        if text and any(each.account == account and each.text == text and each.made > since for each in self._tweets):
            raise Refusal(403, "You are not allowed to create a Tweet with duplicate content.")

    def _delete(self, call: Call) -> Response:
        wanted = call.path["id"]
        tweet = next((each for each in self._tweets if each.id == wanted), None)
        if tweet is None:
            raise Refusal(404, f"Could not find tweet with id: [{wanted}].", "resource-not-found")
        if tweet.account != call.account:
            raise Refusal(403, "You may not delete another user's Tweet.", "not-authorized-for-resource")
        self._tweets.remove(tweet)
        key, extra = f"remove {wanted}", {"target": wanted}
        self._world.journal.append(NAME, call.account, "remove", wanted, key=key, extra=extra)
        return JSONResponse({"data": {"deleted": True}})

    def _one(self, call: Call) -> Response:
        look = look_of(call.query)
        found = [each for each in self._tweets if each.id == call.path["id"]]
        if not found:
            return JSONResponse({"errors": [missing("tweet", call.path["id"])]})
        return JSONResponse({"data": self._row(found[0], look)} | includes_of(found, look))

    def _timeline(self, call: Call) -> Response:
        if unknown := set(call.query) - set(_LISTING.split()):
            raise invalid(min(unknown), "", f"The query parameter [{min(unknown)}] is not one of the known ones.")
        look, size = look_of(call.query), _page_size(call.query.get("max_results", str(DEFAULT_PAGE)))
        rows = [each for each in reversed(self._tweets) if self._asked(each, call)]
        page = rows[:size]
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if len(rows) > size:
            meta["next_token"] = base64.b32hexencode(page[-1].id.encode()).decode().rstrip("=").lower()
        data = {"data": [self._row(each, look) for each in page]} if page else {}
        return JSONResponse(data | includes_of(page, look) | {"meta": meta})

    def _asked(self, tweet: Tweet, call: Call) -> bool:
        """Whether a post is one of those that the query wants."""
        query = call.query
        whose = self._user_id(tweet.account) == call.path["id"] or (
            # A sandbox that takes every token knows no user ids: there the reader is who he says he is.
            self._world.tokens is None and not call.account.isdecimal() and tweet.account == call.account
        )
        before = _last_id(query["pagination_token"]) if "pagination_token" in query else 2**63
        return (
            whose
            and _moment(query, "start_time", "2010-11-06T00:00:00Z") <= tweet.made.replace(microsecond=0)
            and tweet.made < _moment(query, "end_time", "9999-01-01T00:00:00Z")
            and _number(query, "since_id", 0) < int(tweet.id)
            and int(tweet.id) < before
            and int(tweet.id) < _number(query, "until_id", 2**63)
            and not (tweet.reply_to and "replies" in query.get("exclude", "").split(","))
        )

    def _row(self, tweet: Tweet, look: Any) -> dict[str, Any]:
        return row_of(tweet, look, self._user_id(tweet.account), self._world.clock.now())

    def _me(self, call: Call) -> Response:
        name = self._world.names.get(call.account, call.account)
        username = re.sub(r"\W", "_", call.account)[:15]
        # A sandbox that takes every token knows no user ids, and says so rather than invent a wrong one.
        number = call.account if self._world.tokens is None else self._user_id(call.account)
        return JSONResponse({"data": {"id": number, "name": name, "username": username}})

    def _user_id(self, account: str) -> str:
        return account if account.isdecimal() else str(FIRST_ID + crc32(account.encode()))

    def _throttled(self) -> Response:
        answer = problem(429, "Too Many Requests")
        answer.headers["x-rate-limit-reset"] = str(int((self._world.clock.now() + WINDOW).timestamp()))
        return answer

    def _id(self) -> str:
        """Nineteen digits that grow with time."""
        since = int(self._world.clock.now().timestamp() * 1000) - FIRST_MOMENT
        return str(max(since << 22, FIRST_ID) + self._world.number() % 2**22)


def _still_processing() -> Response:
    """The fault ``slow_verify``: a clip that X has not digested yet."""
    progress = {"state": "in_progress", "check_after_secs": 1, "progress_percent": 5}
    return JSONResponse({"data": {"processing_info": progress}})


def _remembered(effect: Effect, key: str, alt: str, sha256: str) -> Media:
    category = CLIP if key.startswith("13_") else PICTURE
    media = Media(key.partition("_")[2], effect.account, category, effect.moment, sha256=sha256, alt=alt)
    media.digested = True
    return media


def _page_size(written: str) -> int:
    if not written.isdecimal() or int(written) not in PAGE_SIZES:
        raise invalid("max_results", written, "The `max_results` query parameter value is not between 5 and 100.")
    return int(written)


def _number(query: Any, name: str, otherwise: int) -> int:
    written = query.get(name, str(otherwise))
    if not written.isdecimal():
        raise invalid(name, written, "is not a valid id.")
    return int(written)


def _moment(query: Any, name: str, otherwise: str) -> datetime:
    try:
        moment = datetime.fromisoformat(query.get(name, otherwise))
    except ValueError:
        raise invalid(name, query[name], "is not a valid RFC3339 date-time.") from None
    if moment.tzinfo is None:
        raise invalid(name, query[name], "is not a valid RFC3339 date-time.")
    return moment.astimezone(UTC)


def _last_id(token: str) -> int:
    try:
        return int(base64.b32hexdecode(token.upper() + "=" * (-len(token) % 8)))
    except ValueError:
        raise invalid("pagination_token", token, "is not a valid token.") from None
