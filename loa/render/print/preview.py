"""Documents as pictures: the preview that reviewers see, and pages as images for a shop that asks for such."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import skia

from loa.errors import Problem
from loa.render.canvas import Pixels
from loa.render.finish import encode
from loa.render.print.document import Document
from loa.render.print.pages import LaidOut
from loa.render.print.paper import Paper
from loa.render.scan import check_codes
from loa.render.tree import nodes
from loa.render.tree.measure import Placed, Rect

_ALONE, _AMONG = 1600, 900
"""The longer side of a page by itself, and of one among others (pixels)."""
_GAP = 36
_GROUND = (217, 222, 230, 255)
_WIDEST = 6


class Picture(NamedTuple):
    """An encoded picture and its size."""

    data: bytes
    width: int
    height: int


def preview_of(document: Document, pictures: Mapping[str, Pixels]) -> Picture:
    """All sheets of a document in one picture, trimmed, in reading order."""
    sheets = document.papers
    if len(sheets) == 1:
        return _encoded(sheet_pixels(document, sheets[0], pictures, _ALONE))
    shown = [sheet_pixels(document, sheet, pictures, _AMONG) for sheet in sheets]
    height, width = shown[0].shape[:2]
    columns = _columns(len(shown))
    rows = math.ceil(len(shown) / columns)
    board = np.empty((rows * (height + _GAP) + _GAP, columns * (width + _GAP) + _GAP, 4), np.uint8)
    board[:] = _GROUND
    for index, pixels in enumerate(shown):
        x, y = index % columns * (width + _GAP) + _GAP, index // columns * (height + _GAP) + _GAP
        board[y : y + height, x : x + width] = pixels
    return _encoded(board)


def _columns(count: int) -> int:
    """Two beside each other, then rows as even as they come."""
    return min(_WIDEST, count if count < 4 else math.ceil(math.sqrt(count * 1.3)))  # noqa: PLR2004 (three fit a row)


def _encoded(pixels: Pixels) -> Picture:
    return Picture(encode(pixels, "jpg"), pixels.shape[1], pixels.shape[0])


def sheet_pixels(document: Document, paper: Paper, pictures: Mapping[str, Pixels], longest: int) -> Pixels:
    """One sheet, trimmed, its longer side ``longest`` pixels."""
    return _raster(document, paper, pictures, paper.trim, longest / max(paper.trim.width, paper.trim.height))


def unread_codes(document: Document, pictures: Mapping[str, Pixels]) -> list[Problem]:
    """The codes that a phone would not read from the printed pages."""
    problems = []
    for page in document.pages:
        if any(_has_code(root) for root in page.placed):
            order = page.plan.order
            seen = _page_pixels(document, page, pictures)
            problems += check_codes(seen, page.placed, f"{order.template}/{order.format}")
    return problems


def _has_code(placed: Placed) -> bool:
    """Whether a code stands somewhere in a tree."""
    return isinstance(placed.element.node, nodes.Qr) or any(_has_code(child) for child in placed.children)


def _page_pixels(document: Document, page: LaidOut, pictures: Mapping[str, Pixels]) -> Pixels:
    """One trimmed page, a pixel a unit."""
    pixels, canvas = _blank(round(page.plan.page.width), round(page.plan.page.height))
    document.paint(canvas, page, pictures)
    return pixels


def _raster(document: Document, paper: Paper, pictures: Mapping[str, Pixels], area: Rect, scale: float) -> Pixels:
    width, height = round(area.width * scale), round(area.height * scale)
    pixels, canvas = _blank(width, height)
    canvas.scale(width / area.width, height / area.height)
    canvas.translate(-area.x, -area.y)
    document.draw(canvas, paper, pictures)
    return pixels


def _blank(width: int, height: int) -> tuple[Pixels, Any]:
    """White paper, and a canvas that draws on it."""
    pixels: Pixels = np.full((height, width, 4), 255, np.uint8)
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    return pixels, skia.Surface.MakeRasterDirect(info, pixels).getCanvas()
