"""How X says no, who speaks, and how many calls are left: the outer skin of the imitation."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from loa.clock import Clock

WINDOW = timedelta(minutes=15)
PROBLEMS = "https://api.x.com/2/problems/"
OAUTH1 = re.compile(r'(oauth_\w+)="([^"]*)"')
SIGNED = frozenset({"oauth_consumer_key", "oauth_token", "oauth_nonce", "oauth_timestamp", "oauth_signature"})


class Refusal(Exception):  # noqa: N818 - the platform's no
    """A problem document; ``kind`` is the last part of its type, none for ``about:blank``."""

    def __init__(self, status: int, detail: str, kind: str = "", **more: Any) -> None:
        super().__init__(detail)
        self.answer = problem(status, detail, kind, **more)


def problem(status: int, detail: str, kind: str = "", **more: Any) -> Response:
    """X's form of a no."""
    titles = {400: "Invalid Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found Error"}
    body = {
        "title": titles.get(status, "Too Many Requests"),
        "detail": detail,
        "type": PROBLEMS + kind if kind else "about:blank",
        "status": status,
    }
    return JSONResponse(body | more, status_code=status, media_type="application/problem+json")


def invalid(parameter: str, value: object, message: str) -> Refusal:
    """A request that X's schema refuses."""
    errors = [{"parameters": {parameter: [str(value)]}, "message": message}]
    detail = "One or more parameters to your request was invalid."
    return Refusal(400, detail, "invalid-request", errors=errors)


def missing(what: str, name: str) -> dict[str, Any]:
    """The error that stands for a thing that is not there."""
    return {
        "value": name,
        "detail": f"Could not find {what} with id: [{name}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": "id",
        "resource_id": name,
        "type": f"{PROBLEMS}resource-not-found",
    }


class Doorman:
    """Reads the token of a request. A nonce is good once: the same bytes sent twice are refused."""

    def __init__(self) -> None:
        self._nonces: set[tuple[str, str]] = set()

    def token(self, request: Request) -> str | None:
        """The user's token: OAuth 1.0a (the signature must be there, its secret nobody knows here) or OAuth 2."""
        header = request.headers.get("authorization", "")
        if header.startswith("Bearer "):
            return header.removeprefix("Bearer ").strip()
        values = {name: unquote(value) for name, value in OAUTH1.findall(header)}
        used = values.get("oauth_nonce", ""), values.get("oauth_timestamp", "")
        if not values.keys() >= SIGNED or not values["oauth_signature"] or used in self._nonces:
            return None
        self._nonces.add(used)
        return values["oauth_token"]


class Windows:
    """Calls per account and route in each quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken: dict[tuple[str, str, int], int] = defaultdict(int)

    def take(self, account: str, route: str, limit: int) -> dict[str, str]:
        """Count one call, and say in headers how many are left.

        Raises:
            Refusal: 429, none was left.
        """
        seconds = int(WINDOW.total_seconds())
        window = int(self._clock.now().timestamp()) // seconds
        self._taken[account, route, window] += 1
        left = limit - self._taken[account, route, window]
        headers = {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(max(left, 0)),
            "x-rate-limit-reset": str((window + 1) * seconds),
        }
        if left < 0:
            refusal = Refusal(429, "Too Many Requests")
            refusal.answer.headers.update(headers)
            raise refusal
        return headers
