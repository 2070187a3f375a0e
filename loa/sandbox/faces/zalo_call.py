"""What every room of the imitation Zalo shares: one call, its answer, its refusal, what it knows of an account."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from loa.clock import DEFAULT_ZONE
from loa.sandbox.faces.asking import MAX_PART, json_object

NAME = "zalo"
BAD = -201
OPENS, CLOSES = 6, 22


class Refusal(Exception):  # noqa: N818 - the platform's no
    """A negative ``error``."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.answer = answer(code, message)


@dataclass
class Profile:
    """What Zalo knows of one Official Account; a test or a rehearsal may change it."""

    verified: bool = True
    package: str = "Nâng cao"
    """Empty: no package."""
    package_until: str = "31/12/2027"
    broadcasts: int = 4
    """How many a month."""
    messages_a_day: int = 500
    followers: int = 120
    tells_followers: bool = True
    """Whether ``getoa`` says how many there are."""
    looks: int = 2
    """At which question an article is ready."""


@dataclass(frozen=True)
class Call:
    """One request of one account: its JSON or its query, and its files."""

    request: Request
    account: str
    given: Mapping[str, Any]
    files: tuple[bytes, ...] = ()
    profile: Profile = field(default_factory=Profile)

    def query(self, name: str) -> str:
        return self.request.query_params.get(name, "")


Work = Callable[[Call], Response]


def answer(code: int, message: str, data: object = None) -> Response:
    """Zalo's only form of answer."""
    return JSONResponse({"error": code, "message": message, **({} if data is None else {"data": data})})


def done(data: object = None) -> Response:
    """A success with its ``data``."""
    return answer(0, "Success", data)


async def read_call(request: Request, account: str, profile: Profile) -> Call:
    """A request as the rooms want it; OA lists put their questions as JSON into ``?data=``."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form(max_part_size=MAX_PART) as form:
            files = [await value.read() for name, value in form.multi_items() if isinstance(value, UploadFile)]
        return Call(request, account, {}, tuple(files), profile)
    if asked := request.query_params.get("data"):
        return Call(request, account, _object(asked), (), profile)
    return Call(request, account, await json_object(request), (), profile)


def night(now: datetime) -> bool:
    """Whether Zalo takes no messages now: 22:00 to 06:00 in Viet Nam."""
    return not OPENS <= now.astimezone(DEFAULT_ZONE).hour < CLOSES


def _object(written: str) -> Mapping[str, Any]:
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
