"""The things on a Page, and how the imitation Graph API says no, counts pages and writes times."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

MAX_LIMIT = 100
VERSION = re.compile(r"v2[1-9]\.0")


class Refusal(Exception):  # noqa: N818 - the platform's no
    """An error object of the Graph API."""

    def __init__(self, code: int, message: str, *, subcode: int = 0, status: int = 400) -> None:
        super().__init__(message)
        self.answer = graph_error(code, message, subcode=subcode, status=status)


def graph_error(code: int, message: str, *, subcode: int = 0, status: int = 400) -> Response:
    """The error object of the Graph API."""
    error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "LoaSandbox"}
    if subcode:
        error["error_subcode"] = subcode
    return JSONResponse({"error": error}, status_code=status)


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return graph_error(190, "Error validating access token: Session has expired.", subcode=463, status=401)


def throttled() -> Response:
    """The fault ``429``: a Page's limit, with the minutes in a header."""
    answer = graph_error(80001, "There have been too many calls to this Page account.", status=400)
    usage = {"page": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 5}]}
    answer.headers["x-business-use-case-usage"] = json.dumps(usage)
    return answer


def page_of(request: Request, rows: list[dict[str, Any]]) -> Response:
    """One page of a list, with cursors."""
    limit = int(request.query_params.get("limit", "25"))
    start = int(request.query_params.get("after", "0") or "0")
    if limit > MAX_LIMIT:
        raise Refusal(100, "(#100) limit is at most 100")
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + limit)}}
    if start + limit < len(rows):
        paging["next"] = str(request.url.include_query_params(after=start + limit))
    return JSONResponse({"data": rows[start : start + limit], "paging": paging})


def graph_time(moment: datetime | None) -> str:
    """A moment as the Graph API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z") if moment else ""


def upload_error(kind: str, message: str) -> Response:
    """The upload host's form of a no."""
    return JSONResponse({"debug_info": {"retriable": False, "type": kind, "message": message}}, status_code=400)


def check_version(version: str) -> None:
    """Refuse a version that Meta has ended."""
    if not VERSION.fullmatch(version):
        raise Refusal(2635, "You are calling a deprecated version of the API.")


def attached(values: dict[str, str]) -> list[str]:
    """Photo ids of ``attached_media``: a JSON array, or one form field each."""
    try:
        whole = json.loads(values.get("attached_media", "[]"))
        single = [json.loads(text) for name, text in values.items() if name.startswith("attached_media[")]
        return [str(item["media_fbid"]) for item in [*whole, *single]]
    except (ValueError, TypeError, KeyError):
        raise Refusal(100, "(#100) attached_media is malformed") from None


@dataclass
class Photo:
    """An uploaded photo; nobody sees it until a post takes it."""

    id: str
    page: str
    sha256: str
    alt: str
    made: datetime
    story: str = ""


@dataclass
class Post:
    """A post on a Page."""

    id: str
    page: str
    message: str
    made: datetime
    photos: list[Photo] = field(default_factory=list)


@dataclass
class Video:
    """A Reel between its start and its end."""

    id: str
    page: str
    sha256: str = ""
    description: str = ""
    finished: datetime | None = None
    post: str = ""
    looks: int = 0


def shown_post(post: Post) -> dict[str, Any]:
    """A post with the fields that reading it back gives."""
    targets = [{"target": {"id": photo.id}, "type": "photo"} for photo in post.photos]
    return {
        "id": post.id,
        "message": post.message,
        "created_time": graph_time(post.made),
        "permalink_url": f"https://www.facebook.com/{post.id}",
        "is_published": True,
        "attachments": {"data": targets},
    }
