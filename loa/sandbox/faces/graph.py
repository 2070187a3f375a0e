"""How the imitation Graph API says no, counts pages of a list, picks fields and writes times."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from loa.sandbox.faces.graph_call import Call

MAX_LIMIT = 100
VERSION = re.compile(r"v2[1-9]\.0")
GONE = 33
"""Sub-code of error 100: the object does not exist, or this token may not see it."""


class Refusal(Exception):  # noqa: N818 - the platform's no
    """An error object of the Graph API."""

    def __init__(self, code: int, message: str, *, status: int = 400, **more: Any) -> None:
        super().__init__(message)
        self.answer = graph_error(code, message, status=status, **more)


def graph_error(code: int, message: str, *, status: int = 400, **more: Any) -> Response:
    """The error object of the Graph API; ``more``: subcode, transient, data (``error_data``)."""
    names = {"subcode": "error_subcode", "transient": "is_transient", "data": "error_data"}
    error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "LoaSandbox"}
    return JSONResponse({"error": error | {names[name]: value for name, value in more.items()}}, status_code=status)


def gone(what: str) -> Refusal:
    """The no to a question about something that is not there."""
    return Refusal(100, f"Unsupported get request. Object with ID '{what}' does not exist.", subcode=GONE)


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return graph_error(190, "Error validating access token: Session has expired.", subcode=463, status=401)


def throttled() -> Response:
    """The fault ``429``: a Page's limit, with the minutes in a header."""
    answer = graph_error(80001, "There have been too many calls to this Page account.", transient=True)
    usage = {"page": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 5}]}
    answer.headers["x-business-use-case-usage"] = json.dumps(usage)
    return answer


def throttled_613() -> Response:
    """The fault ``throttled_613``: a limit of its own, for an irregular volume."""
    return graph_error(613, "(#613) Calls to this api have exceeded the rate limit.", subcode=1996)


def transient() -> Response:
    """The fault ``transient``: the service is down for a moment, and says so."""
    return graph_error(2, "Service temporarily unavailable", transient=True, status=503)


def still_processing() -> Response:
    """The fault ``slow_verify``: a video's state that never moves."""
    waiting = {"status": "in_progress"}
    phases = {"uploading_phase": {"status": "complete"}, "processing_phase": waiting, "publishing_phase": waiting}
    return JSONResponse({"status": {"video_status": "processing", **phases}})


def done(**more: Any) -> Response:
    """The short yes."""
    return JSONResponse({"success": True, **more})


def check_version(version: str) -> None:
    """Refuse a version that Meta has ended."""
    if not VERSION.fullmatch(version):
        raise Refusal(2635, "You are calling a deprecated version of the API.")


def select(row: Mapping[str, Any], call: Call, known: frozenset[str], usual: tuple[str, ...]) -> dict[str, Any]:
    """The fields that were asked for, always with the id; what this kind of object never has is an error."""
    asked = re.sub(
        r"\{[^{}]*\}|\([^()]*\)", "", re.sub(r"\{[^{}]*\{[^{}]*\}[^{}]*\}", "", call.values.get("fields", ""))
    )
    names = [re.sub(r"\..*", "", name).strip() for name in asked.split(",") if name.strip()] or list(usual)
    if strange := [name for name in names if name not in known | {"id"}]:
        raise Refusal(100, f"(#100) Tried accessing nonexisting field ({strange[0]})")
    return {name: row[name] for name in dict.fromkeys([*names, "id"]) if row.get(name) is not None}


def page_of(call: Call, rows: list[dict[str, Any]]) -> Response:
    """One page of a list, with cursors."""
    limit = whole_number(call.values.get("limit", "25"), "limit")
    start = whole_number(call.values.get("after", "") or "0", "after")
    if limit > MAX_LIMIT:
        raise Refusal(100, "(#100) limit is at most 100")
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + limit)}}
    if start + limit < len(rows):
        paging["next"] = f"{call.url.partition('?')[0]}?limit={limit}&after={start + limit}"
    return JSONResponse({"data": rows[start : start + limit], "paging": paging})


def whole_number(words: str, name: str) -> int:
    """A number of the request."""
    if not words.isdecimal():
        raise Refusal(100, f"(#100) Param {name} must be an integer")
    return int(words)


def truth(words: str) -> bool:
    """A yes or no of the request."""
    return words.lower() in {"true", "1", "yes"}


def graph_time(moment: datetime | None) -> str | None:
    """A moment as the Graph API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z") if moment else None


def moment_of(words: str) -> datetime:
    """A moment as a caller may write it: UNIX seconds or ISO 8601."""
    try:
        found = datetime.fromtimestamp(int(words), UTC) if words.isdecimal() else datetime.fromisoformat(words)
    except (ValueError, OverflowError, OSError):
        raise Refusal(100, "(#100) The specified time is not valid.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def upload_error(kind: str, message: str) -> Response:
    """The upload host's form of a no."""
    return JSONResponse({"debug_info": {"retriable": False, "type": kind, "message": message}}, status_code=400)
