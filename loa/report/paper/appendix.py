"""Appendices on pages of their own, on their side: units × items."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from loa.official import landscape, say, table
from loa.official.page import LONG
from loa.progress import Coverage
from loa.report.paper.source import Source

_WIDTH = LONG - 40
_NAME, _COLUMNS = 60, 16
_MOST_CELLS = 4000
"""Beyond that the matrix is for a spreadsheet, and stands in the workbook only."""
_SIZE = 10
NOTE = "x: đã phát đủ; 1/2: mới phát một trong hai lượt; 0: chưa phát; để trống: đơn vị không tham gia tin đó."


def write_appendix(document: Any, source: Source) -> None:
    """The coverage of the plan, where there is one and it fits paper."""
    cover = source.stand.progress.coverage
    if not cover.cells or len(cover.units) * len(cover.items) > _MOST_CELLS:
        return
    landscape(document)
    body = source.plan.body
    say(document, "Phụ lục", bold=True)
    say(document, "MỨC ĐỘ THỰC HIỆN THEO ĐƠN VỊ VÀ TIN", bold=True)
    attached = f"(Kèm theo Báo cáo số          /BC-{body.short_name} ngày      tháng      năm      của {body.name})"
    say(document, attached, italic=True)
    say(document, NOTE, size=12, italic=True, centre=False, before=6)
    columns = ceil(len(cover.items) / ceil(len(cover.items) / _COLUMNS))  # as even as can be: no table of two columns
    for first in range(0, len(cover.items), columns):
        _matrix(document, cover, first, columns)


def _matrix(document: Any, cover: Coverage, first: int, columns: int) -> None:
    items = cover.items[first : first + columns]
    width = (_WIDTH - _NAME) / columns
    headings = ["Đơn vị", *(str(first + number) for number in range(1, len(items) + 1))]
    rows = list(_rows(cover, [key for key, _ in items]))
    places = ["left", *["centre"] * len(items)]
    say(document, "", size=4)
    table(document, headings, rows, [_NAME, *[width] * len(items)], places, size=_SIZE)
    for number, (_, name) in enumerate(items, start=first + 1):
        say(document, f"{number}. {name}", size=11, centre=False)


def _rows(cover: Coverage, keys: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    for unit in cover.units:
        cells = (cell_text(cover.cells.get((unit.code, *key))) for key in keys)
        yield (f"{unit.name} (đã kết thúc)" if unit.has_ended else unit.name, *cells)


def cell_text(cell: tuple[int, int] | None) -> str:
    """A cell of the matrix: (planned, done) in as few signs as can be."""
    if cell is None:
        return ""
    planned, done = cell
    return "x" if done == planned else f"{done}/{planned}" if done else "0"
