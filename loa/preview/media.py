"""Pictures, clips and files of the book over HTTP: only what a delivery lists, by its hash; small ones too."""

from __future__ import annotations

from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_noto_sans_khmer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from loa.dispatch import AttachmentView
from loa.preview.frame import STATIC
from loa.preview.room import room_of
from loa.render.darkroom import darkroom
from loa.render.thumbs import WIDTHS

_LATIN, _KHMER = (Path(each.__file__).parent / "files" for each in (fontpkg_be_vietnam_pro, fontpkg_noto_sans_khmer))
_FONTS = {name: _LATIN / f"BeVietnamPro-{name}" for name in ("Regular.ttf", "SemiBold.ttf", "Bold.ttf")} | {
    "Khmer.ttf": _KHMER / "NotoSansKhmer[wdth,wght].ttf"
}
_FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}


def asset(request: Request) -> Response:
    """The very bytes that a channel gets."""
    found = _listed(request)
    return FileResponse(found.path, media_type=found.media_type, headers=_FOR_EVER)


def captions(request: Request) -> Response:
    """The subtitles of a clip, as text."""
    found = _listed(request)
    if found.captions is None or not found.captions.is_file():
        raise HTTPException(404)
    return FileResponse(found.captions, media_type="text/plain; charset=utf-8", headers=_FOR_EVER)


def thumb(request: Request) -> Response:
    """A small picture of a picture, a clip or a document."""
    found, width = _listed(request), request.path_params["width"]
    source = found.preview or (found.path if found.kind == "picture" else None)
    if width not in WIDTHS or source is None or not source.is_file():
        raise HTTPException(404)
    folder = room_of(request).desk.workspace.var / "preview" / "thumbs"
    return FileResponse(darkroom.small(source, found.sha256, width, folder), media_type="image/jpeg", headers=_FOR_EVER)


def shown(request: Request) -> Response:
    """The picture that stands for a document or a clip, at its full size."""
    found = _listed(request)
    if found.preview is None or not found.preview.is_file():
        raise HTTPException(404)
    return FileResponse(found.preview, media_type="image/jpeg", headers=_FOR_EVER)


def static(request: Request) -> Response:
    """A file of the program's own."""
    name = request.path_params["name"]
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers=_FOR_EVER if "v" in request.query_params else None)


def font(request: Request) -> Response:
    """A cut of the typeface that pages and pictures are set in."""
    path = _FONTS.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="font/ttf", headers=_FOR_EVER)


def _listed(request: Request) -> AttachmentView:
    found = room_of(request).asset(request.path_params["sha256"])
    if found is None or not found.path.is_file():
        raise HTTPException(404)
    return found


ROUTES = (
    Route("/asset/{sha256:str}", asset, methods=["GET"]),
    Route("/captions/{sha256:str}", captions, methods=["GET"]),
    Route("/thumb/{sha256:str}/{width:int}", thumb, methods=["GET"]),
    Route("/shown/{sha256:str}", shown, methods=["GET"]),
    Route("/font/{name:str}", font, methods=["GET"]),
    Route("/static/{name:path}", static, methods=["GET"]),
)
