"""The sheet: A4, margins, type, and the number of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TYPE = "Times New Roman"
SIZE = 14
TOP = BOTTOM = 20
LEFT, RIGHT = 30, 15
SHORT, LONG = 210, 297
TEXT_WIDTH = SHORT - LEFT - RIGHT
"""Millimetres between the margins of an upright page."""


def new_paper(base: Path | None = None) -> Any:
    """An empty upright A4 document in Times New Roman 14; or the office's own file, its styles and pages as they are.

    Raises:
        OSError: ``base`` cannot be read.
        OpcError, ValueError, KeyError, zipfile.BadZipFile: it is no Word file.
    """
    if base is not None:
        return Document(str(base))
    document = Document()
    upright(document.sections[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = TYPE, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TYPE)
    style.paragraph_format.space_after = Pt(0)
    return document


def upright(section: Any) -> None:
    """A4 with the margins of the decree: 20 mm above and below, 30 mm left for binding, 15 mm right."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(SHORT), Mm(LONG)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(10)


def landscape(document: Any) -> Any:
    """A new section for wide tables, on its side; page numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    on_its_side(section)
    return section


def on_its_side(section: Any) -> None:
    """A4 on its side, 20 mm on every side."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(LONG), Mm(SHORT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)


def number_pages(section: Any) -> None:
    """Arabic numbers in the middle of the upper margin, none on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.name, run.font.size = TYPE, Pt(SIZE)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields of its own
