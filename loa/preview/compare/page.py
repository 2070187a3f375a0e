"""Two versions of a delivery: side by side, wiped, through each other, pixel by pixel and word by word."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from loa.dispatch import AttachmentView
from loa.dispatch.comparing import Comparison, VersionView, comparison_of
from loa.preview.compare.words import Piece, word_difference
from loa.preview.frame import show
from loa.preview.room import room_of
from loa.preview.visits import visit_of
from loa.render.darkroom import darkroom


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture, clip or file of both versions; None where one has none."""

    before: AttachmentView | None
    after: AttachmentView | None

    @property
    def is_same(self) -> bool:
        """Whether the bytes are the same."""
        return bool(self.before and self.after and self.before.sha256 == self.after.sha256)

    @property
    def alt_words(self) -> tuple[Piece, ...]:
        """How the description of the picture changed; nothing where it did not."""
        if self.before is None or self.after is None or self.before.alt_text == self.after.alt_text:
            return ()
        return word_difference(self.before.alt_text, self.after.alt_text)

    @property
    def are_pictures(self) -> bool:
        """Whether both can be laid upon each other."""
        return all(each is not None and each.kind == "picture" for each in (self.before, self.after))


def compare(request: Request) -> Response:
    """The page; ``?with=`` names the earlier version by its content hash."""
    found = _comparison(request)
    view = room_of(request).shown(visit_of(request).lang).by_id[request.path_params["id"]]
    earlier = _earlier(found, request.query_params.get("with", ""))
    if earlier is None:
        return show(request, "compare/nothing.html", view=view)
    return show(
        request,
        "compare/page.html",
        view=view,
        now=found.now,
        earlier=earlier,
        versions=found.before,
        changed=found.changed(earlier),
        pairs=_pairs(earlier, found.now),
        title_words=word_difference(earlier.title, found.now.title),
        text_words=word_difference(earlier.text, found.now.text),
        link_words=word_difference(earlier.link, found.now.link),
    )


def asset(request: Request) -> Response:
    """The bytes of any version."""
    found = _asset(_comparison(request), request.path_params["sha256"])
    return FileResponse(found.path, media_type=found.media_type)


def pixels(request: Request) -> Response:
    """Where two pictures of the versions differ."""
    comparison = _comparison(request)
    before, after = (_asset(comparison, request.path_params[name]) for name in ("before", "after"))
    if not Pair(before, after).are_pictures:
        raise HTTPException(404)
    folder = room_of(request).desk.workspace.var / "preview" / "differences"
    target = folder / f"{before.sha256}-{after.sha256}.png"
    if not target.is_file():
        darkroom.difference(before.path, after.path, target)
    return FileResponse(target, media_type="image/png")


def _comparison(request: Request) -> Comparison:
    room, number = room_of(request), request.path_params["id"]
    if number not in room.shown().by_id:
        raise HTTPException(404)
    return comparison_of(room.desk, number)


def _earlier(found: Comparison, content_hash: str) -> VersionView | None:
    """The version that is asked for; else the last that somebody decided upon, or the last of all."""
    named = [each for each in found.before if each.content_hash == content_hash]
    decided = [each for each in found.before if each.approved_by or each.returned_by]
    return next(iter((*named, *decided, *found.before)), None)


def _asset(comparison: Comparison, sha256: str) -> AttachmentView:
    found = comparison.asset(sha256)
    if found is None or not found.path.is_file():
        raise HTTPException(404)
    return found


def _pairs(earlier: VersionView, now: VersionView) -> tuple[Pair, ...]:
    most = max(len(earlier.attachments), len(now.attachments))
    before, after = (_filled(each.attachments, most) for each in (earlier, now))
    return tuple(Pair(*both) for both in zip(before, after, strict=True))


def _filled(assets: tuple[AttachmentView, ...], most: int) -> list[AttachmentView | None]:
    return [*assets, *[None] * (most - len(assets))]


ROUTES = (
    Route("/compare/{id:int}", compare, methods=["GET"]),
    Route("/compare/{id:int}/asset/{sha256:str}", asset, methods=["GET"]),
    Route("/compare/{id:int}/pixels/{before:str}/{after:str}", pixels, methods=["GET"]),
)
