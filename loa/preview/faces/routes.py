"""One face by itself, its pictures on a stage, its codes, and the captions of clips as browsers read them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from loa.dispatch import DeliveryView
from loa.dispatch.steps import steps_of
from loa.preview.faces.codes import code_lints, codes
from loa.preview.faces.face import face_of
from loa.preview.faces.folds import Device
from loa.preview.faces.logos import MEDIA_TYPES, logo_file
from loa.preview.faces.papers import paper_of, shown_millimetres
from loa.preview.faces.zones import zone_of
from loa.preview.frame import show
from loa.preview.room import room_of
from loa.preview.visits import visit_of
from loa.render.subtitles import vtt

_KEPT = {"cache-control": "private, max-age=31536000, immutable"}


def face(request: Request) -> Response:
    """One delivery alone: a part of a page for htmx, else a page."""
    device: Device = "phone" if request.query_params.get("device") == "phone" else "desktop"
    is_part = request.headers.get("hx-request") == "true"
    name = "faces/face.html" if is_part else "faces/page.html"
    return show(request, name, view=_view(request), device=device)


def stage(request: Request) -> Response:
    """One picture of a delivery, to be looked at closely."""
    view, sha256 = _view(request), request.path_params["sha256"]
    found = next((each for each in (*view.attachments, *view.besides) if each.sha256 == sha256), None)
    if found is None:
        raise HTTPException(404)
    lang = visit_of(request).lang
    zone = zone_of(face_of(view, room_of(request), lang), found, lang)
    paper = paper_of(found.path, found.sha256)
    wide = shown_millimetres(paper, found.width) if paper else 0
    return show(request, "faces/stage.html", view=view, each=found, zone=zone, paper=paper, millimetres=wide)


def codes_read(request: Request) -> Response:
    """The codes in the pictures of a delivery; asked for when the reader comes to them, for reading takes a while."""
    view, visit = _view(request), visit_of(request)
    found = codes(view, room_of(request).desk.workspace)
    return show(request, "faces/codes.html", codes=found, lints=tuple(code_lints(found, view, visit.lang)))


def steps(request: Request) -> Response:
    """What the person will do who publishes by hand."""
    return show(request, "faces/steps.html", steps=steps_of(room_of(request).desk, _view(request).id))


def captions_track(request: Request) -> Response:
    """The captions of a clip as WebVTT."""
    found = room_of(request).shown().assets.get(request.path_params["sha256"])
    if found is None or found.captions is None or not found.captions.is_file():
        raise HTTPException(404)
    return Response(vtt(found.captions.read_text(encoding="utf-8-sig")), media_type="text/vtt", headers=_KEPT)


def logo(request: Request) -> Response:
    """The logo of a unit."""
    path = logo_file(room_of(request).desk.workspace, request.path_params["code"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=MEDIA_TYPES[path.suffix.lower()])


def _view(request: Request) -> DeliveryView:
    found = room_of(request).shown(visit_of(request).lang).by_id.get(request.path_params["id"])
    if found is None:
        raise HTTPException(404)
    return found


ROUTES = (
    Route("/face/{id:int}", face, methods=["GET"]),
    Route("/face/{id:int}/stage/{sha256:str}", stage, methods=["GET"]),
    Route("/face/{id:int}/qr", codes_read, methods=["GET"]),
    Route("/face/{id:int}/steps", steps, methods=["GET"]),
    Route("/captions-track/{sha256:str}", captions_track, methods=["GET"]),
    Route("/logo/{code:str}", logo, methods=["GET"]),
)
