"""Telling that a piece of work is done, with a photo of it: the page, and what comes of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loa.dispatch.handoff import find_handoff, report_done
from loa.dispatch.proof import Proof
from loa.errors import LoaError
from loa.preview.acts import told
from loa.preview.door.rights import require
from loa.preview.door.uploads import Brought, brought, clean_picture
from loa.preview.frame import show
from loa.preview.room import room_of
from loa.preview.visits import visit_of


def ask(request: Request) -> Response:
    """The page that asks for a link or a photo."""
    found = find_handoff(room_of(request).desk, request.path_params["code"])
    return show(request, "today/photo.html", work=found, done=False)


async def done(request: Request) -> Response:
    """The proof has come: the photo is made anew before anything of it is kept."""
    given = await brought(request, "photo")
    try:
        return await run_in_threadpool(_record, request, given)
    except LoaError as error:
        return told(request, error)


def _record(request: Request, given: Brought) -> Response:
    visit, desk = visit_of(request), room_of(request).desk
    person = require(visit, "author")
    work = find_handoff(desk, request.path_params["code"])
    link = given.form.get("link").strip()
    with tempfile.TemporaryDirectory(prefix="loa-photo-") as folder:
        photo = Path(folder) / "photo.jpg" if given.picture else None
        if photo:
            photo.write_bytes(clean_picture(given.picture))
        report_done(desk, work.code, person.id, Proof(link, photo), origin=visit.origin)
    return show(request, "today/photo.html", work=work, done=True)


ROUTES = (
    Route("/deliveries/{code:str}/done", ask, methods=["GET"]),
    Route("/deliveries/{code:str}/done", done, methods=["POST"]),
)
