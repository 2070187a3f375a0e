"""Tables: two columns for heads and signatures, and ruled ones whose head stands on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from loa.official.widths import writable

_SMALL = 12
_PLACES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def columns(document: Any, left: float, right: float) -> tuple[Any, Any]:
    """Two cells side by side without lines or margins, widths in millimetres."""
    made = document.add_table(rows=1, cols=2)
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    _without_margins(made)
    cells = made.rows[0].cells
    for column, cell, width in zip(made.columns, cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)  # LibreOffice reads the column's width, Word that of the cell
    return cells[0], cells[1]


def table(
    document: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    places: Sequence[str] = (),
    *,
    size: float = _SMALL,
) -> Any:
    """A ruled table; its head is repeated on each page, and no row is torn. A row that begins with "" is a sum.

    ``widths`` in millimetres; ``places``: ``left``, ``centre`` or ``right`` of each column.
    """
    made = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    _fill_row(made.rows[0], headings, widths, ["centre"] * len(headings), size=size, bold=True)
    _repeat_on_each_page(made.rows[0])
    for row in rows:
        _fill_row(made.add_row(), row, widths, places or ["left"] * len(headings), size=size, bold=not row[0])
    return made


def _fill_row(
    row: Any,
    texts: Sequence[str],
    widths: Sequence[float],
    places: Sequence[str],
    *,
    size: float = _SMALL,
    bold: bool = False,
) -> None:
    """Fill the cells of a row, which stays on one page."""
    for cell, text, width, place in zip(row.cells, texts, widths, places, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        paragraph.alignment = _PLACES[place]
        run = paragraph.add_run(writable(text))
        run.font.bold, run.font.size = bold, Pt(size)
        _end_in(paragraph, size)
    row._tr.get_or_add_trPr().append(_mark("w:cantSplit"))  # noqa: SLF001 - python-docx has no word for a whole row


def _end_in(paragraph: Any, size: float) -> None:
    """The end of a paragraph has a size too: without its own an empty cell is as high as the type of the document."""
    end, points = OxmlElement("w:rPr"), OxmlElement("w:sz")
    points.set(qn("w:val"), str(round(2 * size)))
    end.append(points)
    paragraph._p.get_or_add_pPr().append(end)  # noqa: SLF001 - python-docx has no word for it


def _repeat_on_each_page(row: Any) -> None:
    """The row is the head of its table on every page."""
    row._tr.get_or_add_trPr().append(_mark("w:tblHeader"))  # noqa: SLF001 - python-docx has no word for it


def _mark(name: str) -> Any:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    return mark


def _without_margins(made: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = made._tbl.tblPr  # noqa: SLF001 - python-docx has no margins of cells
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
