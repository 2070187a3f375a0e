"""The sandbox's own handles: its clock, its scenario of faults, its journal. No platform has these."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from loa.clock import SimulatedClock
from loa.errors import LoaError
from loa.sandbox.faces.asking import json_object
from loa.sandbox.faults import fault_from
from loa.sandbox.world import World


class Control:
    """Endpoints under ``/_loa/``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route("/_loa/clock", self._clock, methods=["GET", "POST"]),
            Route("/_loa/faults", self._faults, methods=["POST"]),
            Route("/_loa/journal", self._journal, methods=["GET"]),
        ]

    async def _clock(self, request: Request) -> Response:
        clock = self._world.clock
        if request.method == "POST":
            if not isinstance(clock, SimulatedClock):
                return _no("E854")
            try:
                clock.move_to(datetime.fromisoformat(str((await json_object(request)).get("now", ""))))
            except ValueError:
                return _no("E855")
            # whoever moves the clock finds all receipts that came due already told
            await run_in_threadpool(self._world.sms.deliver)
        return JSONResponse({"now": clock.now().isoformat()})

    async def _faults(self, request: Request) -> Response:
        """``{"scenario": [{"face": "facebook", "route": "*/feed", "nth": 3, "kind": "drop_after"}, …]}``."""
        try:
            scenario = [fault_from(line) for line in (await json_object(request)).get("scenario", [])]
        except LoaError as error:
            return _no(error.code)
        self._world.faults.play(scenario)
        return JSONResponse({"faults": len(scenario)})

    async def _journal(self, _: Request) -> Response:
        return JSONResponse([asdict(effect) for effect in self._world.journal.effects()])


def _no(code: str) -> Response:
    return JSONResponse({"error": code}, status_code=400)
