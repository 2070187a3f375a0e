"""The imitation Zalo's articles: made in two steps, with pictures that it fetches by itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from loa.sandbox.faces.zalo_call import BAD, NAME, Call, Refusal, Work, done
from loa.sandbox.faces.zalo_fetch import Fetcher
from loa.sandbox.faces.zalo_rules import check
from loa.sandbox.faces.zalo_uploads import Uploads
from loa.sandbox.journal import Effect
from loa.sandbox.world import World

PROCESSING = timedelta(seconds=20)
MAX_SLICE = 10
READY = 1_000


@dataclass
class Step:
    """A token that was given for a creation or a change."""

    token: str
    at: datetime
    failed: bool = False
    looks: int = 0

    def ready(self, now: datetime, wanted: int) -> bool:
        """Ready at the wanted question or after 20 seconds, whichever comes first."""
        return not self.failed and (self.looks >= wanted or now - self.at >= PROCESSING)


@dataclass
class Article:
    """An article with what it holds now. It can be read once its first step is ready."""

    id: str
    account: str
    payload: Mapping[str, Any]
    made: datetime
    steps: list[Step] = field(default_factory=list)
    looks: int = 2

    @property
    def shown(self) -> bool:
        return bool(self.payload.get("status", "show") == "show")


class Articles:
    """The articles of all accounts."""

    def __init__(self, world: World, uploads: Uploads) -> None:
        self._world = world
        self._uploads = uploads
        self._fetcher = Fetcher(world, uploads)
        self._articles: list[Article] = []

    def works(self) -> list[tuple[str, str, Work]]:
        return [
            ("POST", "/v2.0/article/create", self._create),
            ("POST", "/v2.0/article/update", self._update),
            ("POST", "/v2.0/article/verify", self._verify),
            ("POST", "/v2.0/article/remove", self._remove),
            ("GET", "/v2.0/article/getslice", self._slice),
            ("GET", "/v2.0/article/getdetail", self._detail),
        ]

    def find(self, article: object, account: str) -> Article | None:
        """An article that can be read; accounts of an open sandbox (no list of tokens) may name each other's."""
        mine = (each for each in self._articles if each.id == article and self._ready(each))
        return next((each for each in mine if each.account == account or self._world.tokens is None), None)

    def remember(self, effect: Effect) -> None:
        """Take up what was public before a restart."""
        target = str(effect.extra.get("target", ""))
        known = next((each for each in self._articles if each.id == (target or effect.id)), None)
        for video, sha256 in dict(effect.extra.get("videos", {})).items():
            self._uploads.remember(video, sha256)
        if effect.kind == "remove":
            self._articles = [each for each in self._articles if each is not known]
            return
        # What took long before the restart is ready by now.
        step = Step(str(effect.extra["token"]), effect.moment, looks=READY)
        payload = effect.extra["payload"]
        if known is None:
            self._articles.append(Article(effect.id, effect.account, payload, effect.moment, [step]))
        else:
            known.payload = payload
            known.steps.append(step)

    def _create(self, call: Call) -> Response:
        _may_publish(call)
        check(call.given, self._uploads)
        number = self._world.number()
        fresh = Article(
            hashlib.sha256(f"article {number}".encode()).hexdigest()[:20],
            call.account,
            {},
            self._world.clock.now(),
            looks=call.profile.looks,
        )
        self._articles.append(fresh)
        return self._apply(call, fresh, call.given)

    def _update(self, call: Call) -> Response:
        _may_publish(call)
        found = self._mine(call, call.given.get("id"))
        payload = {name: value for name, value in call.given.items() if name != "id"}
        check(payload, self._uploads)
        return self._apply(call, found, payload)

    def _apply(self, call: Call, article: Article, payload: Mapping[str, Any]) -> Response:
        """Fetch what the payload names and make it the article's; what cannot be fetched fails at verification."""
        token = base64.b64encode(f"sandbox article {self._world.number()}".encode()).decode()
        step = Step(token, self._world.clock.now())
        article.steps.append(step)
        media = self._fetcher.fetch(call.request, payload)
        if media is None:
            step.failed = True
        elif payload != article.payload:
            before, was_shown = article.payload, article.shown
            article.payload = payload
            self._record(article, step, media, was_shown=bool(before) and was_shown)
        return done({"token": token})

    def _record(self, article: Article, step: Step, media: tuple[str, ...], *, was_shown: bool) -> None:
        """What citizens see of it: a new article, other words, or one that is hidden again."""
        payload = article.payload
        if not article.shown and not was_shown:
            return
        kind = "revise" if was_shown else "article"
        number = article.id
        extra: dict[str, Any] = {
            "description": payload["description"],
            "author": payload.get("author", ""),
            "token": step.token,
            "payload": payload,
            "videos": self._fetcher.videos(payload),
        }
        if was_shown:
            kind = "revise" if article.shown else "remove"
            number, extra["target"] = f"{article.id}-{self._world.number()}", article.id
        self._world.journal.append(
            NAME,
            article.account,
            kind,  # type: ignore[arg-type]  # one of three words above
            number,
            title=payload["title"],
            text=_text(payload),
            media_sha256=media,
            extra=extra,
        )

    def _verify(self, call: Call) -> Response:
        steps = ((each, step) for each in self._articles if each.account == call.account for step in each.steps)
        found = next(((each, step) for each, step in steps if step.token == call.given.get("token")), None)
        if found is None:
            raise Refusal(BAD, "token is invalid")
        article, step = found
        step.looks += 1
        if step.failed:
            raise Refusal(-200, "Upload media failed")
        if not step.ready(self._world.clock.now(), article.looks):
            raise Refusal(-214, "Media is being processed")
        return done({"id": article.id})

    def _remove(self, call: Call) -> Response:
        gone = self._mine(call, call.given.get("id"))
        self._articles.remove(gone)
        if gone.shown:
            number = f"{gone.id}-{self._world.number()}"
            title, extra = str(gone.payload["title"]), {"target": gone.id}
            self._world.journal.append(NAME, gone.account, "remove", number, title=title, extra=extra)
        return done()

    def _slice(self, call: Call) -> Response:
        asked = call.request.query_params
        if not {"offset", "limit", "type"} <= set(asked) or asked["type"] not in {"normal", "video"}:
            raise Refusal(BAD, "offset, limit, type are required")
        if not (asked["offset"].isdigit() and asked["limit"].isdigit()) or int(asked["limit"]) > MAX_SLICE:
            raise Refusal(BAD, f"maximum limit is {MAX_SLICE}")
        mine = [each for each in reversed(self._articles) if each.account == call.account and self._ready(each)]
        mine = [each for each in mine if each.payload.get("type") == asked["type"]]
        start = int(asked["offset"])
        rows = [self._row(each) for each in mine[start : start + int(asked["limit"])]]
        return done({"total": len(mine), "medias": rows})

    def _detail(self, call: Call) -> Response:
        return done(self._mine(call, call.query("id")).payload)

    def _mine(self, call: Call, article: object) -> Article:
        readable = (each for each in self._articles if each.account == call.account and self._ready(each))
        found = next((each for each in readable if each.id == article), None)
        if found is None:
            raise Refusal(BAD, "id is invalid")
        return found

    def _ready(self, article: Article) -> bool:
        return article.steps[0].ready(self._world.clock.now(), article.looks)

    def _row(self, article: Article) -> dict[str, Any]:
        """Dates in milliseconds; a reader every ten minutes, every tenth of them shares it."""
        made = int(article.made.timestamp() * 1000)
        changed = int(article.steps[-1].at.timestamp() * 1000)
        views = int((self._world.clock.now() - article.made) / timedelta(minutes=10))
        payload = article.payload
        known = {"id": article.id, "type": payload["type"], "title": payload["title"], "status": payload["status"]}
        return known | {
            "create_date": made,
            "update_date": changed,
            "total_view": views,
            "total_share": views // 10,
        }


def _may_publish(call: Call) -> None:
    if not call.profile.verified:
        raise Refusal(-221, "OA is not verified")
    if not call.profile.package:
        raise Refusal(-224, "OA package does not include this API")


def _text(payload: Mapping[str, Any]) -> str:
    if payload["type"] == "video":
        return str(payload["description"])
    return "\n\n".join(item["content"] for item in payload["body"] if item["type"] == "text")
