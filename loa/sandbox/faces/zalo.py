"""An imitation of Zalo's Article API: always HTTP 200, two steps, and it fetches the pictures itself."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.journal import Effect
from loa.sandbox.media import media_type
from loa.sandbox.world import World

NAME = "zalo"
PROCESSING = timedelta(seconds=20)
MAX_PICTURE = 1_000_000
MAX_SLICE = 10
NEEDED = {"title": 149, "author": 50, "description": 300}
PUBLIC_NAME = re.compile(r"/media/([A-Za-z0-9._-]+)")


class Refusal(Exception):  # noqa: N818 - the platform's no
    """A negative ``error``."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.answer = answer(code, message)


@dataclass
class Article:
    """An article between its token and its id."""

    id: str
    token: str
    account: str
    payload: Mapping[str, Any]
    made: datetime
    pictures: list[str] = field(default_factory=list)
    failed: bool = False
    looks: int = 0


def answer(code: int, message: str, data: Mapping[str, Any] | None = None) -> Response:
    """Zalo's only form of answer."""
    return JSONResponse({"error": code, "message": message, **({} if data is None else {"data": data})})


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return answer(-220, "access_token is expired")


def throttled() -> Response:
    """The fault ``429``."""
    return answer(-32, "Rate limit exceeded")


class Zalo:
    """All Official Accounts of this sandbox; the token says which one speaks."""

    name = NAME
    answers = {"429": throttled, "token_expired": token_expired}  # noqa: RUF012 - read only, one for all

    def __init__(self, world: World) -> None:
        self._world = world
        self._articles: list[Article] = []

    def routes(self) -> list[Route]:
        base = f"/{NAME}/v2.0"
        works: tuple[tuple[str, str, Callable[[Request, str, Mapping[str, Any]], Response]], ...] = (
            ("POST", "/article/create", self._create),
            ("POST", "/article/verify", self._verify),
            ("POST", "/article/remove", self._remove),
            ("GET", "/article/getslice", self._slice),
            ("GET", "/article/getdetail", self._detail),
            ("GET", "/oa/getoa", self._about),
        )
        return [Route(base + path, self._door(work), methods=[method]) for method, path, work in works]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public, and its token may still be asked about."""
        pictures = list(effect.media_sha256)
        payload = {"type": "normal", "title": effect.title, **effect.extra}
        token = effect.extra["token"]
        self._articles.append(Article(effect.id, token, effect.account, payload, effect.moment, pictures))

    def _door(self, work: Callable[[Request, str, Mapping[str, Any]], Response]) -> Callable[[Request], Any]:
        async def door(request: Request) -> Response:
            account = self._world.owner(request.headers.get("access_token", ""))
            if account is None:
                return answer(-216, "Access token is invalid")
            try:
                return work(request, account, await json_object(request))
            except Refusal as refusal:
                return refusal.answer

        return door

    def _create(self, request: Request, account: str, payload: Mapping[str, Any]) -> Response:
        _check(payload)
        urls = [payload["cover"]["photo_url"], *(item["url"] for item in payload["body"] if item["type"] == "image")]
        number = self._world.number()
        fresh = Article(
            id=hashlib.sha256(f"article {number}".encode()).hexdigest()[:20],
            token=base64.b64encode(f"sandbox article {number}".encode()).decode(),
            account=account,
            payload=payload,
            made=self._world.clock.now(),
        )
        self._articles.append(fresh)
        self._fetch(request, fresh, urls)
        return answer(0, "Success", {"token": fresh.token})

    def _fetch(self, request: Request, article: Article, urls: list[str]) -> None:
        """Zalo downloads the pictures by itself; one that cannot be had fails the article at its verification."""
        for url in urls:
            place = self._public(request, url)
            data = place.read_bytes() if place is not None and place.is_file() else b""
            kind = media_type(data)
            if kind not in {"image/jpeg", "image/png"} or len(data) >= MAX_PICTURE:
                article.failed = True
                return
            article.pictures.append(self._world.media.keep(data, kind))
        payload = article.payload
        self._world.journal.append(
            NAME,
            article.account,
            "article",
            article.id,
            title=payload["title"],
            text="\n\n".join(item["content"] for item in payload["body"] if item["type"] == "text"),
            media_sha256=tuple(article.pictures),
            extra={"description": payload["description"], "author": payload["author"], "token": article.token},
        )

    def _public(self, request: Request, url: str) -> Path | None:
        """The file behind an address of this sandbox's own ``/media/``; it fetches from nowhere else."""
        if not url.isascii() or " " in url:
            raise Refusal(-201, "photo_url is invalid")
        parts = urlsplit(url)
        name = PUBLIC_NAME.fullmatch(parts.path)
        if name is None or parts.netloc != request.url.netloc or self._world.public is None:
            return None
        return self._world.public / name[1]

    def _verify(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        found = next((each for each in self._articles if each.token == given.get("token")), None)
        if found is None or found.account != account:
            raise Refusal(-201, "token is invalid")
        found.looks += 1
        if found.failed:
            raise Refusal(-200, "Upload media failed")
        if not self._ready(found):
            raise Refusal(-214, "Media is being processed")
        return answer(0, "Success", {"id": found.id})

    def _ready(self, article: Article) -> bool:
        """Ready at the second question or after 20 seconds, whichever comes first."""
        return not article.failed and (article.looks > 1 or self._world.clock.now() - article.made >= PROCESSING)

    def _remove(self, request: Request, account: str, given: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        self._articles.remove(self._mine(account, str(given.get("id"))))
        return answer(0, "Success")

    def _slice(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        asked = request.query_params
        if not {"offset", "limit", "type"} <= set(asked) or int(asked["limit"]) > MAX_SLICE:
            raise Refusal(-201, f"maximum limit is {MAX_SLICE}")
        mine = [each for each in reversed(self._articles) if each.account == account and self._ready(each)]
        start = int(asked["offset"])
        rows = [_row(each) for each in mine[start : start + int(asked["limit"])]] if asked["type"] == "normal" else []
        return answer(0, "Success", {"total": len(mine), "medias": rows})

    def _detail(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:
        return answer(0, "Success", self._mine(account, request.query_params.get("id", "")).payload)

    def _mine(self, account: str, article: str) -> Article:
        found = next((each for each in self._articles if each.id == article and each.account == account), None)
        if found is None:
            raise Refusal(-201, "id is invalid")
        return found

    def _about(self, request: Request, account: str, _: Mapping[str, Any]) -> Response:  # noqa: ARG002 - every route of a face has one signature
        name = self._world.names.get(account, account)
        return answer(0, "Success", {"oaid": account, "name": name, "is_verified": True, "oa_type": 4})


def _check(payload: Mapping[str, Any]) -> None:
    """The Article API's own rules for type ``normal``."""
    if payload.get("type") != "normal":
        raise Refusal(-201, "type is invalid")
    for name, longest in NEEDED.items():
        value = payload.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            raise Refusal(-201, f"{name} is invalid")
    cover = payload.get("cover")
    if not isinstance(cover, dict) or cover.get("cover_type") != "photo" or not isinstance(cover.get("photo_url"), str):
        raise Refusal(-201, "cover is invalid")
    _check_body(payload.get("body"))


def _check_body(body: object) -> None:
    if not isinstance(body, list) or not body:
        raise Refusal(-201, "body is invalid")
    for item in body:
        kind = str(item.get("type")) if isinstance(item, dict) else ""
        value = item.get({"text": "content", "image": "url"}.get(kind, "")) if isinstance(item, dict) else None
        if not isinstance(value, str) or not value or "\n" in value:
            raise Refusal(-201, "body is invalid")


def _row(article: Article) -> dict[str, Any]:
    made = int(article.made.timestamp() * 1000)
    title = article.payload["title"]
    known = {"id": article.id, "type": "normal", "title": title, "status": "show"}
    return known | {"create_date": made, "update_date": made, "total_view": 0, "total_share": 0}
