"""The sandbox's own handles for text messages, under ``/_loa/sms``. No gateway has these."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from loa.errors import LoaError
from loa.sandbox.faces.asking import json_object, parameters
from loa.sandbox.sms.engine import Engine
from loa.sandbox.sms.handsets import handsets
from loa.sandbox.sms.rules import ENDLESS, LIFELIKE, Rules, as_json, rules_from

PRESETS = {"calm": Rules(), "lifelike": LIFELIKE}
MOST_LISTED = 1000


class SmsControl:
    """``GET`` tells the rules and the state; ``POST`` changes rules; a handset can write back."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def routes(self) -> list[Route]:
        return [
            Route("/_loa/sms", self._tell, methods=["GET"]),
            Route("/_loa/sms", self._change, methods=["POST"]),
            Route("/_loa/sms/handsets", self._handsets, methods=["GET"]),
            Route("/_loa/sms/inbound", self._inbound, methods=["POST"]),
        ]

    async def _tell(self, _: Request) -> Response:
        rules = as_json(self._engine.rules)
        # the path of a webhook is a secret of the application
        rules["webhooks"] = {face: urlsplit(url).netloc for face, url in self._engine.rules.webhooks.items()}
        return JSONResponse({"rules": rules, **state_of(self._engine)})

    async def _change(self, request: Request) -> Response:
        """``{"preset": "calm" | "lifelike", "rules": {"balance": 0, …}}``; what is not named stays as it is."""
        asked = await json_object(request)
        base = PRESETS.get(str(asked.get("preset")), self._engine.rules)
        try:
            self._engine.rules = rules_from(asked.get("rules") or {}, base)
        except LoaError as error:
            return JSONResponse({"error": error.code}, status_code=400)
        return await self._tell(request)

    async def _handsets(self, request: Request) -> Response:
        asked = request.query_params.get("most", "")
        most = min(int(asked), MOST_LISTED) if asked.isdigit() else MOST_LISTED
        found = await run_in_threadpool(handsets, self._engine, most, MOST_LISTED)
        rows = [asdict(each) | {"texts": [bubble.text for bubble in each.bubbles]} for each in found]
        return Response(_plain(rows), media_type="application/json")

    async def _inbound(self, request: Request) -> Response:
        """``handset`` (its fingerprint) and ``text``, as JSON or from the form of the page."""
        given, _ = await parameters(request)
        handset, text = given.get("handset", ""), (given.get("quick") or given.get("text", "")).strip()
        if not text:
            return JSONResponse({"error": "E858"}, status_code=400)
        try:
            inbound = await run_in_threadpool(self._engine.write_back, handset, text)
        except LoaError as error:
            return JSONResponse({"error": error.code}, status_code=404)
        await run_in_threadpool(self._engine.deliver)
        if "quick" in given or request.headers.get("content-type", "").startswith("application/x-www-form"):
            return RedirectResponse(f"/#m{handset}", status_code=303)
        heard = self._engine.hears(inbound)
        return JSONResponse({"id": inbound.id, "to": inbound.sender, "gateway": inbound.face, "heard": heard})


def state_of(engine: Engine) -> dict[str, Any]:
    """What the status page tells of text messages. No number, no account."""
    courier, rules = engine.courier, engine.rules
    spent: dict[str, int] = {}
    for (face, _), price in engine.counter.spent.items():
        spent[face] = spent.get(face, 0) + price
    return {
        "seed": engine.seed,
        "messages": engine.messages_in_all,
        "handsets": engine.handsets_in_all,
        "lost": engine.lost,
        "balance": None if rules.balance == ENDLESS else rules.balance,
        "spent": spent,
        "approval": _awaiting(engine),
        "receipts": {"waiting": courier.waiting, **asdict(courier.tally), "refused": dict(courier.refused)},
    }


def _awaiting(engine: Engine) -> int:
    """Calls of advertising that a person at the gateway still looks at."""
    now = engine.clock.now()
    queued = (call for call in engine.calls() if call.order.advertising)
    return sum((now - call.at).total_seconds() < call.rules.approval_seconds for call in queued)


def _plain(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps(rows, default=str, ensure_ascii=False).encode()
