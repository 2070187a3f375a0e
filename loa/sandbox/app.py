"""One web application with a face for each platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from loa.sandbox.control import Control
from loa.sandbox.doors import loopback_only, marked, misbehaving
from loa.sandbox.faces import facebook, x, zalo
from loa.sandbox.faces.esms import Esms
from loa.sandbox.faces.infobip import Infobip
from loa.sandbox.faces.kannel import Kannel
from loa.sandbox.faces.smsgate import SmsGate
from loa.sandbox.faces.speedsms import SpeedSms
from loa.sandbox.faces.twilio import Twilio
from loa.sandbox.faces.zalo_oauth import ZaloOauth
from loa.sandbox.journal import Effect
from loa.sandbox.meter import Meter
from loa.sandbox.sms.control import SmsControl
from loa.sandbox.sms.face import SmsFace
from loa.sandbox.status import Status
from loa.sandbox.transport import App
from loa.sandbox.wall import Wall
from loa.sandbox.world import World

SMS_FACES: tuple[type[SmsFace], ...] = (Esms, SpeedSms, Kannel, SmsGate, Twilio, Infobip)
"""Every gateway of text messages: one line each."""


class Face(Protocol):
    """An imitation platform."""

    @property
    def name(self) -> str: ...

    @property
    def answers(self) -> Mapping[str, Callable[[], Response]]:
        """Kind of fault → how this platform says it."""
        ...

    def routes(self) -> list[Route]: ...

    def remember(self, effect: Effect) -> None:
        """Take up what an earlier run of this sandbox had accepted."""


def build_app(world: World) -> App:
    """All faces, the control handles and the citizens' page, behind their doors."""
    gateways = [face(world) for face in SMS_FACES]
    faces: tuple[Face, ...] = (facebook.Facebook(world), zalo.Zalo(world), x.X(world), *gateways)
    by_name = {face.name: face for face in faces}
    for effect in world.journal.effects():
        by_name[effect.platform].remember(effect)
    world.sms.wake()
    routes: list[BaseRoute] = [route for face in faces for route in face.routes()]
    meter = Meter()
    status = Status(world, meter, [face.name for face in faces])
    routes += [*status.routes(), *Control(world).routes(), *SmsControl(world.sms).routes()]
    routes += [*Wall(world).routes(), *ZaloOauth(world).routes()]
    if world.public is not None:
        # Starlette answers 500 and hangs up for a folder that is not there yet.
        world.public.mkdir(parents=True, exist_ok=True)
        routes.append(Mount("/media", StaticFiles(directory=world.public, check_dir=False)))
    answers = {face.name: face.answers for face in faces}
    stubs = frozenset(face.name for face in gateways)
    return marked(stubs, loopback_only(meter.counting(misbehaving(Starlette(routes=routes), world.faults, answers))))
