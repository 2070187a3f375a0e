"""Paper in points: how large the sheet is, where the trimmed pages lie on it, and the marks for the knife."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from loa.render.template import FormatSpec, Sheet
from loa.render.tree.measure import Rect

POINT = 72 / 25.4
"""Points in a millimetre."""
MARK, AWAY = 5.0, 0.5
"""Millimetres: how long a crop mark is, and how far it keeps from the bleed."""
_SHORTEST_MARK = 1.5


class Spot(NamedTuple):
    """A page on a sheet: which one, and where its trimmed corner lies (points)."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed sheet: its size, the trimmed area, and the pages on it. All in points, from the upper left."""

    width: float
    height: float
    trim: Rect
    bleed: float
    spots: tuple[Spot, ...]
    marks: tuple[tuple[float, float, float, float], ...]

    @property
    def boxes(self) -> tuple[Rect, Rect, Rect]:
        """Media, bleed and trim."""
        edge = (-self.bleed,) * 4
        return Rect(0, 0, self.width, self.height), self.trim.inset(edge), self.trim


def papers(spec: FormatSpec, count: int) -> tuple[Paper, ...]:
    """The sheets that carry ``count`` pages of a format."""
    sheet = _sheet(spec)
    if spec.impose is None:
        return tuple(_single(sheet, page) for page in range(count))
    return tuple(_imposed(spec, spots) for spots in _ORDERS[spec.impose.order](spec, count))


def _sheet(spec: FormatSpec) -> Sheet:
    if spec.page is None:
        raise ValueError("a format without paper is no print format")
    return spec.page


def _single(sheet: Sheet, page: int) -> Paper:
    """A page by itself. Without a bleed it is for the printer of an office: no marks, the paper as it is."""
    edge = (sheet.bleed + AWAY + MARK) * POINT if sheet.bleed else 0.0
    trim = Rect(edge, edge, sheet.width * POINT, sheet.height * POINT)
    bleed = sheet.bleed * POINT
    marks = tuple(_corner_marks(trim, bleed, MARK * POINT)) if bleed else ()
    return Paper(trim.width + 2 * edge, trim.height + 2 * edge, trim, bleed, (Spot(page, edge, edge),), marks)


def _corner_marks(trim: Rect, bleed: float, length: float) -> Iterator[tuple[float, float, float, float]]:
    away = bleed + AWAY * POINT
    left, top, right, low = trim.x, trim.y, trim.x + trim.width, trim.y + trim.height
    for x in (left, right):
        yield x, top - away, x, top - away - length
        yield x, low + away, x, low + away + length
    for y in (top, low):
        yield left - away, y, left - away - length, y
        yield right + away, y, right + away + length, y


# -- several pages on a sheet


def _imposed(spec: FormatSpec, spots: tuple[Spot, ...]) -> Paper:
    sheet, impose = _sheet(spec), spec.impose
    if impose is None:
        raise ValueError("a format that is not imposed has a page a sheet")
    width, height = impose.width * POINT, impose.height * POINT
    marks = tuple(_grid_marks(spec, width, height)) if sheet.bleed else ()
    return Paper(width, height, Rect(0, 0, width, height), sheet.bleed * POINT, spots, marks)


def places(spec: FormatSpec) -> tuple[Rect, ...]:
    """Where the trimmed pages lie on an imposed sheet, row by row, the whole in the middle of the paper."""
    sheet, impose = _sheet(spec), spec.impose
    if impose is None:
        raise ValueError("a format that is not imposed has a page a sheet")
    gap = 0 if impose.order == "booklet" else 2 * sheet.bleed
    left = (impose.width - impose.across * (sheet.width + gap) + gap) / 2
    top = (impose.height - impose.down * (sheet.height + gap) + gap) / 2
    return tuple(
        Rect(
            (left + across * (sheet.width + gap)) * POINT,
            (top + down * (sheet.height + gap)) * POINT,
            sheet.width * POINT,
            sheet.height * POINT,
        )
        for down in range(impose.down)
        for across in range(impose.across)
    )


def room_left(spec: FormatSpec) -> float:
    """Millimetres between the bleed of the outermost pages and the edge of the sheet; below zero they do not fit."""
    found = places(spec)
    bleed = _sheet(spec).bleed if spec.page else 0
    return min(min(place.x, place.y) for place in found) / POINT - bleed


def _grid_marks(spec: FormatSpec, width: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    """The cuts of all pages, told at the rim of the sheet only: no mark lies on a page."""
    found, bleed = places(spec), _sheet(spec).bleed * POINT
    away = bleed + AWAY * POINT
    left, top = min(place.x for place in found), min(place.y for place in found)
    across = max(0.0, min(MARK * POINT, left - away))
    down = max(0.0, min(MARK * POINT, top - away))
    for x in sorted({edge for place in found for edge in (place.x, place.x + place.width)}):
        if down >= _SHORTEST_MARK * POINT:
            yield x, top - away, x, top - away - down
            yield x, height - top + away, x, height - top + away + down
    for y in sorted({edge for place in found for edge in (place.y, place.y + place.height)}):
        if across >= _SHORTEST_MARK * POINT:
            yield left - away, y, left - away - across, y
            yield width - left + away, y, width - left + away + across, y


def _same(spec: FormatSpec, count: int) -> list[tuple[Spot, ...]]:
    """A sheet a page, full of it. The fronts and the backs lie at the same places, so they meet when turned over."""
    return [tuple(Spot(page, place.x, place.y) for place in places(spec)) for page in range(count)]


def _booklet(spec: FormatSpec, count: int) -> list[tuple[Spot, ...]]:
    """Saddle stitching: the sheets laid on one another, folded and stapled, read in order."""
    left, right = places(spec)
    sides: list[tuple[Spot, ...]] = []
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        sides.append((Spot(last, left.x, left.y), Spot(first, right.x, right.y)))
        sides.append((Spot(first + 1, left.x, left.y), Spot(last - 1, right.x, right.y)))
    return sides


_ORDERS = {"same": _same, "booklet": _booklet}
