"""What every SMS face has in common. A new gateway is a subclass, registered by a line in ``loa.sandbox.app``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from loa.sandbox.journal import Effect
from loa.sandbox.sms.order import Accepted, Inbound, State, Stumble, Told, WebCall
from loa.sandbox.transport import Receive, Scope, Send, break_connection

if TYPE_CHECKING:
    from loa.sandbox.world import World

Work = Callable[[Request], Awaitable[Response]]
ENDINGS: frozenset[State] = frozenset({"delivered", "failed", "expired", "rejected"})


class SmsFace:
    """One gateway's wire format over the engine.

    A subclass sets ``name`` and what differs from the defaults below, gives ``routes`` (wrap every endpoint with
    ``self.guarded``), and dresses receipts. A sending endpoint does this::

        try:
            accepted = self.engine.accept(Order(face=self.name, …))
        except Refusal as refusal:          # the whole call: refusal.reason, .first, .wait
            return …
        # accepted.call.id, .parts, .price;
        # accepted.outcomes: for each number None (taken) or a reason that is in ``order.tells``
        return await self.finish(accepted, …the answer…)
    """

    name: ClassVar[str]
    """Also the first step of its path and the ``platform`` of its lines in the journal."""
    answers: ClassVar[Mapping[str, Callable[[], Response]]] = {}
    """Kind of fault (``429``, ``token_expired`` …) → how this gateway says it."""
    key_life: ClassVar[timedelta | None] = None
    """How long a repeated ``Order.key`` is refused with ``duplicate_request``; None: the gateway has no such thing."""
    reports: ClassVar[frozenset[State]] = ENDINGS
    """The states that this gateway sends a receipt for."""
    retries: ClassVar[tuple[timedelta, ...]] = ()
    """Waits before the second, third … try of a receipt that the application did not answer with HTTP 2xx."""
    hasty: ClassVar[float] = 0.0
    """The share of messages of which it tells the end before the beginning."""
    hears_first_part_only: ClassVar[bool] = False
    """A later part that got lost is told as delivered: the gateway asks for a receipt of the first part only."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.engine = world.sms
        self.engine.register(self)

    def routes(self) -> list[Route]:
        raise NotImplementedError

    def remember(self, effect: Effect) -> None:
        """Take up what an earlier run of this sandbox had accepted."""
        self.engine.remember(effect)

    def receipt(self, told: Told) -> WebCall | None:
        """A receipt in this gateway's words, to ``told.call.order.callback``; None where it has no words for it."""
        raise NotImplementedError

    def inbound(self, inbound: Inbound, url: str) -> WebCall | None:  # noqa: ARG002 - the signature of the subclasses
        """A citizen's text in this gateway's words; None where it brings none."""
        return None

    def guarded(self, work: Work) -> Work:
        """An endpoint that trips with HTTP 500 where the engine does (…0007)."""

        async def endpoint(request: Request) -> Response:
            try:
                return await work(request)
            except Stumble:
                return PlainTextResponse("Internal Server Error", status_code=500)

        return endpoint

    async def finish(self, accepted: Accepted, response: Response) -> Response:
        """``response``, after the receipts that come before it, or no answer at all where the connection breaks."""
        if accepted.early:
            await run_in_threadpool(self.engine.tell_early, accepted)
        return Dropped() if accepted.drops else response


class Dropped(Response):
    """Breaks the connection instead of answering."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as Starlette calls it
        await break_connection(scope, receive)
