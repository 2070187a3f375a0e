"""An imitation of Zalo's Official Account interfaces: always HTTP 200, the result stands in ``error``."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.sandbox.faces.asking import json_object
from loa.sandbox.faces.zalo_articles import Articles
from loa.sandbox.faces.zalo_call import NAME, Call, Profile, Refusal, Work, answer, done, read_call
from loa.sandbox.faces.zalo_messages import Messages
from loa.sandbox.faces.zalo_uploads import Uploads
from loa.sandbox.journal import Effect
from loa.sandbox.world import World

A_MINUTE = 4000
MINUTE = timedelta(minutes=1)
PROOF = re.compile(r"[0-9a-f]{64}")
"""The shape of a proof; whether it fits the token, only the holder of the secret can tell."""


def token_expired() -> Response:
    """The fault ``token_expired``."""
    return answer(-220, "access_token is expired")


def throttled() -> Response:
    """The fault ``429``."""
    return answer(-32, "Rate limit exceeded")


def processing() -> Response:
    """The fault ``slow_verify``."""
    return answer(-214, "Media is being processed")


class Zalo:
    """All Official Accounts of this sandbox; the token says which one speaks."""

    name = NAME
    answers = {"429": throttled, "token_expired": token_expired, "slow_verify": processing}  # noqa: RUF012 - read only, one for all

    def __init__(self, world: World) -> None:
        self._world = world
        self._profiles: dict[str, Profile] = {}
        self._uploads = Uploads(world)
        self._articles = Articles(world, self._uploads)
        self._messages = Messages(world, self._articles)
        self._minute_ends = world.clock.now()
        self._left = A_MINUTE

    def routes(self) -> list[Route]:
        works: list[tuple[str, str, Work]] = [
            *self._articles.works(),
            *self._uploads.works(),
            *self._messages.works(),
            ("GET", "/v2.0/oa/getoa", self._about),
        ]
        made = [Route(f"/{NAME}{path}", self._door(work), methods=[method]) for method, path, work in works]
        return [*made, Route(f"/{NAME}/_loa/account", self._profile, methods=["POST"])]

    def remember(self, effect: Effect) -> None:
        """What was public before a restart stays public, and its token may still be asked about."""
        if effect.kind in {"broadcast", "zbs"}:
            self._messages.remember(effect)
        else:
            self._articles.remember(effect)

    def _owner(self, request: Request) -> str | None:
        """The account that speaks; None for a token that Zalo does not know."""
        return self._world.owner(request.headers.get("access_token", ""))

    def _door(self, work: Work) -> Callable[[Request], Awaitable[Response]]:
        async def door(request: Request) -> Response:
            account = self._owner(request)
            if account is None:
                return answer(-216, "Access token is invalid")
            if not PROOF.fullmatch(request.headers.get("appsecret_proof", "0" * 64)):
                return answer(-242, "appsecret_proof is invalid")
            left = self._count()
            try:
                call = await read_call(request, account, self._profiles.get(account, Profile()))
                found = throttled() if left < 0 else work(call)
            except Refusal as refusal:
                found = refusal.answer
            found.headers["X-RateLimit-Limit"] = str(A_MINUTE)
            found.headers["X-RateLimit-Remain"] = str(max(0, left))
            return found

        return door

    def _count(self) -> int:
        """One call more in this minute; how many are left of it (below zero: too many)."""
        now = self._world.clock.now()
        if now >= self._minute_ends:
            self._minute_ends, self._left = now + MINUTE, A_MINUTE
        self._left -= 1
        return self._left

    def _about(self, call: Call) -> Response:
        known = call.profile
        count = {"num_follower": known.followers} if known.tells_followers else {}
        return done(
            {
                **count,
                "oaid": call.account,
                "name": self._world.names.get(call.account, call.account),
                "description": "",
                "is_verified": known.verified,
                "oa_type": 4,
                "cate_name": "Cơ quan nhà nước",
                "avatar": "",
                "cover": "",
                "package_name": known.package,
                "package_valid_through_date": known.package_until,
                "linked_ZCA": "",
            }
        )

    async def _profile(self, request: Request) -> Response:
        """The sandbox's own handle, no route of Zalo's: ``{"account": "…", "verified": false, "package": ""}``."""
        given = dict(await json_object(request))
        account = str(given.pop("account", ""))
        if not account or set(given) - {each.name for each in fields(Profile)}:
            return Response(status_code=400)
        if "calls_left" in request.query_params:
            self._minute_ends, self._left = self._world.clock.now() + MINUTE, int(request.query_params["calls_left"])
        self._profiles[account] = Profile(**given)
        return done()
