"""Lines of a paper, in its text and in cells of its head."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from loa.official.page import SIZE
from loa.official.widths import writable

CENTRE, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
INDENT = 12.7
"""Millimetres before the first line of a paragraph; the decree asks for 10 or 12.7."""


def say(place: Any, text: str, *, size: float = SIZE, before: float = 0, centre: bool = True, **look: bool) -> Any:
    """One more line in a cell or a document; a cell begins with an empty one of its own, which is taken first."""
    waiting = [each for each in place.paragraphs if hasattr(place, "width") and not each.runs]
    paragraph = waiting[0] if len(waiting) == len(place.paragraphs) == 1 else place.add_paragraph()
    paragraph.alignment = CENTRE if centre else None
    paragraph.paragraph_format.space_before = Pt(before)
    run = paragraph.add_run(writable(text))
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run.font, name, value)
    return paragraph


def line(document: Any, text: str, *, before: float = 6, indent: float = INDENT, **look: bool) -> Any:
    """One paragraph of the text: to both margins, its first line set in."""
    paragraph = document.add_paragraph()
    paragraph.alignment = BOTH
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.line_spacing = 1.15
    paragraph.paragraph_format.first_line_indent = Mm(indent)
    run = paragraph.add_run(writable(text))
    run.font.size = Pt(SIZE)
    for name, value in look.items():
        setattr(run.font, name, value)
    return paragraph


def rule(place: Any, room: float, length: float) -> Any:
    """A fine line of ``length`` millimetres in the middle of ``room``: under names, the motto and the subject."""
    paragraph = place.add_paragraph()
    free = Mm(max(room - length, 0) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = free
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(3)
    border, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    border.append(edge)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders of its own
    properties.insert_element_before(border, "w:spacing", "w:ind", "w:jc")  # Word reads them in this order only
    return paragraph
