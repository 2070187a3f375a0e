"""The gallery, one asset of it, and the download of its very bytes."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from loa.preview.frame import show
from loa.preview.gallery.collection import Filter, Piece, choices, kind_name, pieces
from loa.preview.room import room_of
from loa.preview.small import channel_icon, small_picture
from loa.preview.visits import visit_of

AT_ONCE = 48
_FIELDS = ("campaign", "kind", "shape", "unit", "words")


def gallery(request: Request) -> Response:
    """The assets that the reader asked for, so many at once; the next come when the reader gets to them."""
    lang, asked = visit_of(request).lang, request.query_params
    chosen = Filter(**{name: asked.get(name, "")[:200] for name in _FIELDS})
    every = pieces(room_of(request).shown(lang).views)
    found = [piece for piece in every if chosen.takes(piece)]
    start = int(asked["from"]) if re.fullmatch(r"[0-9]{1,7}", asked.get("from", "")) else 0
    query = {name: asked[name] for name in _FIELDS if asked.get(name)}
    return show(
        request,
        "gallery/more.html" if start else "gallery/page.html",
        found=found[start : start + AT_ONCE],
        total=len(found),
        following="?" + urlencode(query | {"from": start + AT_ONCE}) if start + AT_ONCE < len(found) else "",
        chosen=chosen,
        query=urlencode(query),
        choices=choices(every, lang),
        small=small_picture,
        icon=channel_icon,
        kind_name=lambda asset: kind_name(asset, lang),
    )


def one(request: Request) -> Response:
    """One asset: at its full size, with what it is and where it goes."""
    lang, piece = visit_of(request).lang, _piece(request)
    return show(
        request,
        "gallery/one.html",
        piece=piece,
        size_of_file=piece.asset.path.stat().st_size if piece.asset.path.is_file() else None,
        there=piece.asset.path.is_file(),
        small=small_picture,
        kind_name=lambda asset: kind_name(asset, lang),
    )


def download(request: Request) -> Response:
    """The very bytes that go out, under a name that tells what they are."""
    piece = _piece(request)
    if not piece.asset.path.is_file():
        raise HTTPException(404)
    return FileResponse(piece.asset.path, media_type=piece.asset.media_type, filename=piece.file_name)


def _piece(request: Request) -> Piece:
    wanted = request.path_params["sha256"]
    shown = room_of(request).shown(visit_of(request).lang)
    found = pieces(shown.views) if wanted in shown.assets else ()
    piece = next((each for each in found if each.asset.sha256 == wanted), None)
    if piece is None:
        raise HTTPException(404)
    return piece


ROUTES = (
    Route("/gallery", gallery, methods=["GET"]),
    Route("/gallery/{sha256:str}", one, methods=["GET"]),
    Route("/download/{sha256:str}", download, methods=["GET"]),
)
