"""Paper in points: how large the sheet is, where the trimmed pages lie on it, and the marks for the knife."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loa.render.template import Imposition, Sheet
from loa.render.tree.measure import Rect

POINT = 72 / 25.4
"""Points in a millimetre."""
MARK, AWAY = 5.0, 0.5
"""Millimetres: how long a crop mark is, and how far it keeps from the bleed."""
_SHORTEST_MARK = 1.5


Mark = tuple[float, float, float, float]
"""A line from one point to another."""


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
    marks: tuple[Mark, ...]

    @property
    def boxes(self) -> tuple[Rect, Rect, Rect]:
        """Media, bleed and trim."""
        edge = (-self.bleed,) * 4
        return Rect(0, 0, self.width, self.height), self.trim.inset(edge), self.trim


def papers(sheet: Sheet, impose: Imposition | None, count: int) -> tuple[Paper, ...]:
    """The sheets that carry ``count`` pages."""
    if impose is None:
        return tuple(_single(sheet, page) for page in range(count))
    return tuple(_imposed(sheet, impose, spots) for spots in _ORDERS[impose.order](places(sheet, impose), count))


def _single(sheet: Sheet, page: int) -> Paper:
    """A page by itself. Without a bleed it is for the printer of an office: no marks, the paper as it is."""
    edge = (sheet.bleed + AWAY + MARK) * POINT if sheet.bleed else 0.0
    trim = Rect(edge, edge, sheet.width * POINT, sheet.height * POINT)
    bleed = sheet.bleed * POINT
    marks = tuple(_corner_marks(trim, bleed, MARK * POINT)) if bleed else ()
    return Paper(trim.width + 2 * edge, trim.height + 2 * edge, trim, bleed, (Spot(page, edge, edge),), marks)


def _corner_marks(trim: Rect, bleed: float, length: float) -> Iterator[Mark]:
    away = bleed + AWAY * POINT
    left, top, right, low = trim.x, trim.y, trim.x + trim.width, trim.y + trim.height
    for x in (left, right):
        yield x, top - away, x, top - away - length
        yield x, low + away, x, low + away + length
    for y in (top, low):
        yield left - away, y, left - away - length, y
        yield right + away, y, right + away + length, y


# -- several pages on a sheet


def _imposed(sheet: Sheet, impose: Imposition, spots: tuple[Spot, ...]) -> Paper:
    whole = Rect(0, 0, impose.width * POINT, impose.height * POINT)
    marks = tuple(_rim_marks(sheet, impose, whole)) if sheet.bleed else ()
    return Paper(whole.width, whole.height, whole, sheet.bleed * POINT, spots, marks)


def places(sheet: Sheet, impose: Imposition) -> tuple[Rect, ...]:
    """Where the trimmed pages lie on a sheet, row by row, the whole in the middle of the paper."""
    columns, rows = impose.grid
    gap = 0 if impose.order == "booklet" else 2 * sheet.bleed
    left = (impose.width - columns * (sheet.width + gap) + gap) / 2
    top = (impose.height - rows * (sheet.height + gap) + gap) / 2
    return tuple(
        Rect(
            (left + across * (sheet.width + gap)) * POINT,
            (top + down * (sheet.height + gap)) * POINT,
            sheet.width * POINT,
            sheet.height * POINT,
        )
        for down in range(rows)
        for across in range(columns)
    )


def room_left(sheet: Sheet, impose: Imposition) -> float:
    """Millimetres between the bleed of the outermost pages and the rim of the paper; below zero they do not fit."""
    return min(min(place.x, place.y) for place in places(sheet, impose)) / POINT - sheet.bleed


def _rim_marks(sheet: Sheet, impose: Imposition, whole: Rect) -> Iterator[Mark]:
    """The cuts of all pages, told at the rim of the paper only: no mark lies on a page."""
    found, away = places(sheet, impose), (sheet.bleed + AWAY) * POINT
    left, top = min(place.x for place in found), min(place.y for place in found)
    across, down = (min(MARK * POINT, edge - away) for edge in (left, top))
    if down >= _SHORTEST_MARK * POINT:
        for x in sorted({edge for place in found for edge in (place.x, place.x + place.width)}):
            yield x, top - away, x, top - away - down
            yield x, whole.height - top + away, x, whole.height - top + away + down
    if across >= _SHORTEST_MARK * POINT:
        for y in sorted({edge for place in found for edge in (place.y, place.y + place.height)}):
            yield left - away, y, left - away - across, y
            yield whole.width - left + away, y, whole.width - left + away + across, y


def _same(found: Sequence[Rect], count: int) -> list[tuple[Spot, ...]]:
    """A sheet a page, full of it. The fronts and the backs lie at the same places, so they meet when turned over."""
    return [tuple(Spot(page, place.x, place.y) for place in found) for page in range(count)]


def _booklet(found: Sequence[Rect], count: int) -> list[tuple[Spot, ...]]:
    """Saddle stitching: the sheets laid on one another, folded and stapled, read in order."""
    left, right = found
    sides: list[tuple[Spot, ...]] = []
    for sheet in range(count // 4):
        first, last = 2 * sheet, count - 1 - 2 * sheet
        sides.append((Spot(last, left.x, left.y), Spot(first, right.x, right.y)))
        sides.append((Spot(first + 1, left.x, left.y), Spot(last - 1, right.x, right.y)))
    return sides


_ORDERS: dict[str, Callable[[Sequence[Rect], int], list[tuple[Spot, ...]]]] = {"same": _same, "booklet": _booklet}
