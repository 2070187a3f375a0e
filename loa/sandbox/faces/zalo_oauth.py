"""An imitation of Zalo's OAuth v4: consent, PKCE, pairs of tokens that rotate, refresh tokens that work once.

The numbers of the errors are from memory and third parties; a client may rely on nothing but a missing access token.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from loa.sandbox.faces.asking import parameters
from loa.sandbox.grants import Grant
from loa.sandbox.world import ACCESS_LIFE, ANY_ACCOUNT, World

CODE_LIFE = timedelta(minutes=10)
ASKED = ("app_id", "redirect_uri", "code_challenge", "state")
NEW_PAIR = "authorization_code"
NEXT_PAIR = "refresh_token"


@dataclass(frozen=True, slots=True)
class Consent:
    """What an administrator of an OA has agreed to."""

    account: str
    app: str
    challenge: str
    at: datetime


class ZaloOauth:
    """The host oauth.zaloapp.com, under ``/zalo/oauth``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._codes: dict[str, Consent] = {}

    def routes(self) -> list[Route]:
        return [
            Route("/zalo/oauth/v4/oa/permission", self._permission, methods=["GET"]),
            Route("/zalo/oauth/v4/oa/access_token", self._access_token, methods=["POST"]),
            Route("/_loa/zalo/tokens", self._counts, methods=["GET"]),
        ]

    async def _permission(self, request: Request) -> Response:
        """Agree at once. Zalo shows a page on which a person chooses the OA; here ``oa_id`` in the link chooses it."""
        asked = request.query_params
        missing = [name for name in (*ASKED, "oa_id") if not asked.get(name)]
        if missing:
            return PlainTextResponse(f"missing: {', '.join(missing)}", status_code=400)
        code = secrets.token_urlsafe(16)
        now = self._world.clock.now()
        self._codes[code] = Consent(asked["oa_id"], asked["app_id"], asked["code_challenge"], now)
        returned = urlencode({"code": code, "oa_id": asked["oa_id"], "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{returned}", status_code=302)

    async def _access_token(self, request: Request) -> Response:
        if request.query_params or not request.headers.get("content-type", "").startswith(
            "application/x-www-form-urlencoded"
        ):
            return _no(-14001, "Invalid request")
        given, _ = await parameters(request)
        if not request.headers.get("secret_key", "").startswith(ANY_ACCOUNT):
            return _no(-14004, "Invalid secret key")
        if given.get("grant_type") == NEW_PAIR:
            return self._first(given)
        if given.get("grant_type") == NEXT_PAIR:
            pair = self._world.grants.exchange(given.get("refresh_token", ""))
            return _pair(pair) if pair else _no(-14014, "Invalid refresh token")
        return _no(-14001, "Invalid grant type")

    def _first(self, given: Mapping[str, str]) -> Response:
        """A code works once, whatever comes of it."""
        consent = self._codes.pop(given.get("code", ""), None)
        if consent is None or self._world.clock.now() - consent.at >= CODE_LIFE or consent.app != given.get("app_id"):
            return _no(-14012, "Invalid code")
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != consent.challenge:
            return _no(-14020, "Invalid code verifier")
        return _pair(self._world.grants.give(consent.account))

    async def _counts(self, _: Request) -> Response:
        grants = self._world.grants
        return JSONResponse({"refreshes": grants.refreshes, "refused": grants.refused})


def _pair(pair: Grant) -> Response:
    seconds = str(int(ACCESS_LIFE.total_seconds()))
    return JSONResponse({"access_token": pair.access, "refresh_token": pair.refresh, "expires_in": seconds})


def _no(code: int, name: str) -> Response:
    """Zalo's way to say no: HTTP 200."""
    return JSONResponse({"error": code, "error_name": name})
