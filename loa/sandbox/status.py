"""The sandbox's status page: which faces there are, where, how often they were called, what goes wrong on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from loa.clock import DEFAULT_ZONE
from loa.sandbox.meter import BROKEN, Meter
from loa.sandbox.sms.control import state_of
from loa.sandbox.world import World

STYLE = Path(__file__).parent / "pages" / "status.css"
TITLES = {
    "facebook": "Facebook",
    "zalo": "Zalo",
    "x": "X",
    "esms": "SMS (eSMS)",
    "speedsms": "SMS (SpeedSMS)",
    "kannel": "SMS (Kannel)",
    "smsgate": "SMS (sms-gate)",
    "twilio": "SMS (Twilio)",
    "infobip": "SMS (Infobip)",
}

KINDS = {
    "post": "bài chữ",
    "photo_post": "bài ảnh",
    "reel": "thước phim",
    "video": "clip",
    "article": "bài viết",
    "tweet": "bài",
    "sms": "tin nhắn",
    "broadcast": "lượt gửi người quan tâm",
    "zbs": "tin mẫu",
    "comment": "bình luận",
    "revise": "đính chính",
    "remove": "lượt gỡ",
}
"""Kinds of effects in people's words."""


@dataclass(frozen=True, slots=True)
class FaceStatus:
    """One face: calls by HTTP status (0: the connection was broken), public effects by kind."""

    name: str
    title: str
    address: str
    calls: dict[int, int]
    effects: dict[str, int]
    accounts: int

    @property
    def asked(self) -> int:
        return sum(self.calls.values())


@dataclass(frozen=True, slots=True)
class FaultStatus:
    """One line of the scenario: how many requests it looked at, how many it spoiled."""

    face: str
    route: str
    kind: str
    rule: str
    matched: int
    struck: int


class Status:
    """The page at ``/_loa/`` and the same as JSON at ``/_loa/status``."""

    def __init__(self, world: World, meter: Meter, faces: Sequence[str]) -> None:
        self._world = world
        self._meter = meter
        self._faces = faces

    def routes(self) -> list[Route]:
        return [
            Route("/_loa/", self._page, methods=["GET"]),
            Route("/_loa/status.css", self._style, methods=["GET"]),
            Route("/_loa/status", self._json, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        environment = Environment(loader=PackageLoader("loa.sandbox", "pages"), autoescape=True, trim_blocks=True)
        page = environment.get_template("status.html").render(
            faces=self._of_faces(request),
            faults=self._of_faults(),
            sms=state_of(self._world.sms),
            titles=TITLES,
            broken=BROKEN,
            kinds=KINDS,
            now=f"{self._world.clock.now().astimezone(DEFAULT_ZONE):%H:%M:%S · %d/%m/%Y}",
            simulated=self._world.simulated,
            journal=str(self._world.journal.path),
        )
        return HTMLResponse(page)

    async def _style(self, _: Request) -> Response:
        return FileResponse(STYLE, media_type="text/css")

    async def _json(self, request: Request) -> Response:
        return JSONResponse(
            {
                "now": self._world.clock.now().isoformat(),
                "faces": [asdict(each) for each in self._of_faces(request)],
                "faults": [asdict(each) for each in self._of_faults()],
                "sms": state_of(self._world.sms),
            }
        )

    def _of_faces(self, request: Request) -> list[FaceStatus]:
        effects = self._world.journal.effects()
        found = []
        for name in self._faces:
            mine = [effect for effect in effects if effect.platform == name]
            kinds = dict(Counter(str(effect.kind) for effect in mine))
            accounts = len({effect.account for effect in mine})
            address = f"{request.base_url}{name}"
            found.append(FaceStatus(name, TITLES.get(name, name), address, self._meter.calls(name), kinds, accounts))
        return found

    def _of_faults(self) -> list[FaultStatus]:
        return [
            FaultStatus(fault.face, fault.route, fault.kind, fault.rule, matched, struck)
            for fault, matched, struck in self._world.faults.tally()
        ]
