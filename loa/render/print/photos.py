"""Photos for paper: as many of their points as a press can use, and none that would print coarse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from loa.errors import Problem
from loa.render.canvas import Pixels
from loa.render.intake import size_of, take_in
from loa.render.picture import Design
from loa.render.print.pages import LaidOut
from loa.render.template import Sheet
from loa.render.tree import nodes
from loa.render.tree.measure import Placed, Rect

_LEAST_DPI, _LEAST_DPI_FAR = 200, 100
_FAR = 700.0
"""Millimetres: paper longer than this is looked at from afar, and half the fineness is enough."""
_MOST_DPI = 300
_LONGEST_SIDE = 8000
_INCH = 25.4


class Use(NamedTuple):
    """A picture of the staff somewhere on a page, in units of the format."""

    name: str
    rect: Rect
    covers: bool


def picture_uses(roots: Iterable[Placed], brand_logo: str) -> Iterator[Use]:
    """Every photo (it covers its box) and every logo (it lies in it)."""
    for placed in roots:
        node = placed.element.node
        name = placed.element.get("value")
        if not placed.inner.width or not placed.inner.height:
            continue  # it has no room; the lint tells what overflows beside it
        if isinstance(node, nodes.Image) and name:
            yield Use(name, placed.inner, covers=True)
        elif isinstance(node, nodes.Logo) and (name or brand_logo):
            yield Use(name or brand_logo, placed.inner, covers=False)
        yield from picture_uses(placed.children, brand_logo)


def take_in_all(plan: Design, pages: Sequence[LaidOut], unit: float) -> Mapping[str, Pixels]:
    """The pixels of every picture on the pages, by name, no finer than the press; ``unit`` is millimetres a unit."""
    uses = [use for page in pages for use in picture_uses(page.placed, plan.theme.brand.logo)]
    taken = {name: take_in(plan.ws, name, longest_side=_LONGEST_SIDE) for name in sorted({use.name for use in uses})}
    return {name: _no_finer(pixels, [use for use in uses if use.name == name], unit) for name, pixels in taken.items()}


def _no_finer(pixels: Pixels, uses: Sequence[Use], unit: float) -> Pixels:
    height, width = pixels.shape[:2]
    finest = min(_dpi(width, height, use, unit) for use in uses)
    if finest <= _MOST_DPI:
        return pixels
    size = (max(1, round(width * _MOST_DPI / finest)), max(1, round(height * _MOST_DPI / finest)))
    smaller = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(smaller), dtype=np.uint8)


def _dpi(width: int, height: int, use: Use, unit: float) -> float:
    fineness = (width / use.rect.width, height / use.rect.height)
    return float(min(fineness) if use.covers else max(fineness)) * _INCH / unit


def coarse(plan: Design, pages: Sequence[LaidOut], sheet: Sheet, unit: float) -> list[Problem]:
    """The photos that have too few points for the size they are printed at."""
    least = _LEAST_DPI_FAR if max(sheet.width, sheet.height) > _FAR else _LEAST_DPI
    problems = []
    for use in (use for page in pages for use in picture_uses(page.placed, "") if use.covers):
        width, height = size_of(plan.ws, use.name)
        dpi = _dpi(width, height, use, unit)
        if dpi < least:
            needed = round(width * least / dpi)
            told = {"path": use.name, "dpi": f"{dpi:.0f}", "least": str(least), "pixels": str(needed)}
            problems.append(Problem("E460", {"template": f"{plan.order.template}/{plan.order.format}", **told}))
    return problems
