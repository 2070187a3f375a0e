"""The door over HTTP: one kind of address, bounded calls, and an answer only once a call is on the disk."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from loa.clock import Clock
from loa.delivery import WebhookCall
from loa.store import Vault
from loa.store.inbox import Letter, letter_of
from loa.webhooks.keeper import Keeper

MOST_BODY = 256 * 1024
MOST_QUERY = 8 * 1024
BODY_SECONDS = 10.0
NOT_HERE, TOO_LARGE, TOO_SLOW, LATER = 404, 413, 408, 503
OK = 200


@dataclass
class Tally:
    """What came to the door since the last look. Nothing of what was in it."""

    kept: int = 0
    turned_away: int = 0
    put_off: int = 0


@dataclass(frozen=True)
class Gate:
    """Which addresses are ours: the word of each account that may be reported to."""

    vault: Vault
    accounts: Collection[str]
    _words: dict[str, bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", {each: self.vault.door_word(each).encode() for each in self.accounts})

    def opens(self, account_id: str, word: str) -> bool:
        """Compares in the same time whatever is wrong, so that nobody finds a word letter by letter."""
        same = hmac.compare_digest(word.encode(), self._words.get(account_id, b"-"))
        return same and account_id in self._words


@dataclass(frozen=True)
class Entrance:
    """Takes calls in."""

    gate: Gate
    clock: Clock
    keeper: Keeper
    tally: Tally = field(default_factory=Tally)

    async def take(self, request: Request) -> Response:
        """Answer 200 once the call is on the disk; 404 for whatever is not meant for us, without telling why."""
        account_id, word, tail = (request.path_params.get(name, "") for name in ("account", "word", "tail"))
        if not self.gate.opens(account_id, word) or len(request.scope["query_string"]) > MOST_QUERY:
            return self._away(NOT_HERE)
        try:
            body = await asyncio.wait_for(_body(request), BODY_SECONDS)
        except TimeoutError:
            return self._away(TOO_SLOW)
        except ClientDisconnect:
            return self._away(NOT_HERE)
        if body is None:
            return self._away(TOO_LARGE)
        if await self.keeper.keep(self._letter(account_id, tail, request, body)):
            self.tally.kept += 1
            return Response(status_code=OK)
        self.tally.put_off += 1
        return Response(status_code=LATER, headers={"retry-after": "10"})

    def _letter(self, account_id: str, tail: str, request: Request, body: bytes) -> Letter:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.scope["headers"]}
        call = WebhookCall(request.method, dict(request.query_params), headers, body, tail)
        return letter_of(self.gate.vault, account_id, call, self.clock.now())

    def _away(self, status: int) -> Response:
        self.tally.turned_away += 1
        return Response(status_code=status, headers={"connection": "close"})


async def _body(request: Request) -> bytes | None:
    """The whole body; None where it is larger than anything that a gateway says."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BODY:
            return None
        parts.append(part)
    return b"".join(parts)


def application(take: Callable[[Request], object]) -> Starlette:
    """The application with its one kind of address; every other path and method is not here."""
    methods = ["GET", "POST"]
    return Starlette(
        routes=[
            Route("/sms/{account:str}/{word:str}", take, methods=methods),
            Route("/sms/{account:str}/{word:str}/{tail:path}", take, methods=methods),
        ],
        exception_handlers={404: _not_here, 405: _not_here},
    )


async def _not_here(_request: Request, _error: Exception) -> Response:
    return Response(status_code=NOT_HERE, headers={"connection": "close"})
